"""Every area's figures of one indicator as a workbook: a line for each area, and how the areas spread by period."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from accounts.permissions import check_permission
from documents.exports import ExportKind, Making, Params
from documents.intake import XLSX
from documents.press.workbook import Cell, Column, ColumnKind, Row, Sheet, write_workbook
from indicators.models import Indicator, Level, Observation

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("area__code", "area__name", "area__level", "period_label", "period_to_on", "value", "symbol")
AREA_COLUMNS = ["code", "name", "level"]
SPREAD = (
    ("Lowest", 0.0),
    ("A quarter lies below", 0.25),
    ("Median", 0.5),
    ("Three quarters lie below", 0.75),
    ("Highest", 1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureInputs:
    """`figures` are rows of FIELDS; a symbol stands where there is no value and never counts as a number."""

    name: str
    source: str
    figures: tuple[tuple[str, str, str, str, date, Decimal | None, str], ...]
    marking: str
    as_at: datetime
    fingerprint: str


def gather_figures(params: Params) -> FigureInputs:
    """Three queries."""
    indicator = get_object_or_404(Indicator, code=params["indicator"])
    current = Observation.objects.current().filter(indicator=indicator)
    figures = tuple(current.order_by("area__name", "period_to_on", "pk").values_list(*FIELDS))
    newest = current.order_by("-release__imported_at").values_list("release__imported_at", flat=True).first()
    area = LocalArea.objects.first()
    marking = area.marking if area else "OFFICIAL"
    told = repr((indicator.name, indicator.source, figures, marking))
    return FigureInputs(
        name=indicator.name,
        source=indicator.source,
        figures=figures,
        marking=marking,
        as_at=newest or timezone.now(),
        fingerprint=hashlib.sha256(told.encode()).hexdigest(),
    )


def fingerprint_now(params: Params) -> str:
    return gather_figures(params).fingerprint


def write_figures(inputs: FigureInputs, out: Path, beat: Making) -> None:
    beat(20, "Laying out the figures")
    sheets = sheets_of(inputs)
    beat(60, "Writing the workbook")
    write_workbook(out, sheets, marking=inputs.marking, title=inputs.name)


def sheets_of(inputs: FigureInputs) -> list[Sheet]:
    """“Areas” with a column for each period, symbols as published; “Spread” of the local areas that have a figure."""
    import pandas as pd

    frame = pd.DataFrame.from_records(
        list(inputs.figures), columns=[*AREA_COLUMNS, "label", "ends", "value", "symbol"], coerce_float=False
    )
    frame["period"] = _periods(frame)
    periods = list(dict.fromkeys(frame.sort_values(["ends", "period"])["period"]))
    levels = {level.value: place for place, level in enumerate((Level.COUNTRY, Level.REGION))}
    order = sorted(
        frame[AREA_COLUMNS].drop_duplicates().itertuples(index=False, name=None),
        key=lambda area: (levels.get(area[2], len(levels)), area[1]),
    )
    # Objects throughout: a number stays the number that was published, a symbol the symbol.
    shown = frame.assign(shown=frame["value"].astype(object).where(frame["value"].notna(), frame["symbol"]))
    wide = shown.pivot_table(index=AREA_COLUMNS, columns="period", values="shown", aggfunc="last").reindex(order)
    columns = [Column("Code", 12), Column("Area", 32), Column("Kind", 16)]
    return [
        Sheet(
            name="Areas",
            columns=[*columns, *(Column(period, 14, ColumnKind.NUMBER) for period in periods)],
            rows=list(_area_rows(wide, periods)),
        ),
        Sheet(
            name="Spread",
            columns=[
                Column("Period", 16),
                Column("Areas with a figure", 16, ColumnKind.NUMBER),
                Column("Areas without one", 16, ColumnKind.NUMBER),
                *(Column(title, 16, ColumnKind.NUMBER) for title, _ in SPREAD),
            ],
            rows=list(_spread_rows(frame, periods)),
        ),
        Sheet(
            name="About",
            columns=[Column("What", 16), Column("Words", 90, is_wrapped=True)],
            rows=[
                ("Indicator", inputs.name),
                ("Source", inputs.source),
                (
                    "Symbols",
                    "A letter in place of a figure is the publisher's: c suppressed, z not applicable, x not "
                    "available, low. It is never a zero. An empty cell: nothing was published.",
                ),
            ],
        ),
    ]


def _periods(frame: pd.DataFrame) -> pd.Series[Any]:
    """The label of each period, with its last day where one label stands for two."""
    days = frame.groupby("label")["ends"].transform("nunique")
    dated = frame["label"] + frame["ends"].map(lambda day: f" (to {day:%d/%m/%Y})")
    return frame["label"].where(days == 1, dated)


def _area_rows(wide: pd.DataFrame, periods: list[str]) -> Iterator[Row]:
    names = {level.value: str(level.label) for level in Level}
    for area, cells in wide.iterrows():
        code, name, level = cast(tuple[str, str, str], area)
        yield (code, name, names.get(level, level), *(_cell(cells.get(period)) for period in periods))


def _cell(value: Any) -> Cell:
    return value if isinstance(value, Decimal | str) else None


def _spread_rows(frame: pd.DataFrame, periods: list[str]) -> Iterator[Row]:
    local = frame[frame["level"] == Level.LOCAL_AUTHORITY.value]
    for period in periods:
        of_period = local[local["period"] == period]
        values = of_period["value"].dropna().astype(float)
        spread = (None,) * len(SPREAD) if values.empty else tuple(float(values.quantile(at)) for _, at in SPREAD)
        yield (period, len(values), len(of_period) - len(values), *spread)


def check_read(user: User, params: Params) -> None:
    check_permission(user, Permission.READ_INDICATORS)


def _subject(params: Params) -> str:
    name = Indicator.objects.filter(code=params["indicator"]).values_list("name", flat=True).first()
    return f"{name or 'An indicator'}: every area"


INDICATOR_FIGURES = ExportKind(
    code="indicator-figures",
    title="The figures of every area",
    sentence="One indicator with a line for each area, a column for each period, and how the areas spread.",
    extension=XLSX.extension,
    content_type=XLSX.content_type,
    check=check_read,
    gather=gather_figures,
    write=write_figures,
    fingerprint_now=fingerprint_now,
    subject=_subject,
    file_name=lambda params: f"figures-{params['indicator']}",
)
