"""From the bytes to rows and findings in the database."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from accounts.domain.roles import Role
from accounts.models import AuditEvent, User
from accounts.permissions import NotAllowed
from children import actions, gather, reading_upload
from children.domain.check import check
from children.domain.issues import ISSUE_HEADERS
from children.domain.reading import RawSheet, read_lists
from children.marking import mark_lists
from children.models import ListFinding, ListRow, ListUpload
from children.tasks import erase_due_rows
from documents import jobs
from documents.files import DiskFull
from documents.intake import Refused
from documents.models import JobState, StoredFile
from tests.factories.accounts import give_second_factor, make_user
from tests.factories.children import plan_cells, raw_sheet, schema, support_cells
from tests.factories.lists import AT, EXTRACTED_ON, lists_bytes, order_upload, read_lists_of
from tests.factories.workbooks import write_xlsx

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FAULTY = plan_cells(gender="", date_of_birth="31/02/2015")


def test_upload_is_read_into_rows_and_findings(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(unique_id="SYN5", upn="", uln="1000000043"), FAULTY])

    assert upload.is_done
    assert upload.is_current
    assert upload.row_counts == {"List_1": 2, "List_2": 1}
    assert (upload.error_count, upload.query_count, upload.rules_not_run) == (2, 0, [])
    assert ListRow.objects.count() == 3
    row = ListRow.objects.get(unique_id="SYN1")
    assert (row.sheet, row.excel_row, row.primary_need, row.phase) == ("List_1", 3, "ASD", "primary")
    assert row.cells["date_of_birth"] == "31/02/2015"
    assert row.born_on is None
    found = set(ListFinding.objects.values_list("sheet", "excel_row", "rule", "value"))
    assert found == {("List_1", 3, "101b", ""), ("List_1", 3, "unreadable value", "31/02/2015")}


def test_files_go_into_the_vault_with_a_keep_until_day(data_lead):
    upload = read_lists_of(by=data_lead)

    stored = upload.files.get()
    assert stored.is_vaulted
    assert stored.keep_until_on == upload.keep_until_on
    assert (upload.keep_until_on - EXTRACTED_ON).days == 183


def test_later_upload_becomes_current_and_the_earlier_keeps_its_rows(data_lead):
    first = read_lists_of(by=data_lead)
    second = read_lists_of(by=data_lead, plans=[plan_cells(), plan_cells(unique_id="SYN7", upn="", uln="1000000043")])

    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)
    assert ListRow.objects.filter(upload=first).count() == 2
    assert gather.list_totals().rows == {"List_1": 2, "List_2": 1}


def test_upload_without_one_row_never_replaces_the_lists_that_stand(client, data_lead):
    good = read_lists_of(by=data_lead)
    headers = ",".join(column.header for column in schema().sheet("List_1").columns)
    empty = order_upload(by=data_lead, content=f"{headers}\n".encode(), name="list_1.csv")
    reading_upload.read_upload(empty.pk)
    client.force_login(data_lead)

    page = client.get(f"/lists/{empty.pk}/").content.decode()
    response = client.post(f"/lists/{empty.pk}/use/")

    good.refresh_from_db()
    empty.refresh_from_db()
    assert (good.is_current, empty.is_current) == (True, False)
    assert "Not one row could be read" in page
    assert response.status_code == 403


def of_something_else() -> bytes:
    with TemporaryDirectory() as folder:
        rows = [["Budget line", "Holder", "Amount"], ["Transport", "Somebody", 12]]
        return write_xlsx(Path(folder) / "a.xlsx", {"EHCP": rows, "SEN K": rows}).read_bytes()


@pytest.mark.parametrize("is_demo", [True, False], ids=["demonstration", "real installation"])
def test_workbook_without_one_of_the_sheets_is_refused_by_name(client, settings, data_lead, is_demo):
    settings.DEMO, settings.LOCAL_ONLY, settings.SECOND_FACTOR_REQUIRED = is_demo, True, not is_demo
    give_second_factor(data_lead)
    lists = SimpleUploadedFile("lists.xlsx", of_something_else())

    response = client.post(
        "/lists/upload/", {"workbooks": lists, "extracted_on": "23/11/2026", "schema_code": "area-send-2023"}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "it has “EHCP”, “SEN K”" in page
    assert "Name the sheets List_1 and List_2" in page
    assert not StoredFile.objects.exists()
    assert not ListUpload.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        lists_bytes(support=[support_cells(), support_cells(unique_id="852-7")], renamed={"List_2": "Everybody"}),
        lists_bytes(support=[support_cells(unique_id="852-7")], renamed={"List_2": "List_1 (2)"}),
        b"Somebody real,852-1\n",
    ],
    ids=["a sheet of another name", "one sheet beside the layout", "no headers"],
)
def test_demonstration_keeps_no_sheet_that_nobody_can_read(data_lead, content):
    name = "lists.xlsx" if content.startswith(b"PK") else "list_1.csv"

    with pytest.raises(NotAllowed, match="Nobody can tell whether the rows"):
        order_upload(by=data_lead, content=content, name=name)

    assert not StoredFile.objects.exists()
    assert not ListUpload.objects.exists()


def test_demonstration_asks_each_sheet_for_itself_where_two_have_one_name():
    sheets = [RawSheet(name="Extra", rows=enumerate([["Key"], [key]], start=1)) for key in ("SYN1", "852-7")]
    workbook = read_lists([raw_sheet("List_1", [plan_cells()]), *sheets], schema(), as_at=EXTRACTED_ON)

    with pytest.raises(NotAllowed, match="Nobody can tell whether the rows"):
        reading_upload.check_all_synthetic(workbook)


@pytest.mark.parametrize(
    "issues",
    [
        [["Name", "Born"], ["Somebody real", "1 May 2012"]],
        [list(ISSUE_HEADERS), ["List_1", 2, "852-7", "Gender", "", "error", "102", "Give it."]],
        [list(ISSUE_HEADERS), ["List_1", 2, "SYN1", "Gender", "", "error", "102", "Give it.", "Somebody real"]],
    ],
    ids=["other headers", "a Unique ID without the mark", "a column beside ours"],
)
def test_demonstration_takes_no_sheet_of_issues_about_real_children(issues):
    workbook = read_lists(
        [raw_sheet("List_1", [plan_cells()]), RawSheet(name="Issues", rows=enumerate(issues, start=1))],
        schema(),
        as_at=EXTRACTED_ON,
    )

    with pytest.raises(NotAllowed, match="Nobody can tell whether the rows"):
        reading_upload.check_all_synthetic(workbook)


def test_demonstration_takes_its_own_marked_copy_again(data_lead, tmp_path):
    content = lists_bytes(plans=[plan_cells(gender="")])
    workbook = reading_upload.read_streams([("lists.xlsx", io.BytesIO(content))], schema(), as_at=EXTRACTED_ON)
    marked = tmp_path / "marked.xlsx"
    mark_lists(io.BytesIO(content), marked, workbook=workbook, report=check(workbook), marking="OFFICIAL")

    upload = order_upload(by=data_lead, content=marked.read_bytes(), name="marked.xlsx")

    assert reading_upload.read_upload(upload.pk).row_counts == {"List_1": 1, "List_2": 1}


def test_worker_given_up_for_dead_stores_no_row_beside_those_of_the_next(data_lead):
    upload = order_upload(by=data_lead, content=lists_bytes())
    late = jobs.claim(ListUpload, upload.pk)
    ListUpload.objects.filter(pk=upload.pk).update(state=JobState.QUEUED)
    reading_upload.read_upload(upload.pk)

    with pytest.raises(jobs.Superseded):
        reading_upload._store_batches(late, ListRow, ["upload"], [(upload.pk,)], lambda done: None)

    assert ListRow.objects.filter(upload=upload).count() == 2


def test_copies_for_another_reading_are_erased_when_it_cannot_be_queued(data_lead, monkeypatch):
    upload = order_upload(by=data_lead, content=lists_bytes())
    reading_upload.read_upload(upload.pk)
    upload.refresh_from_db()

    def fail(job):
        raise OSError("no bell")

    monkeypatch.setattr(jobs, "ring", fail)
    with pytest.raises(OSError, match="no bell"):
        actions.read_again(by=data_lead, at=AT, upload=upload)

    assert list(StoredFile.objects.filter(erased_at__isnull=True)) == list(upload.files.all())


def test_list_under_another_name_is_taken_when_its_headers_tell(data_lead):
    upload = order_upload(by=data_lead, content=lists_bytes(renamed={"List_1": "EHCP", "List_2": "SEN K"}))

    done = reading_upload.read_upload(upload.pk)

    assert (done.state, done.row_count, done.is_current) == ("done", 0, False)


def test_demonstration_keeps_no_list_whose_keys_under_another_header_are_not_synthetic(data_lead):
    content = lists_bytes(plans=[plan_cells(unique_id="852-7")], renamed={"unique_id": "Our key"})

    with pytest.raises(NotAllowed, match="not synthetic"):
        order_upload(by=data_lead, content=content)


def test_demonstration_keeps_nothing_that_is_not_synthetic(data_lead):
    content = lists_bytes(plans=[plan_cells(unique_id="852-1234")])

    with pytest.raises(NotAllowed, match="not synthetic"):
        order_upload(by=data_lead, content=content)

    assert not StoredFile.objects.exists()
    assert not ListUpload.objects.exists()


def test_real_installation_takes_nothing_before_its_protections_are_in_place(data_lead, settings):
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED, settings.TLS, settings.LOCAL_ONLY = False, True, False, False

    give_second_factor(data_lead)
    person = User.objects.get(pk=data_lead.pk)

    with pytest.raises(NotAllowed, match="may not take person-level rows yet"):
        order_upload(by=person, content=lists_bytes())

    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LANO, Role.DATA_LEAD}])
def test_nobody_else_uploads(db, role):
    with pytest.raises(NotAllowed):
        order_upload(by=make_user(role), content=lists_bytes())


def test_file_that_is_no_workbook_is_refused_and_not_kept(data_lead):
    with pytest.raises((Refused, Exception)) as refusal:
        order_upload(by=data_lead, content=b"%PDF-1.7 not a list", name="lists.xlsx")

    assert refusal.value.sentence
    assert not StoredFile.objects.filter(erased_at__isnull=True).exists()


@pytest.mark.parametrize("address", ["/lists/", "/lists/upload/"])
def test_pages_of_a_real_installation_name_each_missing_protection(client, data_lead, settings, address):
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED, settings.TLS, settings.LOCAL_ONLY = False, True, False, False
    settings.STORAGE_KEY = ""
    before = client.get("/lists/").content.decode()
    assert "Set up your second step at sign-in first" in before
    give_second_factor(data_lead)

    page = client.get(address).content.decode()

    assert "The connection is not encrypted" in page
    assert "There is no storage key" in page
    assert "second step at sign-in first" not in page
    assert 'href="/lists/upload/"' not in page.partition("<main")[2]


def test_unusable_file_of_a_real_installation_fails_with_a_sentence_and_is_erased(data_lead, settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setattr("children.actions.uploading.check_can_upload", lambda user: None)
    upload = order_upload(by=data_lead, content=b'a,b\n1,"2\n' + b"x" * 40_000, name="List_1.csv")

    done = reading_upload.read_upload(upload.pk)

    assert done.state == "failed"
    assert "quotation mark" in done.error
    assert done.files.get().erased_at is not None
    assert done.rows_erased_at is not None


def test_second_attempt_starts_from_nothing(data_lead):
    upload = order_upload(by=data_lead, content=lists_bytes())
    ListRow.objects.create(upload=upload, sheet="List_1", excel_row=2)

    reading_upload.read_upload(upload.pk)

    assert ListRow.objects.filter(upload=upload).count() == 2


def test_reading_twice_changes_nothing(data_lead):
    upload = read_lists_of(by=data_lead)

    assert reading_upload.read_upload(upload.pk) is None
    assert ListRow.objects.count() == 2


def test_columns_that_the_layout_does_not_know_are_not_kept(data_lead):
    from tests.factories.children import schema
    from tests.factories.workbooks import write_xlsx

    sheets = {}
    for name, row in (("List_1", plan_cells()), ("List_2", support_cells())):
        columns = schema().sheet(name).columns
        sheets[name] = [
            [*[c.header for c in columns], "Child's name"],
            [*[row.get(c.key, "") for c in columns], "Invented Person"],
        ]
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        content = write_xlsx(Path(folder) / "a.xlsx", sheets).read_bytes()
    upload = order_upload(by=data_lead, content=content)

    reading_upload.read_upload(upload.pk)

    assert "Invented" not in json.dumps(list(ListRow.objects.values_list("cells", flat=True)))
    assert set(ListFinding.objects.values_list("rule", flat=True)) == {"unknown column"}


def test_audit_trail_of_an_upload_names_no_child(data_lead):
    read_lists_of(by=data_lead, plans=[FAULTY])

    trail = json.dumps([[e.text, e.thing_label, e.fields] for e in AuditEvent.objects.all()])
    assert {"lists.uploaded", "lists.read"} <= set(AuditEvent.objects.values_list("action", flat=True))
    assert "SYN" not in trail


def test_totals_without_any_lists():
    totals = gather.list_totals()

    assert not totals.exists
    assert totals.rows == {}


def test_totals_cost_one_query(data_lead, django_assert_num_queries):
    read_lists_of(by=data_lead, plans=[FAULTY])

    with django_assert_num_queries(1):
        totals = gather.list_totals(today=EXTRACTED_ON)

    assert (totals.errors, totals.rows, totals.is_stale) == (2, {"List_1": 1, "List_2": 1}, False)
    assert gather.list_totals(today=EXTRACTED_ON.replace(year=2027)).is_stale


def test_reading_on_a_full_disk_says_so_and_leaves_no_rows_for_long(data_lead, monkeypatch):
    upload = order_upload(by=data_lead, content=lists_bytes())

    def full(*rows, **options):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(reading_upload, "count_rows", full)
        disk.setattr(reading_upload, "_clear", lambda upload: None)  # nothing can be taken away either
        reading_upload.read_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.error) == ("failed", DiskFull.sentence)
    assert ListRow.objects.filter(upload=upload).exists()

    erase_due_rows()

    assert not ListRow.objects.filter(upload=upload).exists()
