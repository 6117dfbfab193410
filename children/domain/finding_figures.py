"""Totals of findings and of changes as a reader without rows may have them: no small number, none that can be told.

A rule that found one row says something of one child, so the counts by rule are hidden like those of a composition;
the totals of errors and queries stand, by sheet as well where no sheet's is small, and what is hidden can't be worked
out from them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from children.domain.suppression import SUPPRESSED, Figure, Rule, hide_line


def shown_counts(counts: Sequence[Mapping[str, Any]], rule: Rule | None) -> list[Figure]:
    """The figures of `counts` (each with `level` and `count`), in their order; exact where no rule is given."""
    if rule is None:
        return [count["count"] for count in counts]
    hidden: set[int] = set()
    for level in {count["level"] for count in counts}:
        sheets: dict[str, list[int]] = {}
        for place, count in enumerate(counts):
            if count["level"] == level:
                sheets.setdefault(count["sheet"], []).append(place)
        groups = list(sheets.values())
        if any(rule.is_small(sum(counts[place]["count"] for place in places)) for places in groups):
            groups = [[place for places in groups for place in places]]  # no sheet's total is shown then
        for places in groups:
            line = hide_line(tuple(counts[place]["count"] for place in places), rule)
            hidden |= {places[number] for number in line.categories}
    return [SUPPRESSED if place in hidden else count["count"] for place, count in enumerate(counts)]


def shown_movement(numbers: Mapping[str, int], rule: Rule | None) -> dict[str, Figure]:
    """Numbers that add up with totals that stand: all of them, or none where one of them is small."""
    is_hidden = rule is not None and any(rule.is_small(number) for number in numbers.values())
    return {name: SUPPRESSED if is_hidden else number for name, number in numbers.items()}


def rounded(figure: Figure, *, to: int) -> Figure:
    """A figure of a series, so that nobody takes one upload from the next: to the nearest multiple of `to`."""
    return figure if figure == SUPPRESSED else to * ((int(figure) + to // 2) // to)
