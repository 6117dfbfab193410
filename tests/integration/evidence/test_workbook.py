"""The log as a workbook: out, edited, back in."""

import html
import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from evidence.actions import items
from evidence.exporting import gather_log, write_log
from evidence.models import Evidence, EvidenceImport, EvidenceRevision, LensLink, Marking, PointLink
from framework.models import CriterionPoint, Lens, LensStatement
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft
from tests.factories.framework import make_framework

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team", email="team@council.example")


@pytest.fixture
def log(team):
    framework = make_framework()
    point = make_point(criterion=make_criterion(framework=framework), code="A1.1")
    make_point(criterion=point.criterion, code="A1.2", order=2)
    lens = Lens.objects.create(framework=framework, code="outcomes", title="Outcomes", source="Made up", order=1)
    statement = LensStatement.objects.create(
        framework=framework, lens=lens, code="outcomes.1", title="Work", source="Made up", order=1
    )
    forum = make_organisation(name="Forum")
    evidence = make_approved(by=team, organisation=forum, shows="Two lines:\nfirst and second.")
    make_draft(by=team, title="=1+1", covers_from_on=None, covers_to_on=None, collected_on=None)
    items.link_point(by=team, at=AT, evidence=evidence, point=point, relevance="Says so.")
    items.link_statement(by=team, at=AT, evidence=evidence, statement=statement, relevance="Says this too.")
    return evidence


def workbook(tmp_path: Path) -> openpyxl.Workbook:
    out = tmp_path / "log.xlsx"
    write_log(gather_log({}), out, lambda *_: None)
    return openpyxl.load_workbook(out)


def upload_of(book: openpyxl.Workbook) -> SimpleUploadedFile:
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("Log.xlsx", stream.getvalue())


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def preview(user, book: openpyxl.Workbook):
    return client_of(user).post(reverse("evidence:import-start"), {"upload": upload_of(book)}, follow=True)


def take(user):
    address = reverse("evidence:import-take", args=[EvidenceImport.objects.get().pk])
    return client_of(user).post(address, follow=True)


def words_of(response) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def put(book: openpyxl.Workbook, header: str, value: object, *, sheet: str = "Evidence", row: int = 2) -> None:
    cells = book[sheet]
    headers = [cell.value for cell in cells[1]]
    cells.cell(row, headers.index(header) + 1).value = value


def test_workbook_reads_back_unchanged(team, log, tmp_path):
    page = preview(team, workbook(tmp_path))

    assert "0 new, 0 changed, 4 as they are" in words_of(page)
    assert "says what stands here already" in words_of(page)


def test_text_never_becomes_a_formula(team, log, tmp_path):
    book = workbook(tmp_path)

    assert book["Evidence"]["B3"].value == "=1+1"
    assert book["Evidence"]["B3"].data_type == "s"


def test_changed_cells_are_shown_first_and_taken_then(team, log, tmp_path):
    book = workbook(tmp_path)
    put(book, "Title", "Survey, corrected")
    put(book, "Look at it again by", date(2027, 6, 30))
    put(book, "What it says about it", "Says it plainly.", sheet="Speaks to")

    page = preview(team, book)
    assert "0 new, 2 changed, 2 as they are. Nothing is stored yet." in words_of(page)
    assert "Title: Survey of families → Survey, corrected" in words_of(page)
    assert "Look at it again by: (empty) → 30/06/2027" in words_of(page)
    assert Evidence.objects.get(number=1).title == "Survey of families"
    take(team)

    changed = Evidence.objects.get(number=1)
    assert (changed.title, changed.review_by_on) == ("Survey, corrected", date(2027, 6, 30))
    assert changed.shows == "Two lines:\nfirst and second."
    assert PointLink.objects.get().relevance == "Says it plainly."


def test_cell_far_out_of_the_table_is_an_instruction(team, log, tmp_path):
    book = workbook(tmp_path)
    book["Evidence"]["XFD1048576"] = "x"

    page = preview(team, book)

    assert page.status_code == 400
    assert "Delete what lies outside the table" in words_of(page)


def test_log_with_an_archived_point_reads_back(team, log, tmp_path):
    CriterionPoint.objects.filter(code="A1.1").update(is_archived=True)
    LensStatement.objects.update(is_archived=True)

    page = preview(team, workbook(tmp_path))

    assert "0 new, 0 changed, 2 as they are" in words_of(page)
    assert "Mend these first" not in words_of(page)


def test_item_without_an_owner_does_not_become_the_importers(team, log, tmp_path):
    book = workbook(tmp_path)
    put(book, "Owner (e-mail)", None)
    book["Evidence"].append([None, "Peer review", "Quality assurance", "Joint work is uneven.", "Forum"])
    put(book, "Who may see it", "For the partnership", row=4)

    preview(team, book)
    take(team)

    assert list(Evidence.objects.order_by("number").values_list("owner", flat=True)) == [None, team.pk, None]


