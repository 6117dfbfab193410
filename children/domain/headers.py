"""Headers that differ from the published ones: what was seen, what it probably means, what a person decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from children.domain.cells import Cell, display
from children.domain.schema import Column, ListSchema, SheetLayout
from children.domain.words import key_of, plain

# Below this a likeness is a coincidence, and nothing is proposed.
LIKE_ENOUGH = 0.62
_FEWEST_HEADERS = 3


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet as the workbook has it. `layout` is the sheet that it was taken for; empty where it is unknown."""

    name: str
    layout: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappedHeader:
    """A sheet (`key` and `column` empty) or column that was read under another name than the published one.

    `key` is the column's meaning, `column` its published header.
    """

    sheet: str
    key: str
    column: str
    header: str


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """What somebody confirmed: names of sheets by the layout's sheet, headers by its sheet and column key."""

    sheets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sheets or self.columns)


def with_mapping(schema: ListSchema, mapping: HeaderMap) -> ListSchema:
    """The layout that also takes what was mapped. What is mapped onto something it doesn't have, counts for nothing."""
    if not mapping:
        return schema
    return replace(schema, sheets=tuple(_mapped_sheet(sheet, mapping) for sheet in schema.sheets))


def _mapped_sheet(sheet: SheetLayout, mapping: HeaderMap) -> SheetLayout:
    def mapped(columns: Iterable[Column]) -> tuple[Column, ...]:
        return tuple(replace(column, mapped=mapping.columns.get((sheet.name, column.key), ())) for column in columns)

    return replace(
        sheet,
        columns=mapped(sheet.columns),
        local=mapped(sheet.local),
        mapped=mapping.sheets.get(sheet.name, ()),
    )


def header_row_among(head: Sequence[tuple[int, list[Cell]]]) -> list[Cell] | None:
    """The first row that looks like headers although none of them is known: words throughout, no two alike.

    A child's row never does: it has numbers and a date.
    """
    for _, cells in head:
        filled = [plain(display(cell)) for cell in cells if display(cell)]
        words = [text for text in filled if re.search("[A-Za-z]", text) and not re.search(r"\d{4}|\d[/.-]\d", text)]
        is_text = all(cell.__class__ is str for cell in cells if cell != "")
        if is_text and len(words) == len(filled) >= _FEWEST_HEADERS and len(set(map(key_of, words))) == len(words):
            return cells
    return None


def propose_columns(layout: SheetLayout, headers: Iterable[str]) -> dict[str, str]:
    """Column key → the header that probably stands for it, each header once; the likest first."""
    known = {key_of(word) for column in (*layout.columns, *layout.local) for word in (column.header, *column.spellings)}
    taken = {
        column.key
        for column in (*layout.columns, *layout.local)
        if {key_of(word) for word in (column.header, *column.spellings)} & {key_of(header) for header in headers}
    }
    free = [header for header in dict.fromkeys(headers) if header and key_of(header) not in known]
    pairs = [
        (likeness(header, (column.header, *column.spellings)), -place, header, column.key)
        for place, column in enumerate((*layout.columns, *layout.local))
        if column.key not in taken
        for header in free
    ]
    proposed: dict[str, str] = {}
    for score, _, header, key in sorted(pairs, reverse=True):
        if score >= LIKE_ENOUGH and key not in proposed and header not in proposed.values():
            proposed[key] = header
    return proposed


def propose_sheets(schema: ListSchema, seen: Sequence[SeenSheet]) -> dict[str, str]:
    """Missing sheet → the unknown one whose name or headers come nearest, each once; the likest first."""
    held = {sheet.layout for sheet in seen}
    pairs = [
        (max(_fit(layout, sheet.headers), likeness(sheet.name, (layout.name, layout.title))), layout.name, sheet.name)
        for layout in schema.sheets
        if layout.name not in held
        for sheet in seen
        if not sheet.layout
    ]
    proposed: dict[str, str] = {}
    for score, layout_name, name in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score >= LIKE_ENOUGH and layout_name not in proposed and name not in proposed.values():
            proposed[layout_name] = name
    return proposed


def _fit(layout: SheetLayout, headers: Sequence[str]) -> float:
    """How many columns of the layout the headers have, also under other names; headers too many count against it."""
    known = {key_of(word): column.key for column in layout.columns for word in (column.header, *column.spellings)}
    published = {known[key_of(header)] for header in headers if key_of(header) in known}
    proposed = propose_columns(layout, headers).keys() & layout.keys
    return len(published | proposed) / max(len(layout.columns), len(headers))


def likeness(header: str, names: Iterable[str]) -> float:
    """From 0 to 1: by letters, by words in common, or because one is the initials of the other (DOB)."""
    return max((_likeness(_bare(header), _bare(name)) for name in names), default=0.0)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", key_of(text)).split())


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    words, others = set(one.split()), set(other.split())
    initials = "".join(word[0] for word in other.split())
    if len(one) > 1 and one.replace(" ", "") == initials:
        return 0.95
    common = len(words & others) / min(len(words), len(others))
    by_words = 0.6 + 0.3 * len(words & others) / len(words | others) if common == 1 else 0.0
    return max(SequenceMatcher(None, one, other).ratio(), by_words)
