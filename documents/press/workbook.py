"""Workbooks and CSV. A text never becomes a formula; the same sheets give the same bytes."""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import rustpy_xlsxwriter
import xlsxwriter

from documents.press.sheets import (
    DATE_FORMAT,
    DATE_TIME_FORMAT,
    Cell,
    Column,
    ColumnKind,
    Prepared,
    Row,
    Sheet,
    Value,
    prepare,
    words,
)

__all__ = ["Cell", "Column", "ColumnKind", "Row", "Sheet", "write_csv", "write_workbook"]

CREATED = "2000-01-01T00:00:00Z"
_NUMBER_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.NUMBER: "General",
    ColumnKind.DATE: DATE_FORMAT,
    ColumnKind.DATE_TIME: DATE_TIME_FORMAT,
}
A4 = 9


def write_workbook(path: Path, sheets: Sequence[Sheet], *, marking: str, title: str = "") -> None:
    """Writes `.xlsx` in flat memory. The marking stands in the header and footer of each printed page, in no cell.

    Two writers, one content: the fast one, and xlsxwriter where a sheet has no rows or repeats a header.
    """
    prepared = [prepare(sheet) for sheet in sheets]
    mark = marking.upper().replace("&", "&&")
    header, footer = f"&C&B{mark}", f"&L&A&C&B{mark}&R&P of &N"
    if all(_suits_fast_writer(sheet) for sheet in prepared):
        _write_fast(path, prepared, header=header, footer=footer)
        _fix_properties(path, title=title)
    else:
        _write_small(path, prepared, header=header, footer=footer, title=title)


def _suits_fast_writer(sheet: Prepared) -> bool:
    return not sheet.is_empty and len(set(sheet.headers)) == len(sheet.headers)


# -- the fast writer


def _write_fast(path: Path, sheets: Sequence[Prepared], *, header: str, footer: str) -> None:
    page = {
        "landscape": True,
        "paper_size": A4,
        "fit_to_pages": (1, 0),
        "repeat_rows": 0,
        "header": header,
        "footer": footer,
    }
    bold = rustpy_xlsxwriter.Format().set_bold().set_text_wrap().set_align("top").set_border_bottom("thin")
    rustpy_xlsxwriter.write_worksheets(
        [(sheet.name, _records(sheet)) for sheet in sheets],
        str(path),
        freeze_panes={"general": {"row": 1, "col": 0}},
        datetime_format=DATE_TIME_FORMAT,
        column_widths={sheet.name: [column.width for column in sheet.columns] for sheet in sheets},
        column_formats={sheet.name: [_fast_format(column) for column in sheet.columns] for sheet in sheets},
        header_format={sheet.name: bold for sheet in sheets},
        autofilter={sheet.name: True for sheet in sheets},
        page_setup={sheet.name: page for sheet in sheets},
    )


def _records(sheet: Prepared) -> Iterator[dict[str, Value]]:
    headers = sheet.headers
    return (dict(zip(headers, row, strict=True)) for row in sheet.rows)


def _fast_format(column: Column) -> Any:
    shape = rustpy_xlsxwriter.Format().set_align("top").set_num_format(_NUMBER_FORMATS[column.kind])
    return shape.set_text_wrap() if column.is_wrapped else shape


def _fix_properties(path: Path, *, title: str) -> None:
    """The fast writer stamps the clock into the last parts of the archive: they are written again, with a fixed one."""
    with zipfile.ZipFile(path, "a") as archive:
        stamped = archive.getinfo("docProps/core.xml")
        last = [info for info in archive.infolist() if info.header_offset > stamped.header_offset]
        rest = [(info, archive.read(info)) for info in last]
        for info in (stamped, *last):
            archive.filelist.remove(info)
            del archive.NameToInfo[info.filename]
        archive.start_dir = stamped.header_offset
        archive.writestr(_plain_info(stamped.filename), _core_properties(title))
        for info, content in rest:
            archive.writestr(_plain_info(info.filename), content)


def _plain_info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _core_properties(title: str) -> str:
    when = f'<dcterms:created xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:created>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>{when}{when.replace('created', 'modified')}</cp:coreProperties>"
    )


# -- the small writer


def _write_small(path: Path, sheets: Sequence[Prepared], *, header: str, footer: str, title: str) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": title, "created": datetime.fromisoformat(CREATED).replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_header(header)
            page.set_footer(footer)
            page.set_landscape()
            page.set_paper(A4)
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            page.freeze_panes(1, 0)
            shapes = [_small_format(book, column) for column in sheet.columns]
            for number, column in enumerate(sheet.columns):
                page.set_column(number, number, column.width, shapes[number])
            for number, text in enumerate(sheet.headers):
                page.write_string(0, number, text, bold)
            for place, row in enumerate(sheet.rows, start=1):
                _write_row(page, place, row, shapes)


def _small_format(book: Any, column: Column) -> Any:
    return book.add_format(
        {"num_format": _NUMBER_FORMATS[column.kind], "valign": "top", "text_wrap": column.is_wrapped}
    )


def _write_row(page: Any, place: int, row: Iterable[Value], shapes: Sequence[Any]) -> None:
    for number, value in enumerate(row):
        match value:
            case None:
                continue
            case str():
                page.write_string(place, number, value, shapes[number])
            case float():
                page.write_number(place, number, value, shapes[number])
            case _:
                page.write_datetime(place, number, value, shapes[number])


# -- CSV


def write_csv(path: Path, sheet: Sheet) -> None:
    """UTF-8 with a mark at its start, as Excel expects. A text that a spreadsheet would run gets an apostrophe."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([guarded(column.header) for column in sheet.columns])
        writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)


def _csv_cell(cell: Cell) -> str:
    return guarded(cell) if isinstance(cell, str) else words(cell)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    clean = words(text)
    return f"'{clean}" if clean.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else clean
