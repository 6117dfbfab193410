"""The person-level workbook and the workbook of findings, made as the worker makes them and reopened."""

import io
import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from children import reading_upload
from children.domain.check import check
from children.domain.reading import read_lists
from children.models import ListRow
from children.readers.workbook import read_file
from documents import actions, making
from documents.files import open_stored
from documents.press.marked import mark_workbook
from documents.press.workbook import Column, Sheet
from tests.factories.accounts import make_user
from tests.factories.children import AS_AT, plan_cells, schema, support_cells
from tests.factories.lists import AT, lists_bytes, order_upload, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]


LOCAL = ("Officer 77", "Casework seven", "Local system 9")


def lists_with_local_columns():
    return lists_bytes(local={"responsible_officer": LOCAL[0], "responsible_team": LOCAL[1], "source": LOCAL[2]})


def made(by, kind, **params):
    export = making.make_export(actions.order_export(by=by, at=AT, kind=kind, params=params).pk)
    assert export.is_done, export.error
    with open_stored(export) as source:
        return export, source.read()


def test_person_level_workbook_is_accepted_by_check_lists(data_lead):
    read_lists_of(by=data_lead, plans=[plan_cells(), plan_cells(unique_id="SYN5", upn="", uln="1000000043", gender="")])

    export, content = made(data_lead, "person-level-lists")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["READ-ME-FIRST.txt", "person-level-lists.xlsx"]
        workbook = archive.read("person-level-lists.xlsx")
        notice = archive.read("READ-ME-FIRST.txt").decode()
    report = check(read_lists(read_file("a.xlsx", io.BytesIO(workbook), schema()), schema(), as_at=AS_AT))
    assert [(finding.rule, finding.row) for finding in report.findings] == [("101b", 3)]
    assert report.rows == {"List_1": 2, "List_2": 1}
    assert export.is_vaulted
    assert "OFFICIAL-SENSITIVE" in notice
    assert "1 errors" in notice or "1 error" in notice


def test_person_level_workbook_carries_marking_and_published_headers(data_lead):
    read_lists_of(by=data_lead)

    _, content = made(data_lead, "person-level-lists")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = load_workbook(io.BytesIO(archive.read("person-level-lists.xlsx")))
    assert book.sheetnames == ["List_1", "List_2"]
    for sheet in book:
        assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text
        assert "OFFICIAL-SENSITIVE" in sheet.oddFooter.center.text
        assert [cell.value for cell in sheet[1]] == [c.header for c in schema().sheet(sheet.title).columns]
    assert book["List_1"]["D2"].number_format == "dd/mm/yyyy"


def test_text_that_looks_like_a_formula_stays_text(data_lead):
    read_lists_of(by=data_lead, support=[support_cells(social_care_team="=cmd()", social_care="Yes")])

    _, content = made(data_lead, "person-level-lists")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = load_workbook(io.BytesIO(archive.read("person-level-lists.xlsx")))["List_2"]
    cell = next(cell for cell in sheet[2] if cell.value == "=cmd()")
    assert cell.data_type == "s"


def test_person_level_workbook_as_opendocument_is_accepted_by_check_lists(data_lead):
    read_lists_of(by=data_lead, support=[support_cells(social_care_team="=cmd()", social_care="Yes")])

    export, content = made(data_lead, "person-level-lists", format="ods")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["READ-ME-FIRST.txt", "person-level-lists.ods"]
        workbook = archive.read("person-level-lists.ods")
    with zipfile.ZipFile(io.BytesIO(workbook)) as inner:
        assert "OFFICIAL-SENSITIVE" in inner.read("styles.xml").decode()
    read = read_lists(read_file("a.ods", io.BytesIO(workbook), schema()), schema(), as_at=AS_AT)
    assert check(read).findings == ()
    assert read.sheets[1].rows[0]["social_care_team"] == "=cmd()"
    assert export.is_vaulted


def test_format_that_is_not_written_is_refused(data_lead):
    read_lists_of(by=data_lead)

    with pytest.raises(NotAllowed, match="Choose one of: xlsx, ods"):
        actions.order_export(by=data_lead, at=AT, kind="person-level-lists", params={"format": "pdf"})


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_councils_own_columns_never_reach_inspectors(data_lead, format):
    upload = order_upload(by=data_lead, content=lists_with_local_columns())
    reading_upload.read_upload(upload.pk)

    _, content = made(data_lead, "person-level-lists", format=format)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert_without_local(archive.read(name))
    assert ListRow.objects.filter(officer="Officer 77", officer_team="Casework seven").count() == 2


