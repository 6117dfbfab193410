"""YAML of the catalogue, of reference figures and of an area's own → values; every fault with its line."""

import csv
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from framework.readers.lines import Entry, Fault, Faults, UnusableFile, read_entry
from indicators.domain.catalogue import (
    AreaFigures,
    CatalogueFile,
    EntryFacts,
    FamilyFacts,
    GivenFigure,
    GivenForecast,
    GivenNote,
    GivenRelease,
    GivenScorecard,
    GivenStep,
    GivenTarget,
    IndicatorFacts,
)
from indicators.domain.figures import Direction, Unit
from indicators.domain.forecast import Rounding
from indicators.domain.periods import Period
from indicators.domain.times import NoPeriod, january_of, read_period
from indicators.domain.values import read_cell

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PERIODS_AS = ("", "january")
# Stands in for a day that was faulted: the file is refused before it is used.
_NEVER = date.min
TABLE_COLUMNS = ["indicator", "time_period", "time_identifier"]


def read_catalogue(path: Path) -> CatalogueFile:
    """Raises UnusableFile with everything that is wrong."""
    top, faults = read_entry(path)
    source = top.text("source", required=True, longest=300)
    top.day("confirmed_on")
    indicators = _indicators(top)
    families = tuple(_family(entry) for entry in top.entries("families", what="this family"))
    top.finish()
    known = {facts.code for facts in indicators}
    for family, entry in zip(families, faults.entries_by_code.get("family", {}).values(), strict=False):
        for each in family.entries:
            if each.indicator not in known:
                entry.fault("entries", f"“{each.indicator}” is no indicator of this file.")
    faults.stop_if_any()
    return CatalogueFile(source=source, indicators=indicators, families=families)


def _indicators(top: Entry) -> tuple[IndicatorFacts, ...]:
    return tuple(_indicator(entry) for entry in top.entries("indicators", what="this indicator"))


def _indicator(entry: Entry) -> IndicatorFacts:
    code = entry.own_code("indicator")
    if code and not SLUG.fullmatch(code):
        entry.fault("code", f"“{code}” has to be small letters, digits and hyphens, such as ehc-plans.")
    facts = IndicatorFacts(
        code=code,
        name=entry.text("name", required=True, longest=160),
        unit=entry.choice("unit", list(Unit)),
        decimals=entry.whole("decimals", least=0, most=4) or 0,
        direction=entry.choice("direction", list(Direction)),
        theme=entry.text("theme", required=True, longest=80),
        definition=entry.text("definition", required=True),
        source=entry.text("source", longest=300),
        is_local=entry.flag("is_local"),
        is_unbounded=entry.flag("is_unbounded"),
        also_called=entry.texts("also_called"),
    )
    entry.finish()
    return facts


def _family(entry: Entry) -> FamilyFacts:
    filters, columns = entry.texts("filters"), entry.texts("columns", required=True)
    family = FamilyFacts(
        code=entry.own_code("family"),
        title=entry.text("title", required=True, longest=200),
        publisher=entry.text("publisher", required=True, longest=160),
        filters=filters,
        columns=columns,
        entries=tuple(_entry(each, filters, columns) for each in entry.entries("entries", what="this entry")),
    )
    entry.finish()
    return family


def _entry(entry: Entry, filters: tuple[str, ...], columns: tuple[str, ...]) -> EntryFacts:
    chosen = entry.entry("filters")
    values = {key: _filter_value(chosen, key) for key in chosen.nodes} if chosen else {}
    facts = EntryFacts(
        indicator=entry.code("indicator"),
        column=entry.text("column", required=True),
        filters=values,
        period_as=entry.choice("period_as", PERIODS_AS, required=False),
    )
    entry.finish()
    if facts.column and facts.column not in columns:
        entry.fault("column", f"“{facts.column}” is no column of this family.")
    if set(values) != set(filters):
        entry.fault("filters", f"Give a value for each of these filters: {', '.join(filters)}.")
    return facts


def _filter_value(chosen: Entry, key: str) -> str | list[str]:
    """One value, or a list of those whose rows are added up."""
    if isinstance(chosen.nodes[key], yaml.SequenceNode):
        return list(chosen.texts(key, required=True))
    return chosen.text(key, required=True)


# -- figures


def read_figures(path: Path) -> tuple[GivenRelease, ...]:
    """Reference figures: a YAML file that names tables (.csv) beside it."""
    top, faults = read_entry(path)
    releases = tuple(_table_release(entry, path.parent, faults) for entry in top.entries("releases", required=True))
    top.finish()
    faults.stop_if_any()
    return releases


def _table_release(entry: Entry, folder: Path, faults: Faults) -> GivenRelease:
    name = entry.text("file", required=True)
    period_as = entry.choice("period_as", PERIODS_AS, required=False)
    release = GivenRelease(
        title=entry.text("title", required=True, longest=200),
        publisher=entry.text("publisher", required=True, longest=160),
        source=entry.text("source", required=True, longest=300),
        published_on=entry.day("published_on"),
        figures=_table(folder / Path(name).name, faults, period_as) if name else (),
        line=entry.line,
    )
    entry.finish()
    return release


