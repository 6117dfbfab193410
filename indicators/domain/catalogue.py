"""The catalogue of a file and the figures that come with it, as values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.domain.periods import Period
from indicators.domain.values import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    theme: str
    definition: str
    source: str
    is_local: bool = False
    is_unbounded: bool = False
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    indicator: str
    column: str
    filters: Mapping[str, str | list[str]]
    period_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFacts:
    code: str
    title: str
    publisher: str
    filters: tuple[str, ...]
    columns: tuple[str, ...]
    entries: tuple[EntryFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFile:
    source: str
    indicators: tuple[IndicatorFacts, ...]
    families: tuple[FamilyFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigure:
    """`area` is the code of an area; empty means the area that the folder is about."""

    indicator: str
    area: str
    period: Period
    cell: Cell
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRelease:
    title: str
    publisher: str
    source: str
    published_on: date | None
    figures: tuple[GivenFigure, ...]
    line: int

    @property
    def sha256(self) -> str:
        """Tells it from every other; changes when a figure does."""
        digest = hashlib.sha256(f"{self.title}\n{self.source}\n".encode())
        for figure in self.figures:
            period, cell = figure.period, figure.cell
            said = cell.symbol if cell.value is None else f"{cell.value:f}"
            digest.update(f"{figure.indicator} {figure.area} {period.kind} {period.starts_on} {said}\n".encode())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNote:
    indicator: str
    text: str
    period_label: str
    about_on: date | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTarget:
    indicator: str
    value: Decimal
    by_on: date
    set_by: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStep:
    """One year of a forecast: its growth, and what was printed."""

    year: int
    percent: Decimal
    printed: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenForecast:
    title: str
    indicator: str
    made_on: date
    source: str
    base_year: int
    base_value: Decimal
    rounding: str
    steps: tuple[GivenStep, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenScorecard:
    title: str
    board: str
    note: str
    indicators: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """What the folder of an area says of its own figures."""

    indicators: tuple[IndicatorFacts, ...] = ()
    releases: tuple[GivenRelease, ...] = ()
    notes: tuple[GivenNote, ...] = ()
    targets: tuple[GivenTarget, ...] = ()
    forecasts: tuple[GivenForecast, ...] = ()
    scorecards: tuple[GivenScorecard, ...] = ()
    file: str = ""
