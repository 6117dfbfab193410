"""Reports of the strategy for boards: progress and the papers of a meeting, as PDF, Word and Excel."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.domain.roles import Role
from documents import charts
from documents.models import Export
from documents.press.sections import Table, words_of
from indicators.models import Release
from strategy.actions.meetings import call_meeting
from strategy.models import Action, ActionUpdate, AreaForImprovement, Decision
from strategy.reports import BOARD_PAPERS, STRATEGY_PROGRESS
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.strategy import make_aim, make_answer, make_board, make_measure, make_priority, make_strategy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
TODAY = date(2026, 11, 22)
PARAMS = {"on": TODAY.isoformat()}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()


@pytest.fixture
def strategy():
    local = make_area()
    local.la_code = "901"
    local.save()
    strategy = make_strategy(board=make_board(chair="The chair"))
    first, second = make_priority(strategy=strategy), make_priority(strategy=strategy, number=2, title="Inclusion")
    aim = make_aim(priority=first)
    indicator = make_indicator(name="Plans within 20 weeks")
    make_observation(indicator=indicator, area=make_local_area(code="901"), release=make_release(), value=97.5)
    make_measure(aim=aim, indicator=indicator, baseline_value="80", baseline_period="2021", target_value="95")
    make_measure(aim=aim, text="A panel", kind="deliverable", is_as_extracted=True)
    make_answer(priority=first)
    lead = make_user(Role.SYSTEM_LEAD, name="The lead")
    late = Action.objects.create(aim=aim, text="Train the staff", lead=lead, due_on=TODAY - timedelta(days=3))
    Action.objects.create(aim=aim, text="Name a panel", is_as_extracted=True)
    going = Action.objects.create(
        aim=make_aim(priority=second), text="Open a base", lead_name="A partner", starts_on=TODAY - timedelta(days=30)
    )
    ActionUpdate.objects.create(
        action=going,
        reported_on=TODAY - timedelta(days=2),
        progress="on_target",
        text="Half",
        by=lead,
        at=timezone.now(),
    )
    area = AreaForImprovement.objects.create(short_name="Long waits", known_since_on=date(2024, 7, 16), done="A team")
    area.action_links.create(action=late)
    return strategy


@pytest.fixture
def meeting(strategy):
    lano = make_user(Role.LANO)
    earlier, now = (
        call_meeting(by=lano, at=timezone.now(), board=strategy.board, held_on=day, place="Room 1")
        for day in (TODAY - timedelta(days=60), TODAY + timedelta(days=10))
    )
    Decision.objects.create(item=earlier.items.first(), text="Write to the ICB", due_on=TODAY - timedelta(days=1))
    item = now.items.first()
    item.note, item.minutes = "What we ask of the board.", "It was agreed."
    item.save()
    Decision.objects.create(item=item, text="Pay for the base", owner_name="The director")
    return now


def tables(report):
    return {
        table.title: [[words_of(cell) for cell in row] for row in table.rows]
        for table in report.sections
        if isinstance(table, Table)
    }


def test_progress_counts_actions_by_priority_and_state(strategy):
    found = tables(STRATEGY_PROGRESS.build(STRATEGY_PROGRESS.gather(PARAMS)))

    assert found["Actions by priority and state"] == [
        ["1. A good start", "2", "1", "1", "0", "0", "1", "1"],
        ["2. Inclusion", "1", "0", "0", "1", "0", "0", "0"],
        ["All", "3", "1", "1", "1", "0", "1", "1"],
    ]


def test_progress_names_delays_measures_answers_and_areas(strategy):
    found = tables(STRATEGY_PROGRESS.build(STRATEGY_PROGRESS.gather(PARAMS)))

    (late,) = found["Behind or overdue under priority 1"]
    assert late[:5] == ["1.1", "Train the staff", "The lead", "19/11/2026 (overdue)", "Under way, behind"]
    assert ["1.1", "Name a panel (as extracted, check against the original)", "No lead", "No date"] in [
        row[:4] for row in found["Actions of priority 1"]
    ]
    assert found["Measures of priority 1"][0][2:] == ["80 (2021)", "95", "97.5 % (2024)"]
    assert found["What was asked under priority 1"][0][0] == "Shorter waits"
    assert found["Areas for improvement"][0][:4] == [
        "Long waits",
        "16/07/2024",
        "1 action: 0 completed, 1 behind, 1 overdue.",
        "A team",
    ]


def test_progress_of_an_earlier_day_says_how_it_stood_then(strategy):
    found = tables(STRATEGY_PROGRESS.build(STRATEGY_PROGRESS.gather({"on": "2026-11-18"})))

    assert found["Actions by priority and state"][-1][6] == "0"


def test_progress_takes_a_fixed_number_of_queries(strategy, django_assert_max_num_queries):
    with django_assert_max_num_queries(45) as few:
        STRATEGY_PROGRESS.gather(PARAMS)
    for number in range(3, 8):
        aim = make_aim(priority=make_priority(strategy=strategy, number=number, title=f"Goal {number}"))
        make_measure(aim=aim)
        for n in range(5):
            Action.objects.create(aim=aim, text=f"Step {n}")

    with django_assert_max_num_queries(45) as many:
        STRATEGY_PROGRESS.gather(PARAMS)

    assert len(many.captured_queries) == len(few.captured_queries)


def test_papers_hold_agenda_open_decisions_delays_and_decisions(meeting):
    report = BOARD_PAPERS.build(BOARD_PAPERS.gather({"of": meeting.pk, **PARAMS}))
    found = tables(report)

    assert [row[1] for row in found["Agenda"]] == [
        "Priority 1: A good start",
        "Priority 2: Inclusion",
        "Any other business",
    ]
    assert found["Open decisions of earlier meetings"][0] == [
        "Write to the ICB",
        "Nobody named",
        "21/11/2026",
        "23/09/2026",
        "Late",
    ]
    assert found["Decisions under item 1"][0][:2] == ["Pay for the base", "The director"]
    assert found["Behind or overdue under item 1"][0][1] == "Train the staff"
    said = " ".join(str(getattr(section, "text", "")) for section in report.sections)
    assert "What we ask of the board." in said
    assert "It was agreed." in said
    assert "chair: The chair" in said


@pytest.mark.parametrize("kind", ["strategy-progress", "board-papers"])
def test_command_builds_all_three_formats(tmp_path, capsys, meeting, kind):
    options = ["--format", "pdf,docx,xlsx", "--on", TODAY.isoformat(), "--out", str(tmp_path / "out"), "--json"]

    call_command("build_report", kind, *options)

    files = {one["file"].rsplit(".", 1)[1]: one["file"] for one in json.loads(capsys.readouterr().out)["reports"]}
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(files["pdf"]).pages).split())
    assert "Train the staff" in text
    assert "OFFICIAL-SENSITIVE" in text
    with open(files["docx"], "rb") as stream:
        headings = [one.text for one in Document(stream).paragraphs if one.style.name.startswith("Heading")]
    assert any("A good start" in heading for heading in headings)
    book = load_workbook(files["xlsx"])
    assert book.sheetnames[0] == "Report"
    if kind == "strategy-progress":
        assert book["At a glance"]["B4"].value == 3


def test_command_without_strategy_or_meeting_says_so():
    make_area()
    for kind, words in (
        ("strategy-progress", "No strategy is there yet"),
        ("board-papers", "No meeting is called yet"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("build_report", kind)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_viewer_orders_progress_and_papers_on_their_pages(client, meeting, form):
    client.force_login(make_user(Role.VIEWER))
    assert client.get("/strategy/reports/").status_code == 200

    for address in ("/strategy/reports/progress/export/", f"/strategy/meetings/{meeting.pk}/export/"):
        response = client.post(address, {"form": form})
        assert response["Location"].startswith("/files/exports/")

    assert set(Export.objects.values_list("kind", flat=True)) == {f"strategy-progress-{form}", f"board-papers-{form}"}


def test_who_may_not_read_the_strategy_may_not_order(client, meeting):
    client.force_login(make_user(Role.MEMBER))

    assert client.post("/strategy/reports/progress/export/", {"form": "pdf"}).status_code == 403
    assert client.post(f"/strategy/meetings/{meeting.pk}/export/", {"form": "pdf"}).status_code == 403


def test_unknown_form_orders_nothing(client, meeting):
    client.force_login(make_user(Role.VIEWER))

    response = client.post("/strategy/reports/progress/export/", {"form": "exe"}, follow=True)

    assert "Choose PDF, Word or Excel." in response.content.decode()
    assert not Export.objects.exists()


def test_fingerprint_moves_with_the_figures(strategy):
    before = STRATEGY_PROGRESS.fingerprint_now(PARAMS)

    assert STRATEGY_PROGRESS.fingerprint_now(PARAMS) == before
    Release.objects.create(title="New", sha256="f" * 64, imported_at=timezone.now(), state="held")
    assert STRATEGY_PROGRESS.fingerprint_now(PARAMS) != before
