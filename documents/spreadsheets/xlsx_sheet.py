"""One pass over the XML of an .xlsx sheet before the fast reader gets it.

The fast reader gives a blank for an error value and for a formula that was never computed, lays out every cell between
A1 and the last one, gives each cell a text of its own, and lets the later of two cells with one address win. All of
this is looked for here, in the bytes as they stream by; a sheet that is written so that bytes can't tell is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO

from documents.domain.cells import BrokenCell, column_letters
from documents.spreadsheets.facts import (
    MAX_BROKEN,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT_BYTES,
    MAX_TEXTS_BYTES,
    SheetFacts,
    error_cell,
    refuse_far,
    refuse_strange,
    refuse_uncomputed,
    uncomputed_cell,
)
from documents.spreadsheets.refusal import Unusable

_CHUNK = 1 << 20
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Texts shorter than this can't come to much, however often they stand in a sheet.
_SHORT_TEXT = 100
_HEAD = 4_000

# No tag of a row or cell is longer; what a pattern may look through is bounded, so that none takes long on any bytes.
_TAG = rb"[^<>]{0,400}"
_LONG_TAG = re.compile(rb"<(?:\w{1,20}:)?(?:c|row|f|v)\b[^<>]{400}")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b" + _TAG + rb'?\br="(\d+)"')
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\b" + _TAG + rb'?\br="([^"]*)"')
_FILLED = re.compile(rb"<(?:\w{1,20}:)?(?:v|is|f)[ >/]")
_ODD_QUOTES = re.compile(rb"<(?:\w{1,20}:)?(?:c|row|f|v)\b" + _TAG + rb"?(?:='|\s=|=\s)")
_ERROR_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\b(" + _TAG + rb'\bt="e"' + _TAG + rb")>((?:(?!<(?:\w{1,20}:)?c\b).)*?)</(?:\w{1,20}:)?c>",
    re.DOTALL,
)
_FORMULA_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\b("
    + _TAG
    + rb")>\s*<(?:\w{1,20}:)?f\b(?:"
    + _TAG
    + rb"/>|"
    + _TAG
    + rb">[^<]*</(?:\w{1,20}:)?f>)"
    rb"\s*(<(?:\w{1,20}:)?v\s*/>|<(?:\w{1,20}:)?v>\s*</(?:\w{1,20}:)?v>)?\s*</(?:\w{1,20}:)?c>"
)
_LINE = re.compile(rb"\d{1,40}")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[ >/]")
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<(?:\w{1,20}:)?v>([^<]*)<")
_HIDDEN_ROW = re.compile(
    rb"<(?:\w{1,20}:)?row\b(?="
    + _TAG
    + rb'\br="(\d+)")'
    + _TAG
    + rb'\b(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")'
    + _TAG
    + rb"(?<!/)>"
)
_ENDS = (b"</v>", b":v>", b"</is>", b":is>")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^<>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_EDGES = {edge: re.compile(rb'\b%b="(\d+)"' % edge) for edge in (b"min", b"max")}
_SHARED = re.compile(rb't="s"' + _TAG + rb">\s*<(?:\w{1,20}:)?v>(\d+)<")
_COUNTED = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["'](\d+)["']""")
# What the fast reader knows as an error value; at any other it gives up the whole workbook.
_KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def pieces(stream: IO[bytes], end: bytes) -> Iterator[bytes]:
    """The stream in pieces that end behind `end`, so that no row is cut in two."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        piece = rest + chunk
        cut = piece.rfind(end)
        if cut < 0 and len(piece) < 16 * _CHUNK:
            rest = piece
            continue
        cut = len(piece) if cut < 0 else cut + len(end)
        yield piece[:cut]
        rest = piece[cut:]
    if rest:
        yield rest


def look_at_texts(stream: IO[bytes], size: int) -> list[int]:
    """The lengths of the shared texts in bytes. Raises Unusable for what no workbook holds."""
    lengths: list[int] = []
    for piece in pieces(stream, b"si>"):
        if not lengths:
            _check_head("of shared texts", piece)
            if any(int(count) > max(size, MAX_CELLS * 2) for count in _COUNTED.findall(piece[:_HEAD])):
                raise Unusable("The workbook says that it holds more texts than it can. Export it again.")
        if _has_zero(piece):
            refuse_strange("of shared texts", "holds a zero character")
        lengths.extend(map(len, piece.split(b"</si>")))
        if max(lengths) > MAX_TEXT_BYTES:
            raise Unusable("The workbook holds a text that is longer than a cell can be. Export it again without it.")
    return lengths


def _check_head(name: str, piece: bytes) -> None:
    """The bytes can be searched: one byte for one plain letter, nothing declared that stands for something else."""
    if b"\0" in piece[:_HEAD] or piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in piece[:_HEAD]:
        refuse_strange(name, "is written in an unusual way")


def look_at_sheet(name: str, stream: IO[bytes], texts: Sequence[int] = ()) -> SheetFacts:
    """Raises Unusable, with the place, for what must not be laid out or can't be told for certain."""
    look = _Look(name, texts)
    for piece in pieces(stream, b"row>"):
        look.at(piece)
    return look.facts


