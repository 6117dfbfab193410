"""Sheets of a workbook that anybody may have made."""

import io

import openpyxl
import pytest

from documents.spreadsheets.reading import read_sheets
from documents.spreadsheets.refusal import Unusable


def book_of(**sheets) -> io.BytesIO:
    """A workbook with these cells, by sheet and address."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            sheet[address] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream


def test_only_the_wanted_sheets_are_laid_out():
    sheets = read_sheets(book_of(Evidence={"A1": "Number"}, Notes={"A1": "Mine"}), lambda name: name == "Evidence")

    assert (sheets.cells, sheets.others) == ({"Evidence": [["Number"]]}, ("Notes",))


def test_what_stands_before_the_first_value_is_kept_where_places_count():
    sheets = read_sheets(book_of(Evidence={"B2": "Number"}), lambda name: True, keeps_place=True)

    assert sheets.cells["Evidence"] == [["", ""], ["", "Number"]]


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD1"])
def test_cell_far_out_is_refused_before_anything_is_laid_out(address):
    with pytest.raises(Unusable, match="Evidence"):
        read_sheets(book_of(Evidence={"A1": "Number", address: "x"}), lambda name: True)


def test_what_is_no_workbook_is_refused_with_what_to_do():
    with pytest.raises(Unusable, match="save it again"):
        read_sheets(io.BytesIO(b"Not a workbook."), lambda name: True)
