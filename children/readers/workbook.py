"""An .xlsx or .ods file → raw sheets, and any accepted file → raw sheets."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from children.domain.cells import Cell
from children.domain.reading import RawSheet
from children.domain.schema import ListSchema
from children.readers.text import MAX_BYTES, read_csv
from documents.domain.cells import BrokenCell, column_letters
from documents.spreadsheets.archive import look_inside
from documents.spreadsheets.facts import MAX_CELLS, MAX_ROWS, SheetFacts, refuse_far
from documents.spreadsheets.refusal import Unusable

ACCEPTED = (".xlsx", ".ods", ".csv")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_file(name: str, stream: BinaryIO, schema: ListSchema, *, sheet: str = "") -> list[RawSheet]:
    """The sheets of a file, whatever its name says: the content decides. Raises Unusable.

    `stream` must be seekable and stay open while the rows are read. `sheet` says which sheet of the layout a .csv
    file holds.
    """
    start = stream.read(8)
    stream.seek(0)
    if not start:
        raise Unusable(f"{name} is empty. Export the lists again.")
    if start.startswith(_ZIP):
        return _read_workbook(name, stream)
    if start == _OLE:
        raise Unusable(
            f"{name} is an old .xls workbook or is protected by a password. Save it as .xlsx without a password."
        )
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise Unusable(
            f"{name} is a web page or plain XML, whatever its name says. Open it in Excel and save it as .xlsx."
        )
    if start.startswith(b"%PDF"):
        raise Unusable(f"{name} is a PDF. Choose a file that ends in .xlsx, .ods or .csv.")
    return [read_csv(name, stream.read(MAX_BYTES + 1), schema, sheet=sheet)]


def sheet_names(name: str, stream: BinaryIO, schema: ListSchema) -> list[str]:
    """What the sheets of a file are called, before its rows are read. Raises Unusable as `read_file` does."""
    start = stream.read(4)
    stream.seek(0)
    if start == _ZIP:
        return list(look_inside(name, stream).sheets)
    return [sheet.name for sheet in read_file(name, stream, schema)]


def _read_workbook(name: str, stream: BinaryIO) -> list[RawSheet]:
    facts = look_inside(name, stream)
    stream.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        lists = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        if any(meta.name not in facts.sheets for meta in lists):
            raise _damaged(name)  # what was not looked at is not laid out
        found = [
            (meta.name, meta.visible != SheetVisibleEnum.Visible, workbook.get_sheet_by_name(meta.name))
            for meta in lists
        ]
    except PasswordError as error:
        raise Unusable(f"{name} is protected by a password. Save it without one.") from error
    except CalamineError as error:
        raise _damaged(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own breakdown, which no import names
            raise _damaged(name) from error
        raise
    return [
        _raw_sheet(title, sheet, is_hidden=is_hidden, facts=facts.sheets[title], day_zero=facts.day_zero)
        for title, is_hidden, sheet in found
    ]


def _damaged(name: str) -> Unusable:
    return Unusable(f"{name} is damaged. Open it in Excel, save it again as .xlsx and upload that.")


def _raw_sheet(name: str, sheet: CalamineSheet, *, is_hidden: bool, facts: SheetFacts, day_zero: date) -> RawSheet:
    end = sheet.end or (0, 0)
    if end[0] >= MAX_ROWS or sheet.total_height * sheet.total_width > MAX_CELLS:
        refuse_far(name, f"row {end[0] + 1:,}, column {column_letters(end[1])}")
    merged = facts.merged
    if merged is None:
        ranges = sheet.merged_cell_ranges if facts.has_merged else None
        merged = [
            (first_row + 1, first_column, last_row + 1, last_column)
            for (first_row, first_column), (last_row, last_column) in ranges or ()
        ]
    return RawSheet(
        name=name,
        rows=_rows(sheet, facts.broken),
        is_hidden=is_hidden,
        merged=tuple(merged),
        is_merged_somewhere=facts.has_merged and not merged,
        broken=facts.broken,
        hidden_rows=tuple(facts.hidden_rows),
        hidden_columns=tuple(facts.hidden_columns),
        formulas=facts.formulas,
        day_zero=day_zero,
    )


def _rows(sheet: CalamineSheet, broken: dict[tuple[int, int], BrokenCell]) -> Iterator[tuple[int, list[Cell]]]:
    """Rows count from 1 and cells from column A, whatever the sheet leaves empty before its first value.

    A row at the end that holds nothing but broken cells is unknown to the reader and is added.
    """
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    number = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, ([*before, *cells] if before else cells)
    for row in sorted({row for row, _ in broken if row > number}):
        yield row, []
