"""What the sheets of one workbook add to while they are read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from children.domain.cells import Cell, display
from children.domain.headers import MappedHeader, SeenSheet
from children.domain.issues import is_ours
from children.domain.marked_rows import look_through
from children.domain.rows import RowFinding
from children.domain.words import plain

# Rows in which headers are looked for.
HEADER_SEARCH = 30


@dataclass(slots=True)
class Notes:
    """`names` keeps one spelling of each officer and team."""

    findings: list[RowFinding]
    seen: list[SeenSheet] = field(default_factory=list)
    mapped: list[MappedHeader] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    def see(self, name: str, layout: str, headers: list[Cell] | None, *, is_marked: bool) -> None:
        texts = tuple(text for cell in headers or () if (text := plain(display(cell))))
        self.seen.append(SeenSheet(name, layout, texts, is_marked))

    def look_through(self, name: str, layout: str, rows: Iterable[tuple[int, list[Cell]]]) -> None:
        """Notes a sheet that can't be read as a list."""
        headers, is_marked = look_through(rows, head_rows=HEADER_SEARCH)
        self.see(name, layout, headers, is_marked=is_marked)

    def look_aside(self, name: str, rows: Iterable[tuple[int, list[Cell]]]) -> None:
        """Notes a sheet of issues that isn't one of ours about invented children; none of it is read as a list."""
        if not is_ours(rows):
            self.foreign.append(name)
