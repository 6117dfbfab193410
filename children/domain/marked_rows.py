"""Whether rows that nobody can read as a list are marked as invented all the same."""

import re
from collections.abc import Iterable
from itertools import chain, islice

from children.domain.cells import Cell, display
from children.domain.headers import header_row_among

# How the Unique IDs of invented children begin.
SYNTHETIC_MARK = "SYN"
Numbered = tuple[int, list[Cell]]


class MarkedRows:
    """Rows as they come: every one has to begin with the mark and a digit in one and the same column.

    None at all counts as not. The digit keeps words such as “Synergy” from passing for a mark.
    """

    def __init__(self, mark: str) -> None:
        self.begins = re.compile(rf"{mark}[-_ ]?\d", re.IGNORECASE | re.ASCII)
        self.places: set[int] | None = None

    def add(self, cells: Iterable[Cell]) -> None:
        if self.places == set():
            return
        here = {place for place, cell in enumerate(cells) if self.begins.match(display(cell).strip())}
        self.places = here if self.places is None else self.places & here

    def __bool__(self) -> bool:
        return bool(self.places)


def look_through(rows: Iterable[Numbered], *, mark: str, head_rows: int) -> tuple[list[Cell] | None, bool]:
    """The row that looks like headers (None where none does), and whether every filled row below it has the mark."""
    remaining = iter(rows)
    head = list(islice(remaining, head_rows))
    headers = header_row_among(head)
    start = next((number for number, (_, cells) in enumerate(head, 1) if cells is headers), 0)
    marks = MarkedRows(mark)
    for _, cells in chain(head[start:], remaining):
        if any(display(cell).strip() for cell in cells):
            marks.add(cells)
    return headers, bool(marks)
