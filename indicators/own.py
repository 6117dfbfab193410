"""Own figures between the template and the database: the template itself, and what an upload would change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from children.domain.suppression import SUPPRESSED
from children.figures import ListFigures, list_figures
from children.models import ListUpload
from documents.press.workbook import Column, Sheet, write_workbook
from indicators.domain.figures import Unit
from indicators.domain.own import HEADERS, KINDS, SHEET, Known, OwnFigure, OwnRead, read_own
from indicators.domain.periods import Period, PeriodKind
from indicators.domain.values import read_cell
from indicators.models import Area, CatalogueEntry, Indicator, Observation
from indicators.readers.own import read_template


def known_indicators() -> tuple[Known, ...]:
    """Every indicator in use may take own figures, but for those that are counted from the lists."""
    snapshots, months = (
        set(
            Observation.objects.current()
            .filter(period_kind=kind)
            .order_by()
            .values_list("indicator", flat=True)
            .distinct()
        )
        for kind in (PeriodKind.SNAPSHOT, PeriodKind.MONTH)
    )
    snapshots |= set(
        CatalogueEntry.objects.filter(period_as="january", state="confirmed").values_list("indicator", flat=True)
    )
    return tuple(
        Known(
            key=row.pk,
            code=row.code,
            name=row.name,
            unit=Unit(row.unit),
            is_unbounded=row.is_unbounded,
            is_snapshot=row.pk in snapshots - months,
        )
        for row in Indicator.objects.in_use().filter(list_figure="").order_by("order", "name")
    )


def write_template(path: Path, *, area: Area, marking: str) -> None:
    """An Excel file with a row for each own indicator and each that has no source yet, and a sheet that explains."""
    held = Observation.objects.current().filter(area=area).exclude(release__kind="local").values("indicator")
    wanted = Indicator.objects.in_use().filter(list_figure="").exclude(pk__in=held)
    last = {
        row["indicator__code"]: row["period_label"]
        for row in Observation.objects.current()
        .filter(area=area, release__kind="local")
        .order_by("period_to_on")
        .values("indicator__code", "period_label")
    }
    rows = [[each.code, each.name, "", "", ""] for each in wanted] or [["", "", "", "", ""]]
    columns = [Column(HEADERS[0], 40), Column(HEADERS[1], 60), Column(HEADERS[2], 16), Column(HEADERS[3], 16)]
    sheets = [
        Sheet(SHEET, [*columns, Column(HEADERS[4], 12)], rows),
        Sheet("How to fill", [Column("How to fill this in", 110, is_wrapped=True)], [[each] for each in _HOW]),
        Sheet(
            "Indicators",
            [Column("Short name", 40), Column("Name", 60), Column("Unit", 12), Column("Last own figure", 20)],
            [[each.code, each.name, each.unit, last.get(each.code, "")] for each in known_indicators()] or [[""] * 4],
        ),
    ]
    write_workbook(path, sheets, marking=marking, title="Own figures")


_HOW = (
    "One row for one figure. Copy a row for another period; rows without a value are left out.",
    f"Period: 2024, 2024/25, September 2021 or 30/09/2021. Kind of period: {', '.join(KINDS)}; it may stay empty where "
    "the period says it itself.",
    "Value: a number, or a symbol: c suppressed, z not applicable, x not available. A symbol is never zero.",
    "Suppress small numbers of children (5 and under) before you enter them: write c.",
    "Other indicators: take the short name from the sheet Indicators.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """One figure of an upload and what it would do."""

    figure: OwnFigure
    before: str
    change: str

    @property
    def shown(self) -> str:
        cell = self.figure.cell
        return cell.symbol if cell.value is None else f"{cell.value.normalize():f}"


def read_upload(name: str, source: BinaryIO) -> OwnRead:
    """Raises Unusable."""
    header, rows = read_template(name, source)
    return read_own(header, rows, known_indicators())


def preview(figures: Iterable[OwnFigure], area: Area) -> list[Previewed]:
    """What stands today beside what comes. One query."""
    held = {
        (row.indicator_id, row.period_kind, row.period_from_on, row.period_to_on): row
        for row in Observation.objects.current().filter(area=area).select_related("release")
    }
    return [_previewed(figure, held) for figure in figures]


def _previewed(figure: OwnFigure, held: dict[tuple[int, str, date, date], Observation]) -> Previewed:
    period = figure.period
    row = held.get((figure.known.key, period.kind.value, period.starts_on, period.ends_on))
    if row is None:
        return Previewed(figure=figure, before="", change="new")
    before = row.symbol or f"{(row.value or Decimal(0)).normalize():f}"
    if row.release.kind != "local":
        return Previewed(figure=figure, before=before, change="published")
    is_same = (row.value, row.symbol) == (figure.cell.value, figure.cell.symbol)
    return Previewed(figure=figure, before=before, change="same" if is_same else "changed")


def figures_of(said: Sequence[Sequence[object]], known: Collection[Known]) -> tuple[OwnFigure, ...]:
    """The figures of a page that comes back signed: row, code, first and last day, label, kind, value."""
    by_code = {each.code: each for each in known}
    found = []
    for row, code, starts_on, ends_on, label, kind, text in said:
        if str(code) in by_code:
            period = Period(
                kind=PeriodKind(str(kind)),
                starts_on=date.fromisoformat(str(starts_on)),
                ends_on=date.fromisoformat(str(ends_on)),
                label=str(label),
            )
            found.append(
                OwnFigure(row=int(str(row)), known=by_code[str(code)], period=period, cell=read_cell(str(text)))
            )
    return tuple(found)


# -- counted from the lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Countable:
    """One count of the current lists, already suppressed. `key` names it across uploads."""

    key: str
    title: str
    figure: int | None
    symbol: str


def countable() -> tuple[date | None, tuple[Countable, ...]]:
    """The day of the extract and every count of one dimension; nothing exact is ever seen here."""
    figures = list_figures()
    return (figures.as_at_on, _counts_in(figures)) if figures else (None, ())


def hidden_on(day: date) -> frozenset[str] | None:
    """The keys of the counts that are hidden today in the lists of an extract; None where none of that day are kept.

    Where several were extracted on the day, what is hidden in one of them is.
    """
    uploads = [row for row in ListUpload.objects.filter(extracted_on=day) if row.is_done]
    found = [figures for row in uploads if (figures := list_figures(row))]
    if not found:
        return None
    return frozenset(each.key for figures in found for each in _counts_in(figures) if each.symbol)


def _counts_in(figures: ListFigures) -> tuple[Countable, ...]:
    found = []
    for table in figures.tables:
        for row in (*table.rows, *([table.total] if table is figures.tables[0] else [])):
            for header, figure in zip(table.headers, row.figures, strict=False):
                is_hidden = figure == SUPPRESSED
                name = "All" if row is table.total else f"{table.title}: {row.label}"
                found.append(
                    Countable(
                        key=f"{table.code}|{row.label}|{header}"[:120],
                        title=f"{name} ({header})",
                        figure=None if is_hidden else int(figure),
                        symbol=SUPPRESSED if is_hidden else "",
                    )
                )
    return tuple(found)


def day_period(day: date) -> Period:
    return Period(kind=PeriodKind.SNAPSHOT, starts_on=day, ends_on=day, label=f"{day.day} {day:%B %Y}")
