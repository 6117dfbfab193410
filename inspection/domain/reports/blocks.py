"""A printed page as a row of paragraphs, each with its place in a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph or list entry, its spaces put in order.

    `row` names the innermost table row that it stands in (None outside of tables; equal numbers are the same row of the
    same document), `cell` the place of its cell in that row, from 0. `is_bullet` where it is an entry of a list.
    """

    text: str
    page: int
    row: int | None = None
    cell: int = 0
    is_bullet: bool = False
