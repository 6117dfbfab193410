"""Us, our region, our neighbours and England for one indicator: the table, the rank and the sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median

from indicators.domain.figures import Facts, difference_in_words, figure_in_words, prints_better, rounded
from indicators.domain.periods import Period
from indicators.domain.rank import Figure, Rank, rank_among
from indicators.domain.series import Change, Point, Series, change_over

CHANGE_YEARS = 3
NO_FIGURE = Figure()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A target: what shall be reached, and by when."""

    value: Decimal
    by_on: date | None = None
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A statistical neighbour with its figure; `nearness` 1 is the most like us."""

    code: str
    name: str
    nearness: int
    figure: Figure

    @property
    def symbol_or_gap(self) -> str:
        return self.figure.symbol or "no figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The middle and the ends of what the neighbours have. `counted` of `of` have a value."""

    middle: Decimal
    low: Decimal
    high: Decimal
    counted: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One area on the distribution strip."""

    code: str
    name: str
    value: Decimal
    is_own: bool = False
    is_neighbour: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is around our area: names of region and country, the areas of England that stand today or stood then."""

    own: str
    own_name: str
    region: str = ""
    region_name: str = ""
    country: str = "E92000001"
    country_name: str = "England"
    neighbours: tuple[str, ...] = ()
    names: Mapping[str, str]
    abolished: Mapping[str, date]
    established: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that a page or a report says of one indicator at `period`, the newest of our own.

    `standing` are the figures of all local areas that stood in the period, by code.
    """

    facts: Facts
    around: Around
    period: Period
    own: Point
    region: Point | None
    england: Point | None
    neighbours: tuple[Neighbour, ...]
    spread: Spread | None
    rank: Rank | None
    change: Change | None
    target: Aim | None
    standing: Mapping[str, Figure]

    @property
    def strip(self) -> tuple[Mark, ...]:
        """Every area that has a value, the lowest first. Worked out when asked: lists of indicators never ask."""
        return _strip(self.around, self.standing)

    @property
    def against_england(self) -> bool | None:
        """True where we are better than England, False where worse, None where equal, unknown or a matter of size."""
        if _is_size(self) or self.own.value is None or self.england is None or self.england.value is None:
            return None
        return prints_better(self.own.value, self.england.value, self.facts)

    @property
    def is_target_met(self) -> bool | None:
        """None where there is no target, no value, or neither way is better."""
        if self.target is None or self.own.value is None:
            return None
        decimals = self.facts.decimals
        if rounded(self.own.value, decimals) == rounded(self.target.value, decimals):
            return True
        return prints_better(self.own.value, self.target.value, self.facts)


def compare(
    facts: Facts,
    around: Around,
    series: Mapping[str, Series],
    figures: Mapping[str, Figure] | None = None,
    *,
    target: Aim | None = None,
) -> Comparison | None:
    """Compares at the newest period of our own; None where nothing is published of us.

    `series` by area code: our own, region, country and neighbours, as many as there are. `figures` by area code are
    those of all areas for that period, for rank and strip; without them there is neither.
    """
    own_series = series.get(around.own)
    own = own_series.latest if own_series else None
    if own_series is None or own is None:
        return None
    period = own.period
    neighbours = tuple(
        Neighbour(code=code, name=around.names.get(code, code), nearness=number, figure=_figure(series, code, period))
        for number, code in enumerate(around.neighbours, 1)
    )
    # An area of which nothing is published stands too, without a figure; where nothing is at all, nobody is ranked.
    standing = {
        code: figures.get(code, NO_FIGURE)
        for code in around.names
        if figures and stood(around.established.get(code), around.abolished.get(code), period)
    }
    return Comparison(
        facts=facts,
        around=around,
        period=period,
        own=own,
        region=_point(series, around.region, period),
        england=_point(series, around.country, period),
        neighbours=neighbours,
        spread=spread_of([one.figure for one in neighbours]),
        rank=rank_among(around.own, standing, facts),
        change=change_over(own_series, CHANGE_YEARS),
        target=target,
        standing=standing,
    )


def stood(established_on: date | None, abolished_on: date | None, period: Period) -> bool:
    """An area counts if it stood on the first day of the period."""
    return (established_on is None or established_on <= period.starts_on) and (
        abolished_on is None or abolished_on > period.starts_on
    )


def _point(series: Mapping[str, Series], code: str, period: Period) -> Point | None:
    found = series.get(code)
    return found.at(period) if found else None


def _figure(series: Mapping[str, Series], code: str, period: Period) -> Figure:
    point = _point(series, code, period)
    return Figure(value=point.value, symbol=point.symbol) if point else Figure()


def spread_of(figures: Sequence[Figure]) -> Spread | None:
    """The median and the range of those that have a value; None where none has."""
    values = [figure.value for figure in figures if figure.value is not None]
    if not values:
        return None
    return Spread(middle=median(values), low=min(values), high=max(values), counted=len(values), of=len(figures))


def _strip(around: Around, standing: Mapping[str, Figure]) -> tuple[Mark, ...]:
    marks = [
        Mark(
            code=code,
            name=around.names[code],
            value=figure.value,
            is_own=code == around.own,
            is_neighbour=code in around.neighbours,
        )
        for code, figure in standing.items()
        if figure.value is not None
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.value, mark.name)))


# -- in words


def sentence_of(comparison: Comparison) -> str:
    """ "97.5 % against 46.4 % in England; joint 12th of 150." A symbol is explained, never counted."""
    own = figure_in_words(comparison.own.value, comparison.own.symbol, comparison.facts)
    if comparison.own.value is None:
        own = f"No figure of ours is published for {comparison.period.label} ({comparison.own.symbol})"
    parts = own
    england = comparison.england
    if england is not None and not _is_size(comparison):
        parts += f" against {figure_in_words(england.value, england.symbol, comparison.facts)} in England"
    if comparison.rank:
        parts += f"; {comparison.rank.sentence}"
    return f"{parts}."


def _is_size(comparison: Comparison) -> bool:
    """A count of ours beside England's total tells nothing: they are of different size."""
    return comparison.facts.unit == "count"