def test_row_without_a_number_is_a_new_draft(team, log, tmp_path):
    book = workbook(tmp_path)
    book["Evidence"].append([None, "Peer review", "Quality assurance", "Joint work is uneven.", "Forum"])
    for header, value in (("Who may see it", "For the partnership"), ("Owner (e-mail)", "team@council.example")):
        put(book, header, value, row=4)

    preview(team, book)
    take(team)

    added = Evidence.objects.get(title="Peer review")
    assert (added.number, added.organisation.name, added.owner) == (3, "Forum", team)
    assert EvidenceRevision.objects.get(evidence=added).state == "draft"


def test_new_links_to_points_and_statements_are_taken(team, log, tmp_path):
    book = workbook(tmp_path)
    book["Speaks to"].append(["E2", "A1.2", "Speaks to it."])
    book["Speaks to"].append(["E2", "outcomes.1", "And to this."])

    preview(team, book)
    take(team)

    assert PointLink.objects.filter(evidence__number=2, point__code="A1.2").exists()
    assert LensLink.objects.filter(evidence__number=2).get().relevance == "And to this."


@pytest.mark.parametrize(
    ("header", "value", "sheet", "words"),
    [
        ("Kind", "rumour", "Evidence", "“rumour” isn't known here. Choose from: Lived experience"),
        ("Partner", "Nobody", "Evidence", "“Nobody” is no partner here"),
        ("Covers from", "soon", "Evidence", "“soon” isn't a day. Write it like 27/11/2026"),
        ("Covers to", date(2020, 1, 1), "Evidence", "It lies before the first day"),
        ("Owner (e-mail)", "who@else.example", "Evidence", "can own no evidence here"),
        ("Title", None, "Evidence", "It is empty. Fill it in"),
        ("Title", "x" * 201, "Evidence", "It has 201 characters. Keep to 200"),
        ("Number", "E99", "Evidence", "There is no E99 that you may open"),
        ("Number", "E2", "Evidence", "It stands twice"),
        ("Point or statement", "Z9", "Speaks to", "“Z9” is no point and no statement"),
        ("What it says about it", None, "Speaks to", "It is empty"),
    ],
)
def test_wrong_cell_is_told_with_its_place_and_nothing_is_taken(team, log, tmp_path, header, value, sheet, words):
    book = workbook(tmp_path)
    put(book, header, value, sheet=sheet)

    page = preview(team, book)

    assert words in words_of(page)
    assert f"{sheet}, row" in words_of(page)
    assert "The file has problems" in words_of(take(team))


@pytest.mark.parametrize(
    ("header", "to", "words"),
    [
        ("Title", "Titel", "“Titel” is no column of this sheet"),
        ("Kind", None, "The column “Kind” is missing"),
        ("Kind", "Title", "“Title” stands twice"),
    ],
)
def test_wrong_column_is_told(team, log, tmp_path, header, to, words):
    book = workbook(tmp_path)
    put(book, header, to, row=1)

    assert words in words_of(preview(team, book))


def test_column_that_is_left_out_stays_as_it_is(team, log, tmp_path):
    book = workbook(tmp_path)
    book["Evidence"].delete_cols(5)
    put(book, "Title", "Survey, corrected")

    preview(team, book)
    take(team)

    assert Evidence.objects.get(number=1).organisation.name == "Forum"


def test_workbook_of_something_else_is_no_log(team, log):
    book = openpyxl.Workbook()

    assert "No sheet of the workbook is one of the log" in words_of(preview(team, book))


def test_log_that_moved_on_is_shown_again_before_anything_is_taken(team, log, tmp_path):
    book = workbook(tmp_path)
    put(book, "Title", "Survey, corrected")
    preview(team, book)
    make_draft(by=team, title="Meanwhile")

    assert "has changed since this preview" in words_of(take(team))
    assert Evidence.objects.get(number=1).title == "Survey of families"


def test_row_that_somebody_may_not_change_stops_the_whole_file(team, log, tmp_path):
    lead = make_user(Role.SYSTEM_LEAD)
    book = workbook(tmp_path)
    put(book, "Title", "Survey, corrected")
    book["Evidence"].append([None, "Mine", "Quality assurance", "", "Forum"])
    put(book, "Who may see it", "For the partnership", row=4)
    preview(lead, book)

    page = take(lead)

    assert "Evidence, row 2, E1 Survey" in words_of(page)
    assert not Evidence.objects.filter(title="Mine").exists()


def test_preview_of_somebody_else_does_not_exist(team, log, tmp_path):
    preview(team, workbook(tmp_path))

    address = reverse("evidence:import-show", args=[EvidenceImport.objects.get().pk])

    assert client_of(make_user(Role.LANO)).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.PARTNER, Role.MEMBER, Role.VIEWER])
def test_who_does_not_read_the_log_exports_nothing(team, log, role):
    client = client_of(make_user(role))

    assert client.get(reverse("evidence:import-start")).status_code == 403
    assert client.post(reverse("evidence:log-order")).status_code == 403


def test_dropped_file_changes_nothing(team, log, tmp_path):
    book = workbook(tmp_path)
    put(book, "Who may see it", Marking.CONFIDENTIAL.label)
    preview(team, book)

    client_of(team).post(reverse("evidence:import-drop", args=[EvidenceImport.objects.get().pk]))

    assert EvidenceImport.objects.get().state == "dropped"
    assert Evidence.objects.get(number=1).marking == Marking.PARTNERSHIP