def _table(path: Path, faults: Faults, period_as: str) -> tuple[GivenFigure, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.reader(source))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UnusableFile([Fault(path.name, 1, "The table can't be read.")]) from None
    header = rows[0] if rows else []
    if header[:3] != TABLE_COLUMNS:
        raise UnusableFile([Fault(path.name, 1, f"The table has to start with {', '.join(TABLE_COLUMNS)}.")])
    areas, found = header[3:], []
    for number, row in enumerate(rows[1:], 2):
        period = _period(row[1], row[2], period_as)
        if isinstance(period, str):
            faults.add(number, f"{path.name}, line {number}: {period}")
            continue
        for area, text in zip(areas, row[3:], strict=False):
            cell = read_cell(text)
            if not text.strip():
                continue
            if not cell.is_understood:
                faults.add(number, f"{path.name}, line {number}: “{text}” is neither a number nor a symbol.")
                continue
            found.append(GivenFigure(indicator=row[0], area=area, period=period, cell=cell, line=number))
    return tuple(found)


def _period(time_period: str, identifier: str, period_as: str) -> Period | str:
    try:
        period = read_period(time_period, identifier)
    except NoPeriod as refusal:
        return refusal.sentence
    return january_of(period) if period_as == "january" else period


# -- an area's own


def read_area_figures(path: Path) -> AreaFigures:
    """`indicators.yaml` of an area's folder. Raises UnusableFile."""
    top, faults = read_entry(path)
    own = AreaFigures(
        indicators=_indicators(top),
        releases=tuple(_own_release(entry) for entry in top.entries("releases", what="this release")),
        notes=tuple(_note(entry) for entry in top.entries("notes", what="this note")),
        targets=tuple(_target(entry) for entry in top.entries("targets", what="this target")),
        forecasts=tuple(_forecast(entry) for entry in top.entries("forecasts", what="this forecast")),
        scorecards=tuple(_scorecard(entry) for entry in top.entries("scorecards", what="this scorecard")),
        file=path.name,
    )
    top.finish()
    faults.stop_if_any()
    return own


def _own_release(entry: Entry) -> GivenRelease:
    series = entry.entries("figures", what="these figures", required=True)
    release = GivenRelease(
        title=entry.text("title", required=True, longest=200),
        publisher=entry.text("publisher", longest=160),
        source=entry.text("source", required=True, longest=300),
        published_on=entry.day("published_on"),
        figures=tuple(figure for each in series for figure in _series(each)),
        line=entry.line,
    )
    entry.finish()
    return release


def _series(entry: Entry) -> list[GivenFigure]:
    """`values: {2020: 1736, 2021: 1826}` of one indicator; `time` says what the years are."""
    code, area = entry.code("indicator"), entry.text("area", longest=9)
    identifier = entry.text("time", required=True)
    period_as = entry.choice("period_as", PERIODS_AS, required=False)
    values = entry.entry("values", required=True)
    entry.finish()
    found = []
    for key in values.nodes if values else ():
        assert values is not None  # noqa: S101  # tells the type checker
        text = values.text(key, required=True)
        period, cell = _period(key, identifier, period_as), read_cell(text)
        if isinstance(period, str):
            values.fault(key, period)
        elif not cell.is_understood:
            values.fault(key, f"“{text}” is neither a number nor a symbol.")
        else:
            found.append(GivenFigure(indicator=code, area=area, period=period, cell=cell, line=values.line_of(key)))
    return found


def _number(entry: Entry, key: str, *, required: bool = True) -> Decimal | None:
    text = entry.text(key, required=required)
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        entry.fault(key, f"“{text}” is no number.")
        return None


def _note(entry: Entry) -> GivenNote:
    note = GivenNote(
        indicator=entry.code("indicator"),
        text=entry.text("text", required=True, longest=400),
        period_label=entry.text("period", longest=40),
        about_on=entry.day("about_on"),
        line=entry.line,
    )
    entry.finish()
    return note


def _target(entry: Entry) -> GivenTarget:
    by_on = entry.day("by_on", required=True)
    target = GivenTarget(
        indicator=entry.code("indicator"),
        value=_number(entry, "value") or Decimal(0),
        by_on=by_on or _NEVER,
        set_by=entry.text("set_by", required=True, longest=200),
        line=entry.line,
    )
    entry.finish()
    return target


def _forecast(entry: Entry) -> GivenForecast:
    made_on = entry.day("made_on", required=True)
    forecast = GivenForecast(
        title=entry.text("title", required=True, longest=160),
        indicator=entry.code("indicator"),
        made_on=made_on or _NEVER,
        source=entry.text("source", longest=300),
        base_year=entry.whole("base_year", required=True, least=1990, most=2100) or 0,
        base_value=_number(entry, "base_value") or Decimal(0),
        rounding=entry.choice("rounding", list(Rounding), required=False, default=Rounding.WHOLE),
        steps=tuple(_step(each) for each in entry.entries("growth", what="this year", required=True)),
        line=entry.line,
    )
    entry.finish()
    return forecast


def _step(entry: Entry) -> GivenStep:
    step = GivenStep(
        year=entry.whole("year", required=True, least=1990, most=2100) or 0,
        percent=_number(entry, "percent") or Decimal(0),
        printed=_number(entry, "printed", required=False),
    )
    entry.finish()
    return step


def _scorecard(entry: Entry) -> GivenScorecard:
    scorecard = GivenScorecard(
        title=entry.text("title", required=True, longest=160),
        board=entry.text("board", longest=160),
        note=entry.text("note", longest=400),
        indicators=entry.texts("indicators", required=True),
        line=entry.line,
    )
    entry.finish()
    return scorecard
