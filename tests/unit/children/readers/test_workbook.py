import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from children.domain.check import check
from children.domain.reading import read_lists
from children.domain.rules.published import PUBLISHED_RULES
from children.readers.workbook import read_file
from documents.spreadsheets import archive
from documents.spreadsheets.refusal import Unusable
from tests.factories.children import AS_AT, plan_cells, schema, support_cells
from tests.factories.workbooks import ods_table, rewrite_part, write_ods, write_xlsx


def table(name, rows):
    layout = schema().sheet(name)
    cells = [[row.get(column.key, "") for column in layout.columns] for row in rows]
    return [[column.header for column in layout.columns], *cells]


def both(plans=None, support=None):
    return {
        "List_1": table("List_1", [plan_cells()] if plans is None else plans),
        "List_2": table("List_2", [support_cells()] if support is None else support),
    }


def read_path(path):
    return read_file(path.name, io.BytesIO(path.read_bytes()), schema())


def report_of(*paths):
    sheets = [sheet for path in paths for sheet in read_path(path)]
    return check(read_lists(sheets, schema(), as_at=AS_AT), rules=PUBLISHED_RULES)


def found(report):
    return [(finding.rule, finding.sheet, finding.row, finding.column) for finding in report.findings]


def test_xlsx_is_read_with_excels_row_numbers(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", both(plans=[plan_cells(), plan_cells(unique_id="SYN3", upn="", uln="", gender="")])
    )

    report = report_of(path)

    assert found(report) == [("107", "List_1", 3, "UPN"), ("101b", "List_1", 3, "Gender")]
    assert report.rows == {"List_1": 2, "List_2": 1}


def test_xlsx_that_starts_below_and_right_of_a1_keeps_its_places(tmp_path):
    shifted = {
        name: [[], [], *[["", "", *row] for row in rows]] for name, rows in both(plans=[plan_cells(gender="")]).items()
    }

    report = report_of(write_xlsx(tmp_path / "a.xlsx", shifted))

    assert found(report) == [("101b", "List_1", 4, "Gender")]


def test_day_numbers_of_the_1904_system_are_kept_as_dates(tmp_path):
    born = (date(2016, 3, 4) - date(1904, 1, 1)).days
    for cell in (born, str(born)):
        path = write_xlsx(tmp_path / "a.xlsx", both(plans=[plan_cells(date_of_birth=cell)]), date_1904=True)
        workbook = read_lists(read_path(path), schema(), as_at=AS_AT)

        assert workbook.sheet("List_1").rows[0].texts()["date_of_birth"] == "04/03/2016"


def test_xlsx_of_the_1904_system_reads_dates_and_bare_serials(tmp_path):
    born = (date(2016, 3, 4) - date(1904, 1, 1)).days
    path = write_xlsx(tmp_path / "a.xlsx", both(plans=[plan_cells(date_of_birth=born)]), date_1904=True)

    sheets = read_lists(read_path(path), schema(), as_at=AS_AT)

    assert sheets.sheet("List_1").rows[0]["date_of_birth"] == date(2016, 3, 4)
    assert sheets.sheet("List_2").rows[0]["date_of_birth"] == date(2016, 3, 4)


def test_error_values_and_formulas_without_result_are_never_taken_for_blank(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, rows in both().items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value.strftime("%d/%m/%Y") if isinstance(value, date) else value)
        if name == "List_1":
            sheet.write_formula("H2", "=1/0", value="#DIV/0!")
            sheet.write_formula("I2", "=A1", value="")
            sheet.write_formula("E2", '="a"', value="a")
    book.close()

    report = report_of(path)

    assert found(report) == [
        ("formulas", "List_1", None, ""),
        ("unreadable value", "List_1", 2, "Date updated EHC plan issued"),
        ("unreadable value", "List_1", 2, "Date EHC plan last reviewed"),
    ]
    assert report.findings[1].value == "#DIV/0!"


def test_hidden_sheet_is_reported(tmp_path):
    report = report_of(write_xlsx(tmp_path / "a.xlsx", both(), hidden=["List_2"]))

    assert found(report) == [("hidden sheet", "List_2", None, "")]


def test_merged_cells_of_xlsx_are_reported_with_their_range(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, both(plans=[plan_cells(), plan_cells(unique_id="SYN3", upn="K999200019002")]))
    merge = '<mergeCells count="1"><mergeCell ref="E2:E3"/></mergeCells><pageMargins'
    rewrite_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<pageMargins", merge, 1))

    assert ("merged cells", "List_1", 2, "") in found(report_of(path))


