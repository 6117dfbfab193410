"""Small numbers that nobody may read, nor work out.

Primary: a count from 1 to the threshold. Secondary: as many more as it takes that no hidden number follows from its
row, its column, the totals, the other list, the two lists together, or a second table that shares a dimension.

How it holds. Each list is protected for itself, and a figure of the lists together is hidden where it is hidden in any
of them, so subtracting lists gives nothing. A category whose total is hidden is hidden whole in every cross table,
zeros included: one child could stand in another hidden category and every shown figure of every table would be the
same. Inside a cross table each hidden cell must lie on a closed path of hidden cells along which counts can be moved
with all totals as they are; two tables that share a dimension agree on its totals, so they tell no more together than
each alone. Elsewhere a zero is shown as 0; a reader may therefore take a hidden cell for at least 1, and the paths
respect that. What is hidden of a line comes to more than the threshold, so that the rest of a line is no small number
either.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

SUPPRESSED: Final = "c"
# A count, or the symbol for one that is hidden. The symbol is never zero.
Figure = int | Literal["c"]
DEFAULT_THRESHOLD: Final = 5

Line = tuple[int, ...]
Grid = tuple[Line, ...]
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts from 1 to `threshold` are hidden."""

    threshold: int = DEFAULT_THRESHOLD

    def is_small(self, count: int) -> bool:
        return 0 < count <= self.threshold

    def sentence(self) -> str:
        return (
            f"Numbers of {self.threshold} and under are suppressed and shown as {SUPPRESSED}, and so is whatever "
            f"would let them be worked out. {SUPPRESSED} is never zero by itself: zeros stand as 0, except in a line "
            "that is suppressed whole."
        )


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """What is hidden in the counts of one list by one dimension. `least` is what a reader knows of a hidden count."""

    categories: frozenset[int]
    is_total_hidden: bool
    least: int = 1


@lru_cache(maxsize=512)
def hide_line(counts: Line, rule: Rule) -> HiddenLine:
    """Hides small counts, then the next smallest, until what is hidden can't be worked out from the total."""
    total = sum(counts)
    everything = frozenset(range(len(counts)))
    if rule.is_small(total):
        return HiddenLine(everything, is_total_hidden=True, least=0)
    hidden = {place for place, count in enumerate(counts) if rule.is_small(count)}
    if not hidden:
        return HiddenLine(frozenset(), is_total_hidden=False)
    spare = sorted(
        (place for place, count in enumerate(counts) if count and place not in hidden),
        key=lambda place: (counts[place], place),
    )
    while not _is_enough([counts[place] for place in hidden], rule):
        if not spare:
            # Nothing but ones: whoever sees the zeros could tell.
            return HiddenLine(everything, is_total_hidden=False, least=0)
        hidden.add(spare.pop(0))
    return HiddenLine(frozenset(hidden), is_total_hidden=False)


def _is_enough(counts: Sequence[int], rule: Rule) -> bool:
    return len(counts) >= 2 and sum(counts) > max(rule.threshold, len(counts))


@dataclass(frozen=True, slots=True)
class HiddenGrid:
    """What is hidden in a cross table of one list: cells, row totals, column totals, the total."""

    cells: frozenset[_Place]
    rows: HiddenLine
    columns: HiddenLine

    @property
    def is_total_hidden(self) -> bool:
        return self.rows.is_total_hidden


@lru_cache(maxsize=256)
def hide_grid(grid: Grid, rule: Rule) -> HiddenGrid:
    """The totals are hidden exactly as `hide_line` hides them in the tables of one dimension."""
    row_totals = tuple(map(sum, grid))
    column_totals = tuple(map(sum, zip(*grid, strict=True)))
    rows, columns = hide_line(row_totals, rule), hide_line(column_totals, rule)
    if rows.is_total_hidden:
        places = frozenset((row, column) for row in range(len(grid)) for column in range(len(column_totals)))
        return HiddenGrid(places, rows, columns)
    return HiddenGrid(
        frozenset(_Hiding(grid, (row_totals, column_totals), (rows, columns), rule).done()), rows, columns
    )


