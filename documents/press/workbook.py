"""Workbooks and CSV. A text never becomes a formula; the same sheets give the same bytes.

Large sheets go through the fast writer, everything else (header and footer, widths, frozen headers) is put around
them; where the fast writer is absent, or a sheet is small, xlsxwriter does it all in constant memory.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import xlsxwriter

Cell = str | int | float | Decimal | bool | date | datetime | None
Row = Sequence[Cell]

FIXED_CREATION = datetime(2000, 1, 1, tzinfo=UTC)
DATE_FORMAT = "dd/mm/yyyy"
DATE_TIME_FORMAT = "dd/mm/yyyy hh:mm"
LONGEST_TEXT = 32_767  # what a cell can hold
# Characters that XML, and so a workbook, can't hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class ColumnKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A header and how wide the column is, in characters. The kind sets the format of dates and numbers."""

    header: str
    width: float = 16
    kind: ColumnKind = ColumnKind.TEXT
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `name` exactly as it shall be called, rows as long as there are columns. Rows may be a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def write_workbook(path: Path, sheets: Sequence[Sheet], *, marking: str, title: str = "") -> None:
    """Writes `.xlsx`. The marking stands in the header and footer of each printed page, never in a cell."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": DATE_FORMAT,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": FIXED_CREATION.replace(tzinfo=None)})
        formats = _Formats(book)
        for sheet in sheets:
            _write_sheet(book, formats, sheet, marking)


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.header = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top})
        self.text = book.add_format({"num_format": "@", **top})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, **top})
        self.number = book.add_format(top)
        self.date = book.add_format({"num_format": DATE_FORMAT, **top})
        self.date_time = book.add_format({"num_format": DATE_TIME_FORMAT, **top})


def _write_sheet(book: xlsxwriter.Workbook, formats: _Formats, sheet: Sheet, marking: str) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name))
    mark = marking.upper().replace("&", "&&")
    page.set_header(f"&C&B{mark}")
    page.set_footer(f"&L&A&C&B{mark}&R&P of &N")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, _text(column.header), formats.header)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(row):
            _write_cell(page, formats, (last, number), cell, sheet.columns[number])
    if last:
        page.autofilter(0, 0, last, len(sheet.columns) - 1)


def _write_cell(
    page: "xlsxwriter.worksheet.Worksheet", formats: _Formats, place: tuple[int, int], cell: Cell, column: Column
) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_string(*place, "Yes" if cell else "No", formats.text)
        case str():
            page.write_string(*place, _text(cell), formats.wrapped if column.is_wrapped else formats.text)
        case datetime():
            page.write_datetime(*place, cell.replace(tzinfo=None), formats.date_time)
        case date():
            # Excel knows no day before 1900: such a date stays readable as text.
            if cell.year < 1900:
                page.write_string(*place, f"{cell:%d/%m/%Y}", formats.text)
            else:
                page.write_datetime(*place, datetime(cell.year, cell.month, cell.day), formats.date)  # noqa: DTZ001  # a day has no zone
        case _:
            page.write_number(*place, float(cell), formats.number)


def _text(value: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_TEXT]


def _sheet_name(name: str) -> str:
    return _SHEET_NAME.sub("-", name).strip("'")[:31] or "Sheet"


def write_csv(path: Path, sheet: Sheet) -> None:
    """UTF-8 with a mark at its start, as Excel expects. A text that a spreadsheet would run gets an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        _write_rows(out, sheet)


def _write_rows(out: io.TextIOBase, sheet: Sheet) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(column.header) for column in sheet.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case str():
            return guarded(_text(cell))
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return str(cell)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return (
        f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) else text
    )
