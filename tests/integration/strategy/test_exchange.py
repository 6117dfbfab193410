"""The strategy leaves as a workbook and comes back: unchanged, or with exactly what somebody changed."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pdfua import Severity, validate
from pypdf import PdfReader

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from indicators.models import Indicator
from strategy.exchange_gather import known_names, present_tables
from strategy.exporting import gather_sheet, gather_workbook, write_sheet, write_strategy_workbook
from strategy.models import (
    Action,
    Aim,
    Answer,
    Board,
    Challenge,
    Enabler,
    LinkedDocument,
    Measure,
    Principle,
    Priority,
    Strategy,
    StrategyImport,
    SuccessMeasure,
)
from strategy.readers.workbook import read_workbook
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.strategy import make_aim, make_board, make_measure, make_priority, make_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def beat(progress: float, stage: str = "") -> None:
    """Nobody watches."""


@pytest.fixture
def lead():
    make_area()
    return make_user(Role.LANO)


@pytest.fixture
def strategy(lead):
    top = make_board(name="Children's Board", chair="Director")
    board = make_board(reports_to=top)
    strategy = make_strategy(board=board)
    indicator = Indicator.objects.create(code="on-time", name="On time")
    one = make_priority(strategy=strategy)
    Priority.objects.filter(pk=one.pk).update(lead=lead, lead_organisation=make_organisation())
    make_priority(strategy=strategy, number=2, title="Waits")
    Principle.objects.create(strategy=strategy, title="=1+1", text="Two\nlines", order=1)
    Enabler.objects.create(strategy=strategy, title="A board that meets", order=1)
    LinkedDocument.objects.create(strategy=strategy, kind="law", title="The Act", url="https://example.org/act")
    SuccessMeasure.objects.create(strategy=strategy, kind="soft", text="Families are content", indicator=indicator)
    challenge = Challenge.objects.create(strategy=strategy, title="Waits", cause="Few staff\nMany plans", note="Look")
    challenge.priorities.set(strategy.priorities.all())
    Answer.objects.create(priority=one, you_asked="Quicker", verdict="partly", figure="31 weeks", is_as_extracted=True)
    for number in range(1, 11):
        aim = make_aim(priority=one, number=number, text=f"Aim {number}")
        make_measure(aim=aim, indicator=indicator, baseline_value="12", target_by_on=date(2027, 3, 31))
        make_measure(aim=aim)
        Action.objects.create(aim=aim, text="Train staff", lead=lead, starts_on=date(2026, 1, 1), order=1)
        Action.objects.create(aim=aim, text="Train staff", lead_name="Somebody", due_on=date(2026, 5, 1), order=2)
    return strategy


@pytest.fixture
def editor(client, strategy):
    user = make_user(Role.SEND_TEAM)
    client.force_login(user)
    return user


@pytest.fixture
def workbook(strategy, tmp_path) -> Path:
    path = tmp_path / "strategy.xlsx"
    write_strategy_workbook(gather_workbook({}), path, beat)
    return path


def send(client, content: bytes, name: str = "strategy.xlsx", **kwargs):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("strategy:import-start"), {"upload": upload}, **kwargs)


def edited(path: Path, *changes: tuple[str, str, object]) -> bytes:
    book = openpyxl.load_workbook(path)
    for sheet, cell, value in changes:
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take(client, **data):
    found = StrategyImport.objects.latest("pk")
    return client.post(reverse("strategy:import-take", args=[found.pk]), data, follow=True)


def test_workbook_that_comes_back_untouched_reads_as_what_stands(workbook):
    with workbook.open("rb") as stream:
        tables, problems, left_out = read_workbook(stream, known_names())

    present = present_tables()
    assert problems == ()
    assert left_out == ()
    assert {name: [(row.id, row.values) for row in rows] for name, rows in tables.items()} == {
        name: [(row.id, row.values) for row in rows] for name, rows in present.items()
    }


def test_preview_of_an_untouched_workbook_changes_nothing(client, editor, workbook):
    page = send(client, workbook.read_bytes(), follow=True).content.decode()

    assert "0 new, 0 changed" in page
    assert "The file says what stands here already" in page
    assert "Take it over" not in page


def test_same_strategy_gives_the_same_workbook(workbook, tmp_path):
    again = tmp_path / "again.xlsx"
    write_strategy_workbook(gather_workbook({}), again, beat)

    assert again.read_bytes() == workbook.read_bytes()


def test_text_that_looks_like_a_formula_stays_a_text(workbook):
    cell = openpyxl.load_workbook(workbook)["Principles"]["B2"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_nothing_is_stored_before_somebody_confirms(client, editor, workbook):
    page = send(client, edited(workbook, ("Aims", "C2", "A new first aim")), follow=True).content.decode()

    assert "Text: Aim 1 → A new first aim" in page
    assert not Aim.objects.filter(text="A new first aim").exists()


def test_confirmed_file_changes_adds_and_leaves_the_rest(client, editor, workbook):
    principles = Principle.objects.count()
    content = edited(
        workbook,
        ("Aims", "C2", "A new first aim"),
        ("Measures", "F2", "40 %"),
        ("Principles", "B3", "One more"),
        ("Actions", "G2", date(2026, 2, 2)),
    )
    send(client, content)

    page = take(client).content.decode()

    aim = Aim.objects.get(number=1)
    assert "1 rows are new, 3 changed" in page
    assert (aim.text, aim.version, aim.edited_by) == ("A new first aim", 2, editor)
    assert aim.measures.first().baseline_value == "40 %"
    assert Principle.objects.count() == principles + 1
    assert Action.objects.filter(starts_on=date(2026, 2, 2)).count() == 1
    assert AuditEvent.objects.filter(action="strategyimport.taken", text__contains="1 rows new, 3 changed").exists()


def test_taken_strategy_reads_back_as_the_file_said(client, editor, workbook, tmp_path):
    send(
        client, edited(workbook, ("Challenges", "F2", "2"), ("Priorities", "E2", None), ("You asked", "H2", "Achieved"))
    )
    take(client)

    assert [priority.number for priority in Challenge.objects.get().priorities.all()] == [2]
    assert Priority.objects.get(number=1).lead is None
    assert Answer.objects.get().verdict == "achieved"


def test_numbers_of_aims_and_priorities_can_change_places(client, editor, workbook):
    send(
        client,
        edited(
            workbook, ("Aims", "B2", "1.2"), ("Aims", "B3", "1.1"), ("Priorities", "B2", 2), ("Priorities", "B3", 1)
        ),
    )

    take(client)

    assert Priority.objects.get(title="Waits").number == 1
    assert Aim.objects.get(text="Aim 1").ref == "1.2"


def test_rows_that_the_file_leaves_out_stay_unless_it_is_asked_for(client, editor, workbook):
    book = openpyxl.load_workbook(workbook)
    book["Enablers"].delete_rows(2)
    out = io.BytesIO()
    book.save(out)
    send(client, out.getvalue())

    kept = Enabler.objects.get().archived_at
    take(client, archive_missing="1")

    assert kept is None
    assert Enabler.objects.get().archived_at is not None


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        pytest.param("Aims", "B2", "first", ("Aims, row 2", "as in 3.2"), id="aim"),
        pytest.param("Measures", "E2", "lost", ("Measures, row 2", "Copy the code"), id="indicator"),
        pytest.param("Measures", "D2", "Guess", ("Kind", "Choose from: Figure"), id="kind"),
        pytest.param("Aims", "C1", "Texts", ("“Texts” isn", "The column “Text” is missing"), id="header"),
        pytest.param("Strategy", "C2", "someday", ("Strategy, row 2", "From"), id="day"),
        pytest.param("Priorities", "B3", 1, ("stands twice: first in row 2",), id="number twice"),
        pytest.param("Boards", "A2", "board-99", ("is no board of this strategy", "Leave the ID empty"), id="id"),
    ],
)
def test_error_names_sheet_row_column_and_the_way_to_mend_it(client, editor, workbook, sheet, cell, value, said):
    before = present_tables()

    page = send(client, edited(workbook, (sheet, cell, value)), follow=True).content.decode()
    refused = take(client)

    for words in said:
        assert words in page
    assert "The file has problems" in refused.content.decode()
    assert present_tables() == before


def test_strategy_that_moved_on_shows_the_preview_again(client, editor, workbook):
    send(client, edited(workbook, ("Aims", "C2", "From the file")))
    Aim.objects.filter(number=2).update(text="Somebody else")

    page = take(client).content.decode()
    again = take(client).content.decode()

    assert "has changed since this preview" in page
    assert "1 changed" in again or "0 rows are new" in again
    assert Aim.objects.get(number=1).text == "From the file"


def test_file_is_taken_over_once(client, editor, workbook):
    send(client, edited(workbook, ("Aims", "C2", "From the file")))
    take(client)

    page = take(client).content.decode()

    assert "was taken over already" in page
    assert "This file was taken over" in page


def test_file_that_is_left_changes_nothing(client, editor, workbook):
    send(client, edited(workbook, ("Aims", "C2", "From the file")))
    found = StrategyImport.objects.get()

    client.post(reverse("strategy:import-drop", args=[found.pk]))

    found.refresh_from_db()
    assert found.state == "dropped"
    assert not Aim.objects.filter(text="From the file").exists()


def test_strategy_of_a_workbook_comes_into_an_empty_installation(client, editor, workbook):
    content = workbook.read_bytes()
    for model in (Action, Measure, Aim, Answer, Challenge, Priority, Strategy, Board):
        model.objects.update(**{"board": None} if model is Strategy else {"reports_to": None} if model is Board else {})
        model.objects.all().delete()
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        sheet.delete_cols(1)
    out = io.BytesIO()
    book.save(out)

    send(client, out.getvalue())
    page = take(client).content.decode()

    assert "rows are new, 0 changed" in page
    assert Strategy.objects.get(is_current=True).board.reports_to.name == "Children's Board"
    assert Aim.objects.get(number=10).ref == "1.10"
    assert Action.objects.count() == 20
    assert Measure.objects.filter(indicator__code="on-time").count() == 10


def test_word_table_is_previewed_and_taken_over(client, editor):
    document = Document()
    table = document.add_table(rows=2, cols=4)
    headings = ("Priority 2", "What do we want to achieve?", "How will we achieve this?", "How will we know?")
    for row, texts in zip(table.rows, [headings, ("Waits", "Nobody waits", "Hire staff", "Weeks waited")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)

    page = send(client, out.getvalue(), name="strategy.docx", follow=True).content.decode()
    take(client)

    aim = Aim.objects.get(priority__number=2)
    assert "that is guessed from its words" in page
    assert (aim.ref, aim.text) == ("2.1", "Nobody waits")
    assert [action.text for action in aim.actions.all()] == ["Hire staff"]
    assert aim.measures.get().text == "Weeks waited"


def test_other_files_are_refused_with_a_sentence(client, editor):
    response = send(client, b"%PDF-1.7 nothing", name="strategy.xlsx")

    assert response.status_code == 400
    assert not StrategyImport.objects.exists()


def test_workbook_of_something_else_says_which_sheets_are_looked_for(client, editor):
    book = openpyxl.Workbook()
    book.active["A1"] = "Something else"
    out = io.BytesIO()
    book.save(out)

    response = send(client, out.getvalue(), follow=True)

    assert "its sheets are Strategy, Boards" in response.content.decode()


def test_reader_may_export_and_not_import(client, strategy):
    client.force_login(make_user(Role.VIEWER))

    ordered = client.post(reverse("strategy:workbook-order"))
    refused = send(client, b"x")

    assert ordered.status_code == 302
    assert refused.status_code == 403


def test_pdf_has_two_sides_and_tags(strategy, tmp_path):
    path = tmp_path / "sheet.pdf"
    write_sheet(gather_sheet({}), path, beat)

    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    errors = [issue for issue in validate(path).findings if issue.severity is Severity.ERROR]
    assert len(PdfReader(path).pages) == 2
    assert "1.10 Aim 10" in " ".join(text.split())
    assert "What shows success" in text
    assert not errors
