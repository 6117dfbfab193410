"""The file of areas → values, strictly: every fault is told with its line."""

import re
from pathlib import Path

from framework.readers.lines import Entry, Faults, read_entry
from indicators.domain.areas import AreaFacts, AreaFile


def read_areas(path: Path) -> AreaFile:
    """The areas and their neighbours. Raises UnusableFile with everything that is wrong."""
    top, faults = read_entry(path)
    source = top.text("source", required=True, longest=300)
    entries = top.entries("areas", what="this area", required=True)
    areas = tuple(_area(entry) for entry in entries)
    top.finish()
    _check_neighbours(faults, areas)
    _check_ons_codes(entries, areas)
    faults.stop_if_any()
    return AreaFile(source=source, areas=areas)


def _shaped(entry: Entry, key: str, shape: str, example: str) -> str:
    value = entry.text(key, required=True)
    if value and not re.fullmatch(shape, value):
        entry.fault(key, f"“{value}” can't be a “{key}”. It looks like {example}.")
    return value


def _area(entry: Entry) -> AreaFacts:
    _shaped(entry, "code", r"\d{3}", "'201', in quotes")
    facts = AreaFacts(
        code=entry.own_code("area"),
        name=entry.text("name", required=True, longest=120),
        ons_code=_shaped(entry, "ons_code", r"E\d{8}", "E06000045"),
        region=entry.text("region", required=True, longest=60),
        region_ons_code=_shaped(entry, "region_ons_code", r"E\d{8}", "E12000008"),
        kind=entry.text("kind", longest=40),
        established_on=entry.day("established_on"),
        abolished_on=entry.day("abolished_on"),
        population_0_25=entry.whole("population_0_25", least=1, most=9_999_999),
        neighbours=entry.texts("neighbours"),
    )
    entry.finish()
    return facts


def _check_neighbours(faults: Faults, areas: tuple[AreaFacts, ...]) -> None:
    entries = faults.entries_by_code.get("area", {})
    for area in areas:
        if area.code not in entries:
            continue
        for code in area.neighbours:
            if code not in entries:
                entries[area.code].fault("neighbours", f"The neighbour “{code}” is no area of this file.")
        if area.code in area.neighbours:
            entries[area.code].fault("neighbours", "An area can't be its own neighbour.")
        if len(set(area.neighbours)) < len(area.neighbours):
            entries[area.code].fault("neighbours", "A neighbour stands twice.")


def _check_ons_codes(entries: list[Entry], areas: tuple[AreaFacts, ...]) -> None:
    seen: dict[str, str] = {}
    for entry, area in zip(entries, areas, strict=True):
        if area.ons_code and area.ons_code in seen:
            entry.fault("ons_code", f"{seen[area.ons_code]} has the same ONS code.")
        seen.setdefault(area.ons_code, area.name)
