"""Figures that a text cites: which point of a series a marker means, and whether it has moved since."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.periods import YEARLY
from indicators.domain.series import Point, Series

_YEAR = 4


def period_key(point: Point, series: Series) -> str:
    """How a marker names a period: its year where there is one such period a year, else its label without spaces."""
    label = point.period.label
    if " " not in label and "]" not in label and "@" not in label:
        return label
    same_year = [other for other in series.points if other.period.year == point.period.year]
    if point.period.kind in YEARLY and len(same_year) == 1:
        return str(point.period.year)
    return _squeezed(label)


def _squeezed(label: str) -> str:
    return "-".join(label.replace("@", "-").replace("]", "").split())


def point_of(series: Series, period: str) -> Point | None:
    """The point that a marker means: the newest without a period, else by its label or by the year in which it ends."""
    if not period:
        return series.latest
    wanted = period.casefold()
    for point in reversed(series.points):
        if wanted in (point.period.label.casefold(), _squeezed(point.period.label).casefold()):
            return point
    if len(period) == _YEAR and period.isdecimal():
        return series.in_year(int(period))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A figure as it stood when a text first cited it. Neither value nor symbol: nothing was published then."""

    period_label: str = ""
    value: Decimal | None = None
    symbol: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.symbol


def cited_now(series: Series, period: str) -> Cited:
    """What a marker cites today."""
    point = point_of(series, period)
    if point is None:
        return Cited(period_label=period)
    return Cited(period_label=point.period.label, value=point.value, symbol=point.symbol)
