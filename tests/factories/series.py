"""Series of figures as values: yearly points from a year on."""

from datetime import date
from decimal import Decimal

from indicators.domain.periods import Period, PeriodKind
from indicators.domain.rank import Figure
from indicators.domain.series import Point, Series


def make_period(year: int, kind: PeriodKind = PeriodKind.CALENDAR) -> Period:
    return Period(kind=kind, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), label=str(year))


def make_point(year: int, figure: str | float | Decimal | None) -> Point:
    """A number is a value, a text that is no number a symbol."""
    shown = make_figure(figure)
    return Point(period=make_period(year), value=shown.value, symbol=shown.symbol, release="A release")


def make_figure(figure: str | float | Decimal | None) -> Figure:
    if figure is None:
        return Figure()
    if isinstance(figure, str) and not figure.replace(".", "").isdigit():
        return Figure(symbol=figure)
    return Figure(value=Decimal(str(figure)))


def make_series(*figures: str | float | None, since: int = 2020, area: str = "852", indicator: str = "x") -> Series:
    """One figure a year; None leaves a gap."""
    points = tuple(make_point(since + n, figure) for n, figure in enumerate(figures) if figure is not None)
    return Series(indicator=indicator, area=area, points=points)
