"""One indicator of one area over time."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from indicators.domain.figures import Direction, is_better, rounded
from indicators.domain.periods import YEARLY, Period

# A yearly figure that stands alone by more than a quarter of its neighbours' mean, and by more than twice the usual
# step of its own series, is worth a second look before it is shown to anybody.
LONE_SHARE = Decimal("0.25")
LONE_STEPS = 2
FEWEST_FOR_SPIKES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value or a symbol, never both. `release` says where it was published."""

    period: Period
    value: Decimal | None = None
    symbol: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody should know about a period: "2021: data cleanse"."""

    text: str
    period_label: str = ""
    is_for_all_areas: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points from the oldest to the newest, one for each period."""

    indicator: str
    area: str
    points: tuple[Point, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def latest(self) -> Point | None:
        """The newest point, a symbol counts: what is suppressed this year is not last year's figure."""
        return self.points[-1] if self.points else None

    @property
    def latest_value(self) -> Point | None:
        """The newest point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def with_values(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    def at(self, period: Period) -> Point | None:
        """The point of the same stretch of time."""
        return next(
            (
                point
                for point in self.points
                if (point.period.kind, point.period.starts_on, point.period.ends_on)
                == (period.kind, period.starts_on, period.ends_on)
            ),
            None,
        )

    def in_year(self, year: int) -> Point | None:
        """The newest point whose period ends in a year."""
        return next((point for point in reversed(self.points) if point.period.year == year), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one point to a later one, both with values."""

    from_point: Point
    to_point: Point
    years: int

    @property
    def difference(self) -> Decimal:
        assert self.to_point.value is not None and self.from_point.value is not None  # noqa: S101, PT018  # made so
        return self.to_point.value - self.from_point.value

    @property
    def share(self) -> Decimal | None:
        """Per cent of the earlier value; None where that is zero."""
        before = self.from_point.value
        return self.difference / before * 100 if before else None

    def printed(self, decimals: int) -> Decimal:
        """The difference of the two figures as they are printed."""
        assert self.to_point.value is not None and self.from_point.value is not None  # noqa: S101, PT018  # made so
        return rounded(self.to_point.value, decimals) - rounded(self.from_point.value, decimals)

    def is_better(self, direction: Direction, decimals: int = 4) -> bool | None:
        return is_better(self.printed(decimals), Decimal(0), direction)


def change_over(series: Series, years: int) -> Change | None:
    """From the same period so many years ago to the newest value; None where either is missing or a symbol."""
    newest = series.latest
    if newest is None or newest.value is None:
        return None
    for point in series.points:
        if point.value is not None and point.period.is_years_before(newest.period, years):
            return Change(from_point=point, to_point=newest, years=years)
    return None


def gaps(series: Series) -> tuple[int, ...]:
    """The years between the first and the last point for which there is neither value nor symbol."""
    years = {point.period.year for point in series.points if point.period.kind in YEARLY}
    if not years:
        return ()
    return tuple(year for year in range(min(years), max(years)) if year not in years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """A value that stands above or below both its neighbours, and far."""

    point: Point
    before: Decimal
    after: Decimal


def spikes(series: Series) -> tuple[Spike, ...]:
    """Values that leap away and come back: often an error, a changed definition or a cleansing of records.

    The nearer of its two neighbours must be away by more than a quarter of the neighbours' mean and more than twice the
    median step of the series. Fewer than four values tell nothing. The newest value can't be judged: nothing follows.
    """
    points = series.with_values
    values = [point.value for point in points if point.value is not None]
    if len(values) < FEWEST_FOR_SPIKES:
        return ()
    usual = _usual_step(values)
    found = []
    for number in range(1, len(values) - 1):
        before, value, after = values[number - 1 : number + 2]
        jumps = (value - before, value - after)
        if jumps[0] * jumps[1] <= 0:
            continue
        least = min(abs(jump) for jump in jumps)
        if least > LONE_SHARE * abs(before + after) / 2 and least > LONE_STEPS * usual:
            found.append(Spike(point=points[number], before=before, after=after))
    return tuple(found)


def _usual_step(values: Sequence[Decimal]) -> Decimal:
    """The median step; the two largest, which a spike itself makes, are left out."""
    steps = sorted(abs(after - before) for before, after in itertools.pairwise(values))
    return median(steps[:-2] or steps[:1])


def is_spiky(series: Series) -> bool:
    return bool(spikes(series))
