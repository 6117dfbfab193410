"""The sheet of issues that sendready itself puts in front of a marked copy: its headers, and what it may hold."""

from collections.abc import Iterable, Iterator

from accounts.domain.protection import is_synthetic
from children.domain.cells import Cell, display

ISSUE_HEADERS = (
    "Sheet",
    "Excel row",
    "Unique ID",
    "Column",
    "Value",
    "Level",
    "Rule",
    "What is wrong and what to do",
)
_UNIQUE_ID = ISSUE_HEADERS.index("Unique ID")


def is_ours(rows: Iterable[tuple[int, list[Cell]]]) -> bool:
    """Whether a sheet is one of ours about invented children: our headers, and no Unique ID without the mark.

    A sheet with nothing in it is.
    """
    texts = _filled(rows)
    headers = next(texts, None)
    if headers is None:
        return True
    if tuple(headers) != ISSUE_HEADERS:
        return False
    return all(len(row) <= len(ISSUE_HEADERS) and _is_invented(row) for row in texts)


def _is_invented(row: list[str]) -> bool:
    """Rules that were not run, and rows without a Unique ID, name nobody."""
    name = row[_UNIQUE_ID] if len(row) > _UNIQUE_ID else ""
    return not name or is_synthetic(name)


def _filled(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[list[str]]:
    """The rows that hold something, without the blank cells at their ends."""
    for _, cells in rows:
        texts = [display(cell).strip() for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield texts
