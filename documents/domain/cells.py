"""What every reader of spreadsheets says of cells and their places."""

from dataclasses import dataclass
from datetime import date

# Serial day numbers count from 1899-12-30 (1900 system, true from March 1900) or from 1904-01-01.
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that the spreadsheet itself could not compute (an error value, a formula without a result)."""

    text: str
    reason: str


def column_letters(index: int) -> str:
    """The letters of a sheet's column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
