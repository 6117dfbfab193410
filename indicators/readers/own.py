"""The template of own figures, filled in: .xlsx, .ods or .csv → rows of cells."""

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from documents.spreadsheets import refusal
from documents.spreadsheets.reading import read_sheets
from indicators.domain.file_shape import Unusable
from indicators.domain.own import SHEET, Raw

Rows = list[tuple[int, Sequence[Raw]]]


def read_template(name: str, source: BinaryIO) -> tuple[Sequence[Raw], Rows]:
    """The header and the rows with their numbers. Raises Unusable."""
    source.seek(0)
    if name.casefold().endswith(".csv"):
        return _csv(source.read())
    try:
        sheets = read_sheets(source, lambda each: each.casefold() == SHEET.casefold(), keeps_place=True)
    except refusal.Unusable as unusable:
        raise Unusable(unusable.sentence) from None
    if not sheets.cells:
        raise Unusable(f"The workbook has no sheet “{SHEET}”. Use the template and leave the names of its sheets.")
    table = next(iter(sheets.cells.values()))
    rows: Rows = [(number, row) for number, row in enumerate(table, 1) if any(cell != "" for cell in row)]
    if not rows:
        raise Unusable(f"The sheet “{SHEET}” is empty.")
    return rows[0][1], rows[1:]


def _csv(content: bytes) -> tuple[Sequence[Raw], Rows]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unusable("The file is neither UTF-8 nor Windows-1252 text. Save it as .xlsx and upload that.")
    try:
        table = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text)), 1) if any(row)]
    except csv.Error:
        raise Unusable("The file can't be read as CSV. Save it as .xlsx and upload that.") from None
    if not table:
        raise Unusable("The file is empty.")
    return table[0][1], [(number, row) for number, row in table[1:]]
