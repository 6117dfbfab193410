"""Figures in words: units, directions and the symbols that stand where no figure is published."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    DAYS = "days"
    MONTHS = "months"
    RATIO = "ratio"
    SCORE = "score"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


WAY = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.NEITHER: "Neither way is better by itself",
}

# The publisher's symbols (explore education statistics, "symbols used"). None of them is a zero.
SYMBOLS = {
    "c": "suppressed, because the number is small",
    "z": "not applicable",
    "x": "not available",
    "low": "so low that it would round to 0",
    "k": "so low that it would round to 0",
    ":": "not available",
    "~": "no data",
    "u": "low reliability",
    "..": "not available",
    ".": "not available",
    "-": "no figure given",
    "*": "suppressed",
    "!": "not given",
    "blank": "the cell was empty",
}
SUPPRESSED = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an indicator is, as far as comparing needs it."""

    code: str
    name: str
    unit: Unit = Unit.COUNT
    decimals: int = 0
    direction: Direction = Direction.NEITHER
    is_local: bool = False
    source: str = ""

    @property
    def way(self) -> str:
        return WAY[self.direction]


def symbol_in_words(symbol: str) -> str:
    return SYMBOLS.get(symbol, "not published")


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half away from zero, as published figures are rounded."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number_in_words(value: Decimal, decimals: int) -> str:
    """ "2,785", "97.5", "−3.2" with a true minus sign."""
    return f"{rounded(value, decimals):,}".replace("-", "−")


def figure_in_words(value: Decimal | None, symbol: str, facts: Facts) -> str:
    """ "97.5 %", "2,785", "12 days"; a symbol as it is published; "no figure" where there is neither."""
    if value is None:
        return symbol or "no figure"
    text = number_in_words(value, facts.decimals)
    match facts.unit:
        case Unit.PERCENT:
            return f"{text} %"
        case Unit.DAYS | Unit.MONTHS:
            return f"{text} {facts.unit}" if value != 1 else f"{text} {facts.unit[:-1]}"
        case _:
            return text


def difference_in_words(value: Decimal, facts: Facts) -> str:
    """The size of a difference without its sign: "3.2 percentage points", "612"."""
    text = number_in_words(abs(value), facts.decimals)
    if facts.unit == Unit.PERCENT:
        return f"{text} percentage point{'' if text == '1' else 's'}"
    return figure_in_words(abs(value), "", facts)


def prints_better(value: Decimal, than: Decimal, facts: Facts) -> bool | None:
    """Of two figures as they are printed: "46.4 % against 46.4 %" is neither better nor worse."""
    return is_better(rounded(value, facts.decimals), rounded(than, facts.decimals), facts.direction)


def is_better(value: Decimal, than: Decimal, direction: Direction) -> bool | None:
    """None where the two are equal or neither way is better."""
    if direction == Direction.NEITHER or value == than:
        return None
    return (value > than) == (direction == Direction.HIGHER)
