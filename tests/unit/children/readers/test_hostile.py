"""Workbooks that were made to break a reader, or that a hurried person makes: a finding or a refusal, never silence."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from children.domain.check import check
from children.domain.reading import read_lists
from documents.spreadsheets.refusal import Unusable
from tests.factories.children import AS_AT, plan_cells, schema
from tests.factories.workbooks import ods_table, rewrite_part, write_ods, write_xlsx
from tests.unit.children.readers.test_workbook import both, found, read_path, report_of

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
END = "</sheetData>"


def changed_sheet(tmp_path, change, *, part=SHEET, plans=None):
    path = write_xlsx(tmp_path / "a.xlsx", both(plans))
    return rewrite_part(path, part, change)


def with_rows(tmp_path, rows):
    return changed_sheet(tmp_path, lambda xml: xml.replace(END, rows + END))


def with_cell(tmp_path, cell, address="E2"):
    def change(xml):
        start = xml.index(f'<c r="{address}"')
        return xml[:start] + cell + xml[xml.index("</c>", start) + 4 :]

    return changed_sheet(tmp_path, change)


REFUSED = {
    "row twice": ('<row r="2"><c r="A2"><v>1</v></c></row>', "a row twice"),
    "cell twice": ('<row r="9"><c r="A9"><v>1</v></c><c r="A9"><v>2</v></c></row>', "cell A9 twice"),
    "row far below": ('<row r="5000000000"><c r="A5000000000"><v>1</v></c></row>', "row 5,000,000,000"),
    "column far right": ('<row r="9"><c r="ZZZZZ9"><v>1</v></c></row>', "column ZZZZZ"),
    "cell of another row": ('<row r="9"><c r="A12"><v>1</v></c></row>', "another row than they say"),
    "cell of a row far below": ('<row r="9"><c r="A99999999999999999999"><v>1</v></c></row>', "no table reaches"),
    "address in small letters": ('<row r="9"><c r="xfd9"><v>1</v></c></row>', "another row than"),
    "a box that is too large": ('<row r="149999"><c r="IZ149999"><v>1</v></c></row>', "of 149,999 rows"),
    "cells without address": (f'<row r="9">{"<c><v>1</v></c>" * 600}</row>', "far too many cells"),
    "an error that only new Excel knows": ('<row r="9"><c r="A9" t="e"><v>#SPILL!</v></c></row>', "#SPILL! in cell A9"),
    "single quotation marks": ("<row r='9'><c r='A9'><v>1</v></c></row>", "unusual way"),
    "spaces in attributes": ('<row r = "9"><c r = "A9"><v>1</v></c></row>', "unusual way"),
    "a tag of a million letters": (f'<row r="9"><c {"x" * 1_000_000} r="A9"><v>1</v></c></row>', "unusual way"),
    "a million tags that never end": ("<row " * 1_000_000, "."),
    "a million errors in one tag": ('<row r="9"><c ' + 't="e" ' * 1_000_000, "."),
    "a million errors that never end": ('<row r="9">' + '<c t="e">' * 1_000_000, "."),
    "a zero character": ('<row r="9"><c r="A9" t="inlineStr"><is><t>A_x0000_B</t></is></c></row>', "zero character"),
    "marked sections": ('<row r="9"><c r="A9"><v><![CDATA[1]]></v></c></row>', "unusual way"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_sheet_that_cannot_be_read_without_doubt_is_refused_with_the_place(tmp_path, kind):
    rows, words = REFUSED[kind]

    with pytest.raises(Unusable, match=words):
        read_path(with_rows(tmp_path, rows))


def test_rows_without_numbers_are_read_by_the_addresses_of_their_cells(tmp_path):
    path = changed_sheet(tmp_path, lambda xml: xml.replace('<row r="1"', "<row").replace('<row r="2"', "<row"))

    assert report_of(path).rows["List_1"] == 1


def test_sheet_that_was_not_looked_at_is_not_laid_out(tmp_path):
    path = with_rows(tmp_path, '<row r="9"><c r="A99999999"><v>1</v></c></row>')
    rewrite_part(path, "xl/workbook.xml", lambda xml: xml.replace("officeDocument/2006/relationships", "other"))

    with pytest.raises(Unusable, match="damaged"):
        read_path(path)


def test_archive_that_points_outside_itself_is_refused(tmp_path):
    path = write_ods(tmp_path / "a.ods", ods_table("List_1", both()["List_1"]))
    data = path.read_bytes()
    path.write_bytes(data[:10] + data[60:])

    with pytest.raises(Unusable, match="cut short"):
        read_path(path)


def test_sheet_in_another_encoding_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", both())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = parts[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(Unusable, match="unusual way"):
        read_path(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_part_that_stands_twice_is_refused(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", both())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")

    with pytest.raises(Unusable, match="twice"):
        read_path(path)


def test_text_longer_than_any_cell_is_refused(tmp_path):
    path = changed_sheet(tmp_path, lambda xml: xml.replace("<si><t>", "<si><t>" + "A" * 500_000, 1), part=TEXTS)

    with pytest.raises(Unusable, match="longer than a cell can be"):
        read_path(path)


def test_long_text_in_thousands_of_cells_is_refused(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(9, 3000))
    path = with_rows(tmp_path, rows)
    rewrite_part(path, TEXTS, lambda xml: xml.replace("<si><t>", "<si><t>" + "A" * 32_000, 1))

    with pytest.raises(Unusable, match="over and over"):
        read_path(path)


def test_number_of_texts_that_no_workbook_holds_is_refused(tmp_path):
    path = changed_sheet(tmp_path, lambda xml: xml.replace('uniqueCount="', 'uniqueCount="4000000000'), part=TEXTS)

    with pytest.raises(Unusable, match="more texts than it can"):
        read_path(path)


def test_formats_down_to_the_last_row_are_no_values(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(9, 1_048_577, 7))

    assert report_of(with_rows(tmp_path, rows)).findings == ()


UNCOMPUTED = {
    "no value": '<c r="E2"><f>UPPER("a")</f></c>',
    "no value of a text": '<c r="E2" t="str"><f>UPPER("a")</f></c>',
    "empty value": '<c r="E2" s="1"><f ca="1">TODAY()</f><v/></c>',
    "shared formula": '<c r="E2"><f t="shared" si="0"/></c>',
}


@pytest.mark.parametrize("kind", UNCOMPUTED)
def test_formula_without_a_result_is_no_blank(tmp_path, kind):
    report = report_of(with_cell(tmp_path, UNCOMPUTED[kind]))

    assert found(report) == [("formulas", "List_1", None, ""), ("unreadable value", "List_1", 2, "Gender")]


def test_formula_with_an_empty_text_as_its_result_is_a_blank(tmp_path):
    report = report_of(with_cell(tmp_path, '<c r="E2" t="str"><f>IF(1,"")</f><v></v></c>'))

    assert found(report) == [("formulas", "List_1", None, ""), ("101b", "List_1", 2, "Gender")]


@pytest.mark.parametrize("attribute", ['hidden="1"', 'ht="0" customHeight="1"'])
def test_hidden_row_is_read_and_told(tmp_path, attribute):
    path = changed_sheet(tmp_path, lambda xml: xml.replace('<row r="2"', f'<row r="2" {attribute}'))

    report = report_of(path)

    assert found(report) == [("hidden rows", "List_1", 2, "")]
    assert report.rows["List_1"] == 1


def test_hidden_column_is_read_and_told(tmp_path):
    hide = '<cols><col min="2" max="3" width="0" hidden="1"/></cols><sheetData>'
    path = changed_sheet(tmp_path, lambda xml: xml.replace("<sheetData>", hide))

    assert found(report_of(path)) == [("hidden column", "List_1", 1, "UPN"), ("hidden column", "List_1", 1, "ULN")]


def ods(tmp_path, change, **plan):
    tables = {name: ods_table(name, rows) for name, rows in both([plan_cells(**plan)]).items()}
    return write_ods(
        tmp_path / "a.ods", "".join(change(tables[name]) if name == "List_1" else tables[name] for name in tables)
    )


def ods_with_row(tmp_path, cells, row=""):
    end = "</table:table>"
    return ods(tmp_path, lambda xml: xml.replace(end, f"<table:table-row{row}>{cells}</table:table-row>{end}"))


X = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
ODS_REFUSED = {
    "too many equal rows": (X.format(""), " table:number-rows-repeated='1048500'", "row 1,048,502"),
    "more equal rows than there are": (X.format(""), ' table:number-rows-repeated="4000000000"', "far outside"),
    "too many equal cells": (X.format(' table:number-columns-repeated="16384"'), "", "column 16,384"),
    "a value behind too many blanks": (
        '<table:table-cell table:number-columns-repeated="4000000000"/>' + X.format(""), "", "column 4,000,000,001",
    ),
    "a number of spaces": (
        '<table:table-cell office:value-type="string"><text:p>A<text:s text:c="2000000000"/></text:p>'
        "</table:table-cell>", "", "far too many spaces",
    ),
    "a negative number of rows": (X.format(""), ' table:number-rows-repeated="-1"', "damaged"),
    "no number of rows": (X.format(""), ' table:number-rows-repeated="many"', "damaged"),
    "a table within a table": ('<table:table-cell><table:table/></table:table-cell>', "", "within a table"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODS_REFUSED)
def test_ods_that_would_swell_is_refused_with_the_place(tmp_path, kind):
    cells, row, words = ODS_REFUSED[kind]

    with pytest.raises(Unusable, match=words):
        read_path(ods_with_row(tmp_path, cells, row))


def test_ods_with_entities_is_refused(tmp_path):
    path = write_ods(tmp_path / "a.ods", ods_table("List_1", both()["List_1"]))
    rewrite_part(path, "content.xml", lambda xml: xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1))

    with pytest.raises(Unusable, match="document type"):
        read_path(path)


ODS_BROKEN = {
    "no result": '<table:table-cell table:formula="of:=1"/>',
    "an error as text": '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
    "</table:table-cell>",
    "an error as nought": '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
    "<text:p>Err:502</text:p></table:table-cell>",
}


@pytest.mark.parametrize("kind", ODS_BROKEN)
def test_error_in_an_ods_is_no_blank(tmp_path, kind):
    cell = '<table:table-cell office:value-type="string"><text:p>MARK</text:p></table:table-cell>'

    report = report_of(ods(tmp_path, lambda xml: xml.replace(cell, ODS_BROKEN[kind]), plan_updated_on="MARK"))

    assert found(report) == [
        ("formulas", "List_1", None, ""),
        ("unreadable value", "List_1", 2, "Date updated EHC plan issued"),
    ]


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_hidden_row_of_an_ods_is_told(tmp_path, how):
    def change(xml):
        head, row, rest = xml.rpartition("<table:table-row")
        return f'{head}{row} table:visibility="{how}"{rest}'

    assert found(report_of(ods(tmp_path, change))) == [("hidden rows", "List_1", 2, "")]


def test_merged_cells_of_an_ods_are_told_with_their_range(tmp_path):
    def change(xml):
        head, row, rest = xml.rpartition("<table:table-row")
        span = '<table:table-cell table:number-rows-spanned="1" table:number-columns-spanned="2"'
        return head + row + rest.replace("<table:table-cell", span, 1)

    report = report_of(ods(tmp_path, change))

    assert [finding.value for finding in report.findings if finding.rule == "merged cells"] == ["A2:B2"]


def csv_of(tmp_path, change, name="List_1.csv"):
    lines = [",".join(map(str, row)) for row in both()["List_1"]]
    path = tmp_path / name
    path.write_bytes(change("\r\n".join(lines) + "\r\n").encode())
    return path


CSV_REFUSED = {
    "quotation mark never closed": (lambda text: text.replace("SYN1", '"SYN1'), "quotation mark"),
    "a line of a million cells": (lambda text: text + "a," * 600_000, "far longer"),
    "a row of a thousand lines": (lambda text: text + '"' + 'a","b\n' * 3000, "far longer"),
    "a web page": (lambda text: f"<html><table>{text}</table></html>", "web page"),
    "a zero byte": (lambda text: text + "\0", "readable text"),
}


@pytest.mark.parametrize("kind", CSV_REFUSED)
def test_csv_that_swallows_its_rows_is_refused(tmp_path, kind):
    change, words = CSV_REFUSED[kind]

    with pytest.raises(Unusable, match=words):
        report_of(csv_of(tmp_path, change))


def test_line_that_names_the_delimiter_is_no_row(tmp_path):
    path = csv_of(tmp_path, lambda text: "sep=,\r\n" + text.replace("WBRI", ""))

    assert ("101c", "List_1", 2, "Ethnicity") in found(report_of(path))
    assert "text above the headers" not in {finding.rule for finding in report_of(path).findings}


def test_blank_rows_to_the_end_of_a_csv_are_no_children(tmp_path):
    path = csv_of(tmp_path, lambda text: text + ",,,\r\n" * 200_000)

    assert report_of(path).rows["List_1"] == 1


@pytest.mark.parametrize("word", ["\u200e04/03/2016", "04/03/2016\u202c", "04/03/\x012016"])
def test_invisible_characters_are_told_where_the_value_is_read_or_not(tmp_path, word):
    path = write_xlsx(tmp_path / "a.xlsx", both([plan_cells(date_of_birth=word)]))

    report = check(read_lists(read_path(path), schema(), as_at=AS_AT))

    assert {finding.column for finding in report.findings} == {"Date of birth"}


def test_digits_of_other_scripts_are_no_date(tmp_path):
    report = report_of(write_xlsx(tmp_path / "a.xlsx", both([plan_cells(date_of_birth="٠٤/٠٣/٢٠١٦")])))

    assert found(report) == [("unreadable value", "List_1", 2, "Date of birth")]


PARTS = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", TEXTS, SHEET, "xl/styles.xml"]
SNIPPETS = [
    "<", ">", '"', "&", "&#0;", "<c>", "</row>", '<row r="9">', '<c r="Z9" t="s"><v>99</v></c>', "<v>1e309</v>",
    "\ufffe",
    '<c r="B7" t="e"><v>#REF!</v></c>', "<f>A1</f>", "/>", 's="9999999999"', 't="b"', "<!--", "]]>", 'count="-1"',
]  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(PARTS),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(SNIPPETS)), min_size=1, max_size=6),
)
def test_damaged_xml_gives_a_refusal_or_a_report_and_never_breaks(tmp_path, part, places):
    def change(xml):
        for place, cut, snippet in places:
            at = int(place * len(xml))
            xml = xml[:at] + snippet + xml[at + cut :]
        return xml

    sentence, rows = "", {}
    try:
        rows = report_of(changed_sheet(tmp_path, change, part=part)).rows
    except Unusable as refusal:
        sentence = refusal.sentence

    assert bool(sentence) != bool(rows)