class _Look:
    def __init__(self, name: str, texts: Sequence[int]) -> None:
        self.name = name
        self.texts = texts
        self.has_long_texts = max(texts, default=0) > _SHORT_TEXT
        self.text_bytes = 0
        self.facts = SheetFacts()
        self.is_first = True
        self.last_row = 0
        self.last_filled = 0
        self.width = 1

    def at(self, piece: bytes) -> None:
        if self.is_first:
            self.is_first = False
            _check_head(self.name, piece)
        if b"hidden=" in piece:
            self._add_hidden_columns(piece)
        is_odd = b"<![CDATA[" in piece or b"<!--" in piece or _LONG_TAG.search(piece)
        if is_odd or (_has_odd(piece) and _ODD_QUOTES.search(piece)):
            refuse_strange(self.name, "is written in an unusual way")
        if _has_zero(piece):
            refuse_strange(self.name, "holds a zero character")
        self._check_reach(piece)
        if self.has_long_texts and b't="s"' in piece:
            self._add_texts(piece)
        if b't="e"' in piece:
            self._add_broken(_ERROR_CELL, piece)
        if _FORMULA.search(piece):
            self.facts.formulas += len(_FORMULA.findall(piece))
            self._add_broken(_FORMULA_CELL, piece)
        if b'hidden="' in piece or b'ht="0' in piece:
            self.facts.hidden_rows.extend(int(match[1]) for match in _HIDDEN_ROW.finditer(piece))
        self.facts.has_merged = self.facts.has_merged or b"mergeCell " in piece

    def _check_reach(self, piece: bytes) -> None:
        named = _ROW.findall(piece)
        rows = list(map(int, named))
        if any(later <= earlier for earlier, later in zip((self.last_row, *rows), rows, strict=False)):
            refuse_strange(self.name, "has a row twice or rows out of order")
        if rows and rows[-1] > MAX_ROWS:
            self._refuse_far_rows(piece)
        cells = _CELL.findall(piece)
        if len(set(cells)) != len(cells):
            twice = next(cell for cell, number in Counter(cells).items() if number > 1)
            refuse_strange(self.name, f"has the cell {twice.decode('ascii', 'replace')} twice")
        if piece.count(b"<c ") + piece.count(b":c ") + piece.count(b"c>") > 2 * len(cells):
            self._check_crowd(piece)  # cells without an address
        lines = {cell.lstrip(_LETTERS) for cell in cells}
        if not lines.issubset(named):  # the address of a cell decides where it is put, not its row
            if any(_LINE.fullmatch(line) and int(line) > MAX_ROWS for line in lines):
                refuse_far(self.name, "a row that no table reaches")
            if named or not all(map(_LINE.fullmatch, lines)):
                refuse_strange(self.name, "has cells that stand in another row than they say")
            rows = [max(map(int, lines))]  # rows need not have a number of their own
        self.last_row = rows[-1] if rows else self.last_row
        self._check_width(cells, piece)

    def _check_crowd(self, piece: bytes) -> None:
        if any(row.count(b"<c") + row.count(b":c") > 2 * MAX_COLUMNS for row in piece.split(b"row>")):
            refuse_strange(self.name, "has rows of far too many cells")

    def _refuse_far_rows(self, piece: bytes) -> None:
        """Formats alone may reach down to the last row there is; a value may not."""
        found = [(int(match[1]), match.start()) for match in _ROW.finditer(piece)]
        ends = [start for _, start in found[1:]] + [len(piece)]
        for (number, start), end in zip(found, ends, strict=True):
            if number > MAX_ROWS and _FILLED.search(piece, start, end):
                refuse_far(self.name, f"row {number:,}")

    def _check_width(self, cells: Sequence[bytes], piece: bytes) -> None:
        for word in {cell.rstrip(b"0123456789") for cell in cells}:
            if not word.isalpha() or not word.isupper():
                refuse_strange(self.name, "has a cell with an unusual address")
            place = _column(word)
            if place >= MAX_COLUMNS:
                refuse_far(self.name, f"column {word.decode()[:6]}")
            self.width = max(self.width, place + 1)
        if self.width * self.last_row > MAX_CELLS:  # it may be that only formats reach so far down
            end = max((piece.rfind(end) for end in _ENDS), default=-1)
            filled = _ROW.findall(piece, 0, end) if end >= 0 else []
            self.last_filled = int(filled[-1]) if filled else self.last_filled
            if self.width * self.last_filled > MAX_CELLS:
                refuse_far(self.name, f"column {column_letters(self.width - 1)}, of {self.last_filled:,} rows,")

    def _add_texts(self, piece: bytes) -> None:
        for place, number in Counter(_SHARED.findall(piece)).items():
            length = self.texts[int(place)] if int(place) < len(self.texts) else 0
            self.text_bytes += length * number if length > _SHORT_TEXT else 0
        if self.text_bytes > MAX_TEXTS_BYTES:
            raise Unusable(
                f"The sheet “{self.name}” repeats long texts over and over, far more than a table holds. "
                "Export it again without them."
            )

    def _add_hidden_columns(self, piece: bytes) -> None:
        for column in _COLUMN.finditer(piece.partition(b"sheetData")[0]):
            edges = [edge.search(column[1]) for edge in _EDGES.values()]
            if _HIDDEN.search(column[1]) and edges[0] and edges[1]:
                self.facts.hidden_columns.append((int(edges[0][1]) - 1, int(edges[1][1]) - 1))

    def _add_broken(self, cells: re.Pattern[bytes], piece: bytes) -> None:
        is_error = cells is _ERROR_CELL
        for match in cells.finditer(piece):
            attributes = match[1]
            if not is_error and b't="str"' in attributes and match[2] is not None:
                continue  # the formula's result is an empty text
            address = _ADDRESS.search(attributes)
            if address is None or len(self.facts.broken) > MAX_BROKEN:
                refuse_uncomputed(self.name)
            cell = self._error(address, match[2]) if is_error else uncomputed_cell()
            self.facts.broken[int(address[2]), _column(address[1])] = cell

    def _error(self, address: re.Match[bytes], content: bytes) -> BrokenCell:
        value = _VALUE.search(content)
        text = value[1].decode("utf-8", "replace") if value else "#ERROR"
        if text not in _KNOWN_ERRORS:
            place = (address[1] + address[2]).decode()
            raise Unusable(
                f"The sheet “{self.name}” shows the error {text[:40]} in cell {place}. Correct the formula or replace "
                "it by its value, save and upload that."
            )
        return error_cell(text)


def _has_zero(piece: bytes) -> bool:
    """A zero character, as workbooks write it: no database stores it."""
    return b"_x0000_" in piece or b"_X0000_" in piece


def _has_odd(piece: bytes) -> bool:
    return b"='" in piece or b" =" in piece or b"= " in piece or b"=\n" in piece


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number - 1
