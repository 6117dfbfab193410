"""Who reports to whom, as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFact:
    """A board as a chart shows it. `known_as`: what it was called before, with the days."""

    pk: int
    name: str
    kind: str
    chair: str = ""
    span: str = ""
    purpose: str = ""
    known_as: tuple[str, ...] = ()
    reports_to: int | None = None
    is_in_force: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    board: BoardFact
    below: tuple[Branch, ...]


def tree_of(boards: Sequence[BoardFact]) -> tuple[Branch, ...]:
    """Boards beneath the one that they report to. One that reports to a board that isn't there stands at the top.

    Boards that report to each other in a circle stand at the top as well: none is lost, none is shown twice.
    """
    keys = {board.pk for board in boards}
    tops = [board for board in boards if board.reports_to not in keys]
    seen: set[int] = set()

    def branch(board: BoardFact) -> Branch:
        seen.add(board.pk)
        below = tuple(branch(each) for each in boards if each.reports_to == board.pk and each.pk not in seen)
        return Branch(board=board, below=below)

    found = [branch(board) for board in tops]
    found += [branch(board) for board in boards if board.pk not in seen]
    return tuple(found)


def flat(branches: Sequence[Branch]) -> Iterator[BoardFact]:
    """The boards of a tree from the top down."""
    for each in branches:
        yield each.board
        yield from flat(each.below)
