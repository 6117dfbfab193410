"""The place of an area among all areas: ties, and areas without a figure, are said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.figures import Direction, Facts, rounded, symbol_in_words

TEENS = range(11, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is published of an area for one period: a value or a symbol."""

    value: Decimal | None = None
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """`place` is 1 for the best, or for the highest where neither way is better. `joint_with` counts the others."""

    place: int
    of: int
    joint_with: int = 0
    is_by_height: bool = False
    unranked: tuple[tuple[str, int], ...] = ()

    @property
    def sentence(self) -> str:
        """ "joint 12th of 150", "highest of 150", "3rd highest of 150"."""
        joint = "joint " if self.joint_with else ""
        if not self.is_by_height:
            return f"{joint}{ordinal(self.place)} of {self.of}"
        place = "" if self.place == 1 else f"{ordinal(self.place)} "
        return f"{joint}{place}highest of {self.of}"

    @property
    def unranked_sentence(self) -> str:
        """Why fewer areas are ranked than exist: "3 areas have no rank: 2 suppressed …"; empty where all have one."""
        number = sum(count for _, count in self.unranked)
        if not number:
            return ""
        reasons = ", ".join(f"{count} {_reason(symbol)}" for symbol, count in self.unranked)
        have = "area has" if number == 1 else "areas have"
        return f"{number} {have} no rank: {reasons}."


def _reason(symbol: str) -> str:
    return f"{symbol_in_words(symbol)} ({symbol})" if symbol else "without a figure for the period"


def ordinal(number: int) -> str:
    """ "1st", "12th", "23rd"."""
    ending = "th" if number % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def rank_among(own: str, figures: Mapping[str, Figure], facts: Facts) -> Rank | None:
    """The place of the area `own` among areas by code; None where it has no value itself, or nobody else has one.

    Values that print alike are ties: who reads 97.5 % twice must not find two places. Leave out of `figures` the areas
    that did not stand in the period; areas with a symbol are counted apart and never taken for zero.
    """
    values = {
        code: rounded(figure.value, facts.decimals) for code, figure in figures.items() if figure.value is not None
    }
    if own not in values or len(values) == 1:
        return None
    mine = values[own]
    lower_first = facts.direction == Direction.LOWER
    ahead = sum(1 for value in values.values() if (value < mine if lower_first else value > mine))
    symbols = Counter(figure.symbol for figure in figures.values() if figure.value is None)
    return Rank(
        place=ahead + 1,
        of=len(values),
        joint_with=sum(1 for value in values.values() if value == mine) - 1,
        is_by_height=facts.direction == Direction.NEITHER,
        unranked=tuple(sorted(symbols.items())),
    )
