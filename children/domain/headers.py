"""Headers that differ from the published ones: what was seen, what it probably means, what a person decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache

from children.domain.cells import Cell, display
from children.domain.schema import Column, ListSchema, SheetLayout
from children.domain.words import key_of, plain

# Below this a likeness is a coincidence, and nothing is proposed.
LIKE_ENOUGH = 0.62
_FEWEST_HEADERS = 3


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet as the workbook has it. `layout` is the sheet that it was taken for; empty where it is unknown.

    `is_marked` says that each of its rows is marked as invented, as far as no Unique ID could tell.
    """

    name: str
    layout: str
    headers: tuple[str, ...]
    is_marked: bool = False


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


def names_of(column: Column) -> set[str]:
    """Every form of every name that a column is read under."""
    return {key_of(word) for word in (column.header, *column.spellings, *column.mapped)}


def unknown_headers(layout: SheetLayout, headers: Iterable[str]) -> tuple[str, ...]:
    """The headers that stand for none of the layout's columns, each once."""
    known = {name for column in (*layout.columns, *layout.local) for name in names_of(column)}
    return tuple(header for header in dict.fromkeys(headers) if header and key_of(header) not in known)


def absent_columns(layout: SheetLayout, headers: Iterable[str]) -> tuple[Column, ...]:
    """The columns that no header stands for, the published ones first, then the council's own."""
    held = {key_of(header) for header in headers}
    return tuple(column for column in (*layout.columns, *layout.local) if not names_of(column) & held)


def propose_columns(layout: SheetLayout, headers: Sequence[str]) -> dict[str, str]:
    """Column key → the header that probably stands for it, each header once; the likest first."""
    free = unknown_headers(layout, headers)
    pairs = [
        (likeness(header, (column.header, *column.spellings)), -place, header, column.key)
        for place, column in enumerate(absent_columns(layout, headers))
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
    absent = {column.key for column in absent_columns(layout, headers)} - propose_columns(layout, headers).keys()
    return len(layout.keys - absent) / max(len(layout.columns), len(headers))


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """What a person is asked about one sheet of the layout.

    `name` is the sheet of the workbook that stands for it, or probably does (`is_missing`, to be chosen among
    `sheets`); `columns` are those that no header stands for, each with the header that probably does, or none;
    `headers` is what there is to choose from.
    """

    layout: SheetLayout
    name: str
    is_missing: bool
    sheets: tuple[str, ...]
    columns: tuple[tuple[Column, str], ...]
    headers: tuple[str, ...]


def is_open(schema: ListSchema, seen: Sequence[SeenSheet]) -> bool:
    """Whether there is anything for a person to decide; tells it without looking for likenesses."""
    held = {sheet.layout: sheet for sheet in seen if sheet.layout}
    if any(not sheet.layout for sheet in seen) and any(layout.name not in held for layout in schema.sheets):
        return True
    return any(
        unknown_headers(layout, sheet.headers) and absent_columns(layout, sheet.headers)
        for layout in schema.sheets
        if (sheet := held.get(layout.name))
    )


def propose(schema: ListSchema, seen: Sequence[SeenSheet]) -> tuple[SheetProposal, ...]:
    """The sheets about which there is something to decide."""
    strange = tuple(sheet.name for sheet in seen if not sheet.layout)
    probably = propose_sheets(schema, seen)
    found = []
    for layout in schema.sheets:
        held = next((sheet for sheet in seen if sheet.layout == layout.name), None)
        if held is None:
            held = next((sheet for sheet in seen if sheet.name == probably.get(layout.name)), None)
        is_missing = held is None or not held.layout
        headers = held.headers if held else ()
        free = unknown_headers(layout, headers)
        proposed = propose_columns(layout, headers)
        columns = tuple((column, proposed.get(column.key, "")) for column in absent_columns(layout, headers))
        if (is_missing and strange) or (free and columns):
            found.append(
                SheetProposal(
                    layout=layout,
                    name=held.name if held else "",
                    is_missing=is_missing,
                    sheets=strange if is_missing else (),
                    columns=columns if free else (),
                    headers=free,
                )
            )
    return tuple(found)


def likeness(header: str, names: Iterable[str]) -> float:
    """From 0 to 1: by letters, by words in common, or because one is the initials of the other (DOB)."""
    return max((_likeness(_bare(header), _bare(name)) for name in names), default=0.0)


@lru_cache(maxsize=2048)
def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", key_of(text)).split())


@lru_cache(maxsize=8192)
def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    words, others = set(one.split()), set(other.split())
    initials = "".join(word[0] for word in other.split())
    if len(one) > 1 and one.replace(" ", "") == initials:
        return 0.95
    common = len(words & others) / min(len(words), len(others))
    by_words = 0.6 + 0.3 * len(words & others) / len(words | others) if common == 1 else 0.0
    letters = SequenceMatcher(None, one, other)
    # Whatever can't come near enough isn't worth the long way of finding out.
    is_near = letters.real_quick_ratio() >= LIKE_ENOUGH and letters.quick_ratio() >= LIKE_ENOUGH
    return max(letters.ratio() if is_near else 0.0, by_words)
