"""Forecasts: how they are made, said in words, and how they came out.

A forecast is a vintage: what was expected on a day. It is never brought up to date; the next one is laid beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from indicators.domain.figures import number_in_words
from indicators.domain.series import Series


class Method(StrEnum):
    CHAINED_GROWTH = "chained_growth"
    TREND = "trend"


class Rounding(StrEnum):
    """What becomes of a year's figure before the next year's growth is put on it."""

    WHOLE = "whole"
    DOWN = "down"
    NONE = "none"


ROUNDING_IN_WORDS = {
    Rounding.WHOLE: "each year's figure is rounded to a whole number before the next is worked out",
    Rounding.DOWN: "each year's figure is cut to a whole number before the next is worked out",
    Rounding.NONE: "nothing is rounded until the end",
}
FEWEST_FOR_TREND = 3


class NotEnough(Exception):
    """There are too few figures to draw a line through."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The growth of one year in per cent of the year before."""

    year: int
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of a year: `exact` as worked out, `value` as carried on, `printed` where a paper printed it."""

    year: int
    exact: Decimal
    value: Decimal
    percent: Decimal | None = None
    printed: Decimal | None = None

    @property
    def shown(self) -> Decimal:
        """What was said at the time: the printed figure where there is one."""
        return self.value if self.printed is None else self.printed

    @property
    def differs(self) -> bool:
        return self.printed is not None and self.printed != self.value


def _carried(exact: Decimal, rounding: Rounding) -> Decimal:
    match rounding:
        case Rounding.WHOLE:
            return exact.quantize(Decimal(1), ROUND_HALF_UP)
        case Rounding.DOWN:
            return exact.quantize(Decimal(1), ROUND_DOWN)
        case Rounding.NONE:
            return exact


def chain_growth(
    base: Decimal,
    growth: Sequence[Growth],
    *,
    rounding: Rounding = Rounding.WHOLE,
    printed: Mapping[int, Decimal] | None = None,
) -> tuple[Expected, ...]:
    """Puts each year's growth on the year before.

    Where a paper printed its figures, each year is chained from the printed figure of the year before, as the paper
    did: a difference then shows in the year in which it arose and not in all that follow.
    """
    told = printed or {}
    found, before = [], base
    for step in growth:
        exact = before * (1 + step.percent / 100)
        expected = Expected(
            year=step.year,
            exact=exact,
            value=_carried(exact, rounding),
            percent=step.percent,
            printed=told.get(step.year),
        )
        found.append(expected)
        before = expected.shown
    return tuple(found)


def rounding_differences(base: Decimal, base_year: int, forecast: Sequence[Expected]) -> tuple[str, ...]:
    """A sentence for each printed figure that isn't what its own method gives."""
    sentences, before, before_year = [], base, base_year
    for expected in forecast:
        if expected.differs and expected.printed is not None and expected.percent is not None:
            factor = f"{1 + expected.percent / 100:.2f}"
            sentences.append(
                f"{expected.year}: {number_in_words(before, 0)} ({before_year}) × {factor} is "
                f"{_plain(expected.exact)}, which rounds to {number_in_words(expected.value, 0)}; "
                f"{number_in_words(expected.printed, 0)} is printed."
            )
        before, before_year = expected.shown, expected.year
    return tuple(sentences)


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.01')).normalize():,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The straight line through yearly values: `at_start` in the year `start`, then `step` a year."""

    start: int
    at_start: Decimal
    step: Decimal

    def at(self, year: int) -> Decimal:
        return self.at_start + self.step * (year - self.start)


def line_through(values: Mapping[int, Decimal]) -> Line:
    """The line of least squares. Raises NotEnough under three years."""
    if len(values) < FEWEST_FOR_TREND:
        raise NotEnough("A trend needs figures of at least three years. Choose an earlier first year, or use growth.")
    number = Decimal(len(values))
    start = min(values)
    xs = {year: Decimal(year - start) for year in values}
    mean_x = sum(xs.values(), Decimal(0)) / number
    mean_y = sum(values.values(), Decimal(0)) / number
    spread = sum(((x - mean_x) ** 2 for x in xs.values()), Decimal(0))
    step = sum(((xs[year] - mean_x) * (value - mean_y) for year, value in values.items()), Decimal(0)) / spread
    return Line(start=start, at_start=mean_y - step * mean_x, step=step)


