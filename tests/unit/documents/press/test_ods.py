"""OpenDocument workbooks: written, taken apart, and read by the reader that reads uploads."""

import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from documents.press.ods import MIMETYPE, write_ods
from documents.press.sheets import Column, ColumnKind, Sheet

COLUMNS = [Column("Key"), Column("Day", kind=ColumnKind.DATE), Column("Number", kind=ColumnKind.NUMBER)]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def written(tmp_path, *rows, name="List_1", columns=COLUMNS):
    path = tmp_path / "lists.ods"
    write_ods(path, [Sheet(name=name, columns=columns, rows=iter(rows))], marking="Official-Sensitive", title="Lists")
    return path


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


def read(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_values_come_back_as_what_they_were(tmp_path):
    path = written(tmp_path, ["SYN1", date(2026, 11, 23), 4.5], ["", None, Decimal(7)])

    assert read(path) == [["Key", "Day", "Number"], ["SYN1", date(2026, 11, 23), 4.5], ["", "", 7.0]]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+44", "@here", "of:=SUM([.A1])"])
def test_text_never_becomes_a_formula(tmp_path, text):
    path = written(tmp_path, [text, None, None])

    cells = list(part(path, "content.xml").iter(f"{TABLE}table-cell"))
    assert not [cell for cell in cells if cell.get(f"{TABLE}formula")]
    assert cells[3].get(f"{OFFICE}value-type") == "string"
    assert read(path)[1][0] == text


@pytest.mark.parametrize("text", [" outer ", "two  spaces", "<b>&amp;\"'", "one\ntwo", "0012", "Ünïcode – 中"])
def test_text_stays_as_it_was_typed(tmp_path, text):
    assert read(written(tmp_path, [text, None, None]))[1][0] == text


def test_marking_stands_in_header_and_footer_and_in_no_cell(tmp_path):
    path = written(tmp_path, ["SYN1", None, None])

    with zipfile.ZipFile(path) as archive:
        styles, content = archive.read("styles.xml").decode(), archive.read("content.xml").decode()
    assert styles.count("OFFICIAL-SENSITIVE") == 2
    assert styles.count("<style:header-footer-properties") == 2  # without room an office suite prints neither
    assert "SENSITIVE" not in content


def test_archive_begins_with_its_uncompressed_type(tmp_path):
    with zipfile.ZipFile(written(tmp_path)) as archive:
        first = archive.infolist()[0]

        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == MIMETYPE
        named = {
            entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
            for entry in ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        }
        assert named - {"/"} == set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"}


def test_same_sheets_give_the_same_bytes(tmp_path):
    first = written(tmp_path, ["SYN1", date(2026, 11, 23), 4.5]).read_bytes()

    assert written(tmp_path, ["SYN1", date(2026, 11, 23), 4.5]).read_bytes() == first


def test_sheet_without_rows_keeps_its_headers(tmp_path):
    assert read(written(tmp_path)) == [["Key", "Day", "Number"]]


def test_name_of_a_sheet_is_made_safe(tmp_path):
    path = written(tmp_path, ["SYN1", None, None], name="A & B's [list]")

    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["A & B's -list-"]


def test_moment_stands_as_one(tmp_path):
    columns = [Column("At", kind=ColumnKind.DATE_TIME)]

    path = written(tmp_path, [datetime(2026, 11, 23, 9, 30)], columns=columns)  # noqa: DTZ001  # sheets know no zones

    assert read(path)[1] == [datetime(2026, 11, 23, 9, 30)]  # noqa: DTZ001  # sheets know no zones
