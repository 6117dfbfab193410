"""A .csv file → one raw sheet. Excel's own encodings are recognised; anything else is refused by name."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from children.domain.cells import Cell
from children.domain.reading import RawSheet
from children.domain.schema import ListSchema
from children.domain.words import key_of
from children.readers.archive import MAX_ROWS
from children.readers.refusal import Unusable

MAX_BYTES = 150 * 1024 * 1024
_MAX_FIELD = 32_767  # what a cell of Excel holds
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
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_dialect(text))
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise Unusable(f"{name} has more than {MAX_ROWS:,} rows, far more than a list has.")
            yield number, list(cells)
    except csv.Error as error:
        raise Unusable(
            f"{name} can't be read after row {number} ({error}). Look there for a quotation mark that is never "
            "closed, or save the list as .xlsx."
        ) from error


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