def follow_trend(values: Mapping[int, Decimal], years: Sequence[int], *, decimals: int) -> tuple[Expected, ...]:
    """What the line of least squares gives for later years, rounded as the indicator is; never below zero."""
    line = line_through(values)
    places = Decimal(1).scaleb(-decimals)
    return tuple(
        Expected(year=year, exact=line.at(year), value=max(line.at(year), Decimal(0)).quantize(places, ROUND_HALF_UP))
        for year in years
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was expected of a year beside what happened; `happened` is None as long as nothing is published."""

    year: int
    expected: Decimal
    happened: Decimal | None

    @property
    def error(self) -> Decimal | None:
        """Above zero where more was expected than came."""
        return None if self.happened is None else self.expected - self.happened

    @property
    def error_share(self) -> Decimal | None:
        """Per cent of what happened."""
        return self.error / self.happened * 100 if self.error is not None and self.happened else None


def lay_over(forecast: Sequence[Expected], series: Series) -> tuple[Outcome, ...]:
    """Each year of a forecast beside the figure whose period ends in it."""
    outcomes = []
    for expected in forecast:
        point = series.in_year(expected.year)
        outcomes.append(Outcome(year=expected.year, expected=expected.shown, happened=point.value if point else None))
    return tuple(outcomes)


def mean_miss(outcomes: Sequence[Outcome]) -> Decimal | None:
    """The mean size of the error in per cent of what happened; None as long as nothing has."""
    shares = [abs(one.error_share) for one in outcomes if one.error_share is not None]
    return sum(shares, Decimal(0)) / len(shares) if shares else None


def outcome_in_words(outcomes: Sequence[Outcome]) -> str:
    """ "Of 3 years that can be checked, all were forecast too low; 4.1 % off on average, most in 2025 (−6.6 %)."."""
    checked = [one for one in outcomes if one.error is not None and one.error_share is not None]
    if not checked:
        return "No year of this forecast can be checked yet."
    if len(checked) == 1:
        return f"1 year can be checked: {_alone(checked[0])}"
    low = sum(1 for one in checked if one.error is not None and one.error < 0)
    high = sum(1 for one in checked if one.error is not None and one.error > 0)
    worst = max(checked, key=lambda one: (abs(one.error_share or 0), one.year))
    ways = ", ".join(f"{count} too {word}" for count, word in ((low, "low"), (high, "high")) if count)
    off = number_in_words(mean_miss(checked) or Decimal(0), 1)
    return (
        f"{len(checked)} years can be checked: {ways or 'each as it came'}; {off} % off on average, "
        f"most in {worst.year} ({signed(worst.error_share or Decimal(0))} %)."
    )


def _alone(outcome: Outcome) -> str:
    share = outcome.error_share or Decimal(0)
    if not share:
        return f"{outcome.year} came as forecast."
    return f"{outcome.year} was forecast {number_in_words(abs(share), 1)} % too {'high' if share > 0 else 'low'}."


def signed(value: Decimal) -> str:
    """With its sign and one decimal: "+2.1", "−6.6", "0.0"."""
    shown = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{'+' if shown > 0 else '−' if shown < 0 else ''}{abs(shown)}"


def growth_in_words(growth: Sequence[Growth]) -> str:
    """ "10 % a year to 2024, 7 % after": runs of equal growth are told once."""
    runs: list[tuple[Decimal, int]] = []
    for step in growth:
        if runs and runs[-1][0] == step.percent:
            runs[-1] = (step.percent, step.year)
        else:
            runs.append((step.percent, step.year))
    words = []
    for number, (percent, until) in enumerate(runs):
        size = f"{_plain(percent)} %"
        last = number == len(runs) - 1
        if number == 0:
            words.append(f"{size} a year to {until}")
        else:
            words.append(f"{size} after" if last else f"{size} to {until}")
    return ", ".join(words)


def method_in_words(
    method: Method,
    *,
    base_year: int = 0,
    base: Decimal = Decimal(0),
    growth: Sequence[Growth] = (),
    rounding: Rounding = Rounding.WHOLE,
    from_year: int = 0,
    to_year: int = 0,
) -> str:
    """The method as a reader can repeat it."""
    if method == Method.TREND:
        return (
            f"The straight line (least squares) through the figures of {from_year} to {to_year}, drawn on. "
            "It knows nothing of causes."
        )
    return (
        f"From {number_in_words(base, 0)} in {base_year}, growth of {growth_in_words(growth)}; "
        f"{ROUNDING_IN_WORDS[rounding]}."
    )
