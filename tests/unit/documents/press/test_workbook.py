"""Workbooks, checked twice: by value through a reader, and by what stands in the archive."""

import time
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from documents.press.workbook import Column, ColumnKind, Sheet, write_csv, write_workbook

COLUMNS = [
    Column("Unique ID", 20),
    Column("Born", 12, ColumnKind.DATE),
    Column("Absence", 10, ColumnKind.NUMBER),
    Column("Note", 40, is_wrapped=True),
]
ROWS = [
    ["SYN000001", date(2015, 3, 1), 12.5, "=1+1"],
    ["0012", "31/02/2015", 3, "=cmd|' /C calc'!A0"],
    ["+44", date(1899, 1, 1), None, "+1"],
    ["@SUM(A1)", datetime(2020, 5, 6, 7, 8, tzinfo=UTC), 2**60, "a\x00b\x0cc"],
    ["-1", None, float("nan"), "x" * 40_000],
    [True, None, "not a number", date(2020, 1, 2)],
]


def write(path, rows=ROWS, columns=COLUMNS, *, marking="Official-Sensitive & more"):
    write_workbook(path, [Sheet("List_1", columns, rows), Sheet("List_2", COLUMNS[:1], [["a"]])], marking=marking)
    return path


@pytest.fixture(params=["fast", "small"])
def book(request, tmp_path):
    """The same rows by either writer: a repeated header asks for the small one."""
    if request.param == "fast":
        return write(tmp_path / "book.xlsx")
    columns = [*COLUMNS, Column("Note")]
    return write(tmp_path / "book.xlsx", [[*row, ""] for row in ROWS], columns)


def test_write_workbook_values_come_back(book):
    rows = CalamineWorkbook.from_path(book).get_sheet_by_name("List_1").to_python()

    assert [row[:3] for row in rows[1:]] == [
        ["SYN000001", date(2015, 3, 1), 12.5],
        ["0012", "31/02/2015", 3.0],
        ["+44", "01/01/1899", ""],
        ["@SUM(A1)", date(2020, 5, 6), str(2**60)],
        ["-1", "", "nan"],
        ["Yes", "", "not a number"],
    ]
    assert [row[3] for row in rows[1:5]] == ["=1+1", "=cmd|' /C calc'!A0", "+1", "a\ufffdb\ufffdc"]
    assert len(rows[5][3]) == 32_767
    assert rows[6][3] == "02/01/2020"


def test_write_workbook_text_never_becomes_a_formula(book):
    with zipfile.ZipFile(book) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet


def test_write_workbook_is_marked_frozen_and_laid_out_for_paper(book):
    page = openpyxl.load_workbook(book)["List_1"]

    assert "OFFICIAL-SENSITIVE" in page.oddHeader.center.text
    assert "OFFICIAL-SENSITIVE" in page.oddFooter.center.text
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert page.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert page["B2"].number_format == "dd/mm/yyyy"
    assert page["A2"].number_format == "@"
    assert page["A1"].font.bold


def test_write_workbook_same_bytes_at_another_time(book, tmp_path, request):
    first = book.read_bytes()
    time.sleep(1.1)
    again = request.node.callspec.params["book"]
    columns = COLUMNS if again == "fast" else [*COLUMNS, Column("Note")]

    second = write(tmp_path / "again.xlsx", ROWS if again == "fast" else [[*row, ""] for row in ROWS], columns)

    assert second.read_bytes() == first


def test_write_workbook_without_rows_still_has_its_headers(tmp_path):
    path = write(tmp_path / "empty.xlsx", [])

    assert CalamineWorkbook.from_path(path).get_sheet_by_name("List_1").to_python() == [
        ["Unique ID", "Born", "Absence", "Note"]
    ]


def test_write_workbook_has_exactly_the_sheets(book):
    assert CalamineWorkbook.from_path(book).sheet_names == ["List_1", "List_2"]


def test_write_csv_guards_what_a_spreadsheet_would_run(tmp_path):
    path = tmp_path / "list.csv"

    write_csv(path, Sheet("List", [Column("=a"), Column("b")], [["=1+1", date(2020, 1, 2)], [" @x", -3], ["ok", None]]))

    assert path.read_bytes() == b"\xef\xbb\xbf'=a,b\r\n'=1+1,02/01/2020\r\n' @x,-3\r\nok,\r\n"
