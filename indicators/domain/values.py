"""Cells of figures: a number, a symbol, or something that isn't understood."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from indicators.domain.figures import Unit

# The publisher's symbols, today's and those of older files. None of them is a zero.
SYMBOLS = frozenset({"c", "z", "x", "k", "u", "low", ":", "~", "..", ".", "-", "*", "!"})
# How an empty cell is kept: it is no zero either.
BLANK = "blank"
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?|[-+]?\.\d+", re.ASCII)
_PLACES = Decimal("0.0001")
_MOST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, a symbol, or neither: then nobody knows what the cell says."""

    value: Decimal | None = None
    symbol: str = ""

    @property
    def is_understood(self) -> bool:
        return self.value is not None or bool(self.symbol)


_UNKNOWN = Cell()


@lru_cache(maxsize=65536)
def read_cell(text: str) -> Cell:
    """Numbers keep four decimal places."""
    word = text.strip()
    if not word:
        return Cell(symbol=BLANK)
    if word.lower() in SYMBOLS:
        return Cell(symbol=word.lower())
    if not _NUMBER.fullmatch(word):
        return _UNKNOWN
    value = Decimal(word.replace(",", ""))
    if abs(value) > _MOST:
        return _UNKNOWN
    return Cell(value=value.quantize(_PLACES, ROUND_HALF_UP))


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip()))


def is_symbol(text: str) -> bool:
    word = text.strip().lower()
    return not word or word in SYMBOLS


def implausible(value: Decimal, unit: Unit, *, is_unbounded: bool) -> str:
    """Why a value can't be what the indicator says it is; empty when it can."""
    if is_unbounded:
        return ""
    if unit == Unit.PERCENT and not 0 <= value <= 100:
        return "A percentage lies between 0 and 100."
    if unit in {Unit.COUNT, Unit.DAYS, Unit.MONTHS, Unit.RATE} and value < 0:
        return "A number, a rate or a time can't be below 0."
    return ""
