"""What a reading did, as it is kept with the release: what was taken, what was not, and why."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from indicators.current import Moved, rank_of
from indicators.domain.families import Entry, FamilyMatch, Proposal, value_in_words
from indicators.domain.file_shape import Shape
from indicators.domain.periods import Period
from indicators.domain.taking import MOST_FAULTS, Tally
from indicators.models import CatalogueEntry, FileFamily, Indicator, Release

_MOST_NAMES = 60
_SHOWN_VALUES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that one reading found."""

    release: Release
    before: Release | None
    file_notes: tuple[str, ...]
    shape: Shape
    match: FamilyMatch | None
    is_new_family: bool
    taken: tuple[Entry, ...]
    left: tuple[tuple[Entry, str], ...]
    tally: Tally
    stored: int
    moved: Moved
    same: tuple[int, int]
    proposed: int


def store_proposals(family: FileFamily, proposals: tuple[Proposal, ...]) -> int:
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=[each.code for each in proposals])}
    made = [
        CatalogueEntry(
            indicator=indicators[each.code],
            family=family,
            filters=dict(each.filters),
            value_column=each.column[:120],
            why=each.why,
        )
        for each in proposals
    ]
    CatalogueEntry.objects.bulk_create(made, ignore_conflicts=True)
    return family.entries.filter(state="proposed").count()


def report_of(found: Findings) -> dict[str, Any]:
    tally, shape = found.tally, found.shape
    periods = sorted(tally.periods, key=lambda period: (period.ends_on, period.starts_on))
    return {
        "warnings": list(_warnings(found, periods)),
        "notes": [*found.file_notes, *shape.notes, *list(tally.place_notes)[:_MOST_NAMES]],
        "periods": [period.label for period in periods],
        "areas": len(tally.areas),
        "levels": dict(tally.levels),
        "filters": {
            column: {"values": list(values)[:_SHOWN_VALUES], "count": len(values)}
            for column, values in shape.filter_values.items()
        },
        "columns": list(shape.figures),
        "taken": [
            {
                "code": entry.code,
                "name": entry.name,
                "column": entry.column,
                "filters": {column: value_in_words(value) for column, value in entry.filters.items()},
            }
            for entry in found.taken
        ],
        "taken_indicators": [entry.indicator for entry in found.taken],
        "left_entries": [{"code": entry.code, "name": entry.name, "why": why} for entry, why in found.left],
        "left_columns": dict(shape.left),
        "rows": {
            "read": tally.rows,
            "taken": tally.rows_taken,
            "other filters": tally.rows_of_other_filters,
            "other places": tally.rows_of_other_places,
            "unknown areas": tally.rows_of_unknown_areas,
            "no period": tally.rows_without_period,
            "odd": tally.rows_odd,
        },
        "other_places": _most(tally.other_places),
        "unknown_areas": _most(tally.unknown_areas),
        "bad_periods": _most(tally.bad_periods),
        "symbols": dict(tally.symbols),
        "kept_out": {
            "contradicting": tally.contradicting,
            "implausible": tally.implausible,
            "unreadable": tally.unreadable,
        },
        "repeated": tally.repeated,
        "faults": [{"line": fault.line, "what": fault.what, "why": fault.why} for fault in tally.faults],
        "figures": found.stored,
        "moved": {
            "current": found.moved.current,
            "history": found.moved.history,
            "replaced": found.moved.replaced,
            "changed": found.moved.changed,
            "taken_back": found.moved.taken_back,
            "missing": found.moved.missing,
        },
        "proposed": found.proposed,
    }


def _most(counted: Counter[str]) -> list[list[Any]]:
    return [[name, count] for name, count in counted.most_common(_MOST_NAMES)]


def _warnings(found: Findings, periods: list[Period]) -> list[str]:
    said = [*_about_family(found), *_about_edition(found, periods)]
    moved = found.moved
    if moved.taken_back:
        said.append(
            f"{_counted(moved.taken_back, 'figure')} of the file before not in this one any more: kept as history, "
            "no longer counted."
        )
    if moved.missing:
        said.append(
            f"{_counted(moved.missing, 'figure')} of the file before not in this one. It holds only a part of them, so "
            "they still count."
        )
    tally = found.tally
    kept_out = tally.contradicting + tally.implausible + tally.unreadable
    if kept_out:
        said.append(f"{_counted(kept_out, 'figure')} kept out because they can't be right: see the list of lines.")
    if tally.unknown_areas:
        named = ", ".join(name for name, _ in tally.unknown_areas.most_common(3))
        rows = _counted(tally.rows_of_unknown_areas, "row")
        said.append(f"{rows} left out: the list of areas has no {named}.")
    return said


def _counted(number: int, noun: str) -> str:
    """ "1 row was", "3 rows were"."""
    return f"1 {noun} was" if number == 1 else f"{number:,} {noun}s were"


def _about_family(found: Findings) -> list[str]:
    match = found.match
    if match is None or match.is_same:
        return []
    said = []
    if match.missing:
        said.append(f"Columns that files of this kind had before are missing: {_named(match.missing)}.")
    if match.added:
        said.append(f"Columns are new in files of this kind: {_named(match.added)}.")
    return said


def _about_edition(found: Findings, periods: list[Period]) -> list[str]:
    release, before, said = found.release, found.before, []
    newest = periods[-1] if periods else None
    is_older = before is not None and rank_of(before) > rank_of(release)
    if is_older:
        said.append(
            f"This is an older edition: its newest figures are of {newest.label if newest else 'no time'}, and "
            f"“{before}” holds newer ones. Its figures count only where nothing newer gives one."
        )
    years = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", release.file_name)]
    if newest and years and min(years) > newest.ends_on.year + 1:
        said.append(
            f"The name of the file says {min(years)}, but its newest figures are of {newest.label}. Is it an earlier "
            "file under a new name?"
        )
    shared, same = found.same
    if before is not None and shared and shared == same:
        is_again = shared == found.stored and not is_older
        more = ", and there are no others: it seems to be that file again" if is_again else ""
        said.append(f"All {shared:,} figures that it shares with “{before}” are the same{more}.")
    return said


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:8])
    return shown if len(names) <= 8 else f"{shown} and {len(names) - 8} more"


def joined(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """A second reading of the same file adds to what the first one took."""
    if not earlier:
        return later
    both = dict(later)
    for key in ("taken", "taken_indicators"):
        both[key] = [*earlier.get(key, []), *later[key]]
    both["faults"] = [*earlier.get("faults", []), *later["faults"]][:MOST_FAULTS]
    for key in ("symbols", "kept_out", "moved"):
        both[key] = {
            name: earlier.get(key, {}).get(name, 0) + later[key].get(name, 0)
            for name in [*earlier.get(key, {}), *(name for name in later[key] if name not in earlier.get(key, {}))]
        }
    both["figures"] = earlier.get("figures", 0) + later["figures"]
    both["rows"] = later["rows"] | {"taken": max(earlier["rows"]["taken"], later["rows"]["taken"])}
    both["warnings"] = list(dict.fromkeys([*earlier.get("warnings", []), *later["warnings"]]))
    return both
