"""A .csv file → one raw sheet. Excel's own encodings are recognised; anything else is refused by name."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from children.domain.cells import Cell
from children.domain.reading import RawSheet
from children.domain.schema import ListSchema
from children.domain.words import key_of
from documents.spreadsheets.facts import MAX_ROWS
from documents.spreadsheets.refusal import Unusable

MAX_BYTES = 40 * 1024 * 1024
_MAX_FIELD = 32_767  # what a cell of Excel holds
# Of one row: a line, and how many lines quotation marks may hold together.
_MAX_LINE, _MAX_LINES = 1_000_000, 1_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# What Excel itself writes and reads in front of a list to name the delimiter, and never shows as a row.
_DELIMITER_LINE = re.compile(r"\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(file_name: str, data: bytes, schema: ListSchema, *, sheet: str = "") -> RawSheet:
    """One sheet: the one named `sheet`, else told by the file's name, else by the headers it shares most with."""
    text = _decode(file_name, data)
    stem = Path(file_name).stem
    name = sheet or _sheet_by_file_name(stem, schema) or _sheet_by_headers(stem, text, schema)
    return RawSheet(name=name, rows=_rows(file_name, text))


def _decode(name: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Unusable(f"{name} is larger than {MAX_BYTES // (1024 * 1024)} MB, far more than a list needs.")
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or _guesses(data)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(f"{name} is neither a workbook nor readable text. Save it from Excel as .xlsx or as CSV UTF-8.")


def _guesses(data: bytes) -> list[str]:
    """Without a mark: UTF-16 shows by its zero bytes; else UTF-8, else what Excel writes on Windows."""
    start = data[:4000]
    if start.count(0) * 3 > len(start):
        return ["utf-16-le" if start[1:2] == b"\0" else "utf-16-be"]
    return ["utf-8", "cp1252"]


def _dialect(text: str) -> str:
    """The delimiter that stands most often in the first line that holds any."""
    for line in text[:20_000].splitlines():
        counts = {delimiter: line.count(delimiter) for delimiter in (",", ";", "\t", "|")}
        best = max(counts, key=lambda delimiter: counts[delimiter])
        if counts[best] >= 2:
            return best
    return ","


def _rows(name: str, text: str) -> Iterator[tuple[int, list[Cell]]]:
    """Rows as Excel counts them: a first line that only names the delimiter is none."""
    csv.field_size_limit(_MAX_FIELD)
    told = _DELIMITER_LINE.match(text)
    lines = _Lines(name, text, start=told.end() if told else 0)
    reader = csv.reader(lines, delimiter=told[1] if told else _dialect(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS and any(cells):
                raise Unusable(f"{name} has more than {MAX_ROWS:,} rows, far more than a list has.")
            lines.lines = 0
            yield number, list(cells)
    except csv.Error as error:
        raise Unusable(
            f"{name} can't be read after row {number} ({error}). Look there for a quotation mark that is never "
            "closed, or save the list as .xlsx."
        ) from error


class _Lines:
    """The lines of a text one by one, with their ends. Raises Unusable where one row would take in too much.

    `lines` counts those that the present row has taken.
    """

    def __init__(self, name: str, text: str, *, start: int) -> None:
        self.name = name
        self.found = _LINE.finditer(text, start)
        self.lines = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self.found)[0]
        self.lines += 1
        if len(line) > _MAX_LINE or self.lines > _MAX_LINES:
            raise Unusable(
                f"{self.name} holds a row that is far longer than a list's. Look for a quotation mark that is never "
                "closed, or save the list as .xlsx."
            )
        return line


def _sheet_by_file_name(stem: str, schema: ListSchema) -> str:
    wanted = key_of(stem).replace("-", "_").replace(" ", "_")
    for sheet in schema.sheets:
        if any(key_of(word).replace(" ", "_") in wanted for word in (sheet.name, *sheet.spellings)):
            return sheet.name
    return ""


def _sheet_by_headers(name: str, text: str, schema: ListSchema) -> str:
    """The sheet whose headers fit best: most of the file's headers known, fewest of its own missing."""
    best, best_score = "", 0
    for number, cells in _rows(name, text):
        headers = {key_of(str(cell)) for cell in cells}
        for sheet in schema.sheets:
            known = {key_of(column.header) for column in sheet.columns}
            shared = len(headers & known)
            score = shared * 100 - len(known - headers) if shared else 0
            if score > best_score:
                best, best_score = sheet.name, score
        if number >= 30:
            break
    return best or name