def test_ods_is_read_as_xlsx_is(tmp_path):
    content = "".join(ods_table(name, rows) for name, rows in both(plans=[plan_cells(gender="")]).items())

    report = report_of(write_ods(tmp_path / "a.ods", content))

    assert found(report) == [("101b", "List_1", 2, "Gender")]


def test_ods_with_a_million_empty_rows_at_the_end_is_fine(tmp_path):
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
    content = "".join(ods_table(name, rows) for name, rows in both().items()).replace("</table:table>", filler)

    assert report_of(write_ods(tmp_path / "a.ods", content)).findings == ()


def test_ods_with_a_million_equal_rows_is_refused(tmp_path):
    content = "".join(
        ods_table(name, rows, attributes=' table:number-rows-repeated="900000"') for name, rows in both().items()
    )

    with pytest.raises(Unusable, match="far outside its table"):
        read_path(write_ods(tmp_path / "a.ods", content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_excels_encodings_and_delimiters(tmp_path, encoding, delimiter):
    paths = []
    for name, rows in both(plans=[plan_cells(gender="", social_care_team="Équipe’s")]).items():
        text = "\r\n".join(
            delimiter.join(cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell) for cell in row)
            for row in rows
        )
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(text.encode(encoding))

    report = report_of(*paths)

    assert found(report) == [
        ("101b", "List_1", 2, "Gender"),
    ]


def test_csv_with_a_silent_name_is_known_by_its_headers(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in both()["List_2"]), encoding="utf-8")

    report = report_of(path)

    assert report.rows == {"List_1": 0, "List_2": 1}
    assert ("missing sheet", "List_1", None, "") in found(report)


def refused_files(tmp_path):
    good = write_xlsx(tmp_path / "good.xlsx", both()).read_bytes()

    def zipped(**parts):
        path = tmp_path / "zipped"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, text in parts.items():
                made.writestr(name.replace("__", "/"), text)
        return path.read_bytes()

    return {
        "empty": b"",
        "cut short": good[: len(good) // 2],
        "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "pdf": b"%PDF-1.7 ...",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "zip of something": zipped(**{"a.txt": "hello"}),
        "word document": zipped(**{"word__document.xml": "<w/>", "[Content_Types].xml": "<t/>"}),
        "binary workbook": zipped(**{"xl__workbook.bin": "x"}),
        "macros": zipped(**{"xl__workbook.xml": "<workbook/>", "xl__vbaProject.bin": "x"}),
        "broken workbook part": zipped(**{"xl__workbook.xml": "<workbook><sheets>"}),
        "xml with entities": zipped(**{"xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
        "wrong checksum": good.replace(b"</sst>", b"</sxt>"),
        "unclosed quotation mark": b'Unique ID,UPN\n"' + b"a" * 40_000,
    }


@pytest.mark.parametrize("kind", [
    "empty", "cut short", "old workbook", "pdf", "picture", "zip of something", "word document", "binary workbook",
    "macros", "broken workbook part", "xml with entities", "unclosed quotation mark",
])  # fmt: skip
def test_unusable_file_is_refused_with_a_sentence(tmp_path, kind):
    path = tmp_path / "upload.xlsx"
    path.write_bytes(refused_files(tmp_path)[kind])

    with pytest.raises(Unusable) as refusal:
        report_of(path)

    assert refusal.value.sentence.endswith(".")


def test_bomb_is_refused_before_it_unpacks(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/sharedStrings.xml", b" " * (archive.MAX_EXPANDED // 2))

    with pytest.raises(Unusable, match="would unpack"):
        read_path(path)


@pytest.mark.parametrize("address", ["A1048576", "XFD2", "A150001"])
def test_value_far_outside_the_list_is_refused_with_its_place(tmp_path, address):
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(path)
    for name in ("List_1", "List_2"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, both()[name][0])
        sheet.write(address, "x")
    book.close()

    with pytest.raises(Unusable, match="far outside its table"):
        read_path(path)


@pytest.fixture(scope="module")
def good_bytes(tmp_path_factory):
    return write_xlsx(tmp_path_factory.mktemp("good") / "good.xlsx", both()).read_bytes()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=12),
    kept=st.integers(1, 20_000),
)
def test_damaged_bytes_give_a_refusal_or_a_report_and_never_break(tmp_path, good_bytes, changes, kept):
    damaged = bytearray(good_bytes)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(bytes(damaged[:kept]))

    sentence, rows = "", {}
    try:
        rows = report_of(path).rows
    except Unusable as refusal:
        sentence = refusal.sentence

    assert bool(sentence) != bool(rows)