def change_in_words(change: Change | None, facts: Facts) -> str:
    """ "up 3.2 percentage points since 2021: better"; "no figure of three years ago" where there is none."""
    if change is None:
        return "no figure to compare with of three years before"
    difference = change.printed(facts.decimals)
    if difference == 0:
        return f"the same as in {change.from_point.period.label}"
    way = "up" if difference > 0 else "down"
    size = difference_in_words(difference, facts)
    share = f" ({abs(change.share):.0f} %)" if change.share is not None and facts.unit == "count" else ""
    words = f"{way} {size}{share} since {change.from_point.period.label}"
    verdict = change.is_better(facts.direction, facts.decimals)
    return words if verdict is None else f"{words}: {'better' if verdict else 'worse'}"


def spread_in_words(spread: Spread | None, facts: Facts) -> str:
    """ "median 41.2 % (from 12.0 % to 97.5 %; 9 of 10 have a figure)"."""
    if spread is None:
        return "no figure"
    middle, low, high = (figure_in_words(value, "", facts) for value in (spread.middle, spread.low, spread.high))
    counted = "" if spread.counted == spread.of else f"; {spread.counted} of {spread.of} have a figure"
    return f"median {middle} (from {low} to {high}{counted})"


def against_in_words(comparison: Comparison) -> str:
    """One or two words for the tag beside the figure."""
    verdict = comparison.against_england
    if verdict is not None:
        return "Better than England" if verdict else "Worse than England"
    if comparison.own.value is None:
        return "Suppressed" if comparison.own.symbol == "c" else "No figure"
    if comparison.england is None or comparison.england.value is None or _is_size(comparison):
        return ""
    decimals = comparison.facts.decimals
    is_same = rounded(comparison.own.value, decimals) == rounded(comparison.england.value, decimals)
    return "Same as England" if is_same else "Differs from England"