def assert_without_local(content):
    """Nothing of the local columns in the bytes, nor in any part of a workbook."""
    parts = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            parts = [workbook.read(name) for name in workbook.namelist()]
    for part in parts:
        for word in (*LOCAL, "Responsible officer"):
            assert word.encode() not in part


def test_same_lists_give_the_same_bytes(data_lead):
    read_lists_of(by=data_lead)

    first, _ = made(data_lead, "person-level-lists")
    again = actions.order_export(by=data_lead, at=AT, kind="person-level-lists", params={}, afresh=True)
    making.make_export(again.pk)
    again.refresh_from_db()

    assert again.pk != first.pk
    assert again.sha256 == first.sha256


def test_findings_workbook_has_a_line_for_each_finding(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="", date_of_birth="=31/02/2015")])

    export, content = made(data_lead, "list-findings", upload=upload.pk)

    sheet = load_workbook(io.BytesIO(content))["Findings"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [[*line[:4], line[6]] for line in lines] == [
        ["List_1", 2, "SYN1", "Date of birth", "unreadable value"],
        ["List_1", 2, "SYN1", "Gender", "101b"],
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert export.is_vaulted


def test_nothing_to_export_is_a_refusal_with_a_sentence(data_lead):
    order = actions.order_export(by=data_lead, at=AT, kind="person-level-lists", params={})

    export = making.make_export(order.pk)

    assert export.state == "failed"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LANO, Role.DATA_LEAD}])
@pytest.mark.parametrize("kind", ["person-level-lists", "list-findings"])
def test_nobody_else_orders_rows(data_lead, role, kind):
    upload = read_lists_of(by=data_lead)

    with pytest.raises(NotAllowed):
        actions.order_export(by=make_user(role), at=AT, kind=kind, params={"upload": upload.pk})


def test_marked_copy_marks_the_cells_and_puts_the_issues_first(data_lead):
    plans = [plan_cells(social_care_team="=cmd()", social_care="Yes"), plan_cells(unique_id="SYN5", upn="X", gender="")]
    upload = read_lists_of(by=data_lead, plans=plans)

    export, content = made(data_lead, "list-marked", upload=upload.pk)

    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Issues", "List_1", "List_2"]
    lists = book["List_1"]
    assert "101b" in lists["E3"].comment.text
    assert lists["E3"].fill.start_color.rgb.endswith("F4CDC6")
    assert "S121" in lists["B3"].comment.text
    assert lists["B2"].comment is None
    assert (lists["T2"].value, lists["T2"].data_type) == ("=cmd()", "s")
    assert "OFFICIAL-SENSITIVE" in lists.oddHeader.center.text
    issues = [[cell.value for cell in row] for row in book["Issues"].iter_rows(min_row=2)]
    assert [line[6] for line in issues[:-1]] == ["S121", "101b"]
    assert "may be lost" in issues[-1][7]
    assert export.is_vaulted


def test_marked_copy_carries_no_formula_of_the_workbook_it_was_made_from(tmp_path):
    path = tmp_path / "theirs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("List_1")
        page.write_formula("A1", "=cmd|' /C calc'!A0", None, "first")
        page.write_formula("A2", "=1+1", None, 2)
        page.write_formula("A3", '="31/"&"02"', None, "31/02")
        page.write_string("A4", "=1+1")
        page.write_array_formula("A5:A6", "{=ROW(1:2)}", None, 1)
    marked = tmp_path / "marked.xlsx"
    issues = Sheet(name="Issues", columns=[Column("What", 10)], rows=[("=1+1",)])

    with path.open("rb") as source:
        mark_workbook(source, marked, marks=[], issues=issues, marking="OFFICIAL")

    cells = [row[0] for row in load_workbook(marked)["List_1"].iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells[:5]] == [
        ("first", "s"), (2, "n"), ("31/02", "s"), ("=1+1", "s"), (1, "n"),
    ]  # fmt: skip
    with zipfile.ZipFile(marked) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_marked_copy_can_be_checked_again(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])

    _, content = made(data_lead, "list-marked", upload=upload.pk)

    report = check(read_lists(read_file("a.xlsx", io.BytesIO(content), schema()), schema(), as_at=AS_AT))
    assert [finding.rule for finding in report.findings] == ["101b"]


def test_marked_copy_of_another_format_is_refused_with_the_way_out(data_lead):
    upload = read_lists_of(by=data_lead)
    upload.files.update(content_type="text/csv")
    order = actions.order_export(by=data_lead, at=AT, kind="list-marked", params={"upload": upload.pk})

    export = making.make_export(order.pk)

    assert export.state == "failed"