class _Hiding:
    """A cross table while it is being hidden. `least` has each hidden cell with what a reader knows of it."""

    def __init__(
        self, grid: Grid, totals: tuple[Line, Line], closed: tuple[HiddenLine, HiddenLine], rule: Rule
    ) -> None:
        self.grid = grid
        self.totals = totals
        self.closed = closed
        self.rule = rule
        # Lines in which somebody stands, or that are hidden with their zeros.
        self.live = tuple(
            [place for place, total in enumerate(totals) if total or place in closed.categories]
            for totals, closed in zip(self.totals, self.closed, strict=True)
        )
        self.least: dict[_Place, int] = {}
        for row in self.live[0]:
            for column in self.live[1]:
                if row in closed[0].categories or column in closed[1].categories:
                    self.least[row, column] = 0
                elif rule.is_small(grid[row][column]):
                    self.least[row, column] = 1

    def done(self) -> set[_Place]:
        while True:
            changed = self._fill_lines()
            stuck = next((place for place in sorted(self.least) if not self._moves(place)), None)
            if stuck is None:
                if not changed:
                    return set(self.least)
            elif not self._add_rectangle(stuck):
                # Too thin to show any of it: the zeros go as well, and every cell is free between its totals.
                return {(row, column) for row in self.live[0] for column in self.live[1]}

    def count(self, place: _Place) -> int:
        return self.grid[place[0]][place[1]]

    def _fill_lines(self) -> bool:
        """Hides the next smallest cells of a line of which only a small number is hidden."""
        changed = False
        for side in (0, 1):
            for line in self.live[side]:
                if line in self.closed[side].categories:
                    continue
                places = [(line, other) if side == 0 else (other, line) for other in self.live[1 - side]]
                hidden = [place for place in places if place in self.least]
                spare = sorted(
                    (place for place in places if place not in self.least and self.count(place)),
                    key=lambda place: (self.count(place), place),
                    reverse=True,
                )
                while hidden and spare and sum(map(self.count, hidden)) <= self.rule.threshold:
                    hidden.append(spare.pop())
                    self.least[hidden[-1]] = 1
                    changed = True
        return changed

    def _can_fall(self, place: _Place) -> bool:
        return self.count(place) > self.least.get(place, 1)

    def _moves(self, place: _Place) -> bool:
        """Whether the count could be another one with everything that is shown as it is."""
        row, column = place
        for other_row in self.live[0]:
            if other_row == row or (other_row, column) not in self.least:
                continue
            for other_column in self.live[1]:
                if other_column == column:
                    continue
                corners = ((row, other_column), (other_row, column), (other_row, other_column))
                if all(corner in self.least for corner in corners) and self._is_path(place, *corners):
                    return True
        return self._has_path(place)

    def _is_path(self, place: _Place, beside: _Place, below: _Place, opposite: _Place) -> bool:
        return (self._can_fall(beside) and self._can_fall(below)) or (
            self._can_fall(place) and self._can_fall(opposite)
        )

    def _has_path(self, place: _Place) -> bool:
        """Looks for any closed path through the cell, hidden totals included, along which counts rise and fall."""
        rises, falls = self._edges()
        row, column = place
        return self._reaches(("column", column), ("row", row), rises, falls, place) or self._reaches(
            ("row", row), ("column", column), rises, falls, place
        )

    def _edges(self) -> tuple[set[_Place], set[_Place]]:
        """Cells that can rise and that can fall; a total stands in a line of its own, with its sign turned."""
        rises, falls = set(self.least), {place for place in self.least if self._can_fall(place)}
        ends = (len(self.totals[0]), len(self.totals[1]))
        for side in (0, 1):
            for line in self.closed[side].categories:
                place = (line, ends[1]) if side == 0 else (ends[0], line)
                falls.add(place)
                if self.totals[side][line] > self.closed[side].least:
                    rises.add(place)
        return rises, falls

    def _reaches(
        self,
        start: tuple[str, int],
        goal: tuple[str, int],
        rises: set[_Place],
        falls: set[_Place],
        without: _Place,
    ) -> bool:
        waiting, seen = deque([start]), {start}
        while waiting:
            side, line = waiting.popleft()
            if side == "row":
                steps = [("column", column) for row, column in rises if row == line and (row, column) != without]
            else:
                steps = [("row", row) for row, column in falls if column == line and (row, column) != without]
            for step in steps:
                if step == goal:
                    return True
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
        return False

    def _add_rectangle(self, place: _Place) -> bool:
        """Hides the cheapest three more cells with which the count can be moved; False where there are none."""
        row, column = place
        best: tuple[int, list[_Place]] | None = None
        for other_row in self.live[0]:
            for other_column in self.live[1]:
                if other_row == row or other_column == column:
                    continue
                corners = [(row, other_column), (other_row, column), (other_row, other_column)]
                if not all(corner in self.least or self.count(corner) for corner in corners):
                    continue
                if not self._is_path(place, *corners):
                    continue
                more = [corner for corner in corners if corner not in self.least]
                price = sum(map(self.count, more))
                if best is None or (price, more) < best:
                    best = (price, more)
        if best is None:
            return False
        self.least.update(dict.fromkeys(best[1], 1))
        return True
