"""Whether rows that nobody can read as a list are marked as invented all the same."""

from collections.abc import Iterable
from itertools import chain, islice

from accounts.domain.protection import is_synthetic
from children.domain.cells import Cell, display
from children.domain.headers import header_row_among

Numbered = tuple[int, list[Cell]]


class MarkedRows:
    """Rows as they come: every one has to have the mark in one and the same column. None at all counts as not."""

    def __init__(self) -> None:
        self.places: set[int] | None = None

    def add(self, cells: Iterable[Cell]) -> None:
        if self.places == set():
            return
        here = {place for place, cell in enumerate(cells) if is_synthetic(display(cell))}
        self.places = here if self.places is None else self.places & here

    def __bool__(self) -> bool:
        return bool(self.places)


def look_through(rows: Iterable[Numbered], *, head_rows: int) -> tuple[list[Cell] | None, bool]:
    """The row that looks like headers (None where none does), and whether every filled row below it has the mark."""
    remaining = iter(rows)
    head = list(islice(remaining, head_rows))
    headers = header_row_among(head)
    start = next((number for number, (_, cells) in enumerate(head, 1) if cells is headers), 0)
    marks = MarkedRows()
    for _, cells in chain(head[start:], remaining):
        if any(display(cell).strip() for cell in cells):
            marks.add(cells)
    return headers, bool(marks)
