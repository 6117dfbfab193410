"""Workbooks as bytes on disk for tests, written with whatever faults a test asks for."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook


def write_xlsx(
    path: Path, sheets: dict[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = (), **options: object
) -> Path:
    """Rows of values per sheet name, from A1. A text that starts with = is kept as text."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  # sheets know no zones
                elif value != "":
                    sheet.write(number, place, value)
    book.close()
    return path


def rewrite_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Replaces the text of one part of a workbook by what `change` makes of it."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_ods(path: Path, content: str) -> Path:
    """An OpenDocument spreadsheet around the XML of its tables."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
            f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def ods_table(name: str, rows: Sequence[Sequence[object]], *, attributes: str = "") -> str:
    """A table's XML; dates as dates, numbers as numbers, the rest as text."""
    lines = []
    for row in rows:
        cells = "".join(_ods_cell(value) for value in row)
        lines.append(f"<table:table-row{attributes}>{cells}</table:table-row>")
    return f'<table:table table:name="{name}">{"".join(lines)}</table:table>'


def _ods_cell(value: object) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def read_xlsx_texts(path: Path) -> dict[str, list[list[str]]]:
    """Every cell of a workbook as text, by sheet; whole numbers without their fraction."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [
            [str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row]
            for row in book.get_sheet_by_name(name).to_python()
        ]
        for name in book.sheet_names
    }
