"""The SEND team's story: read the strategy, mend a row, write the board's paper, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from strategy.actions.meetings import call_meeting, record_decision
from strategy.models import Action, AreaForImprovement, Enabler, Measure
from tests.factories.strategy import (
    make_aim,
    make_answer,
    make_board,
    make_challenge,
    make_measure,
    make_principle,
    make_priority,
    make_strategy,
)
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(team):
    """A strategy with everything that a page can show, and a meeting that carries an open decision."""
    top = make_board(name="Children's Board", chair="Director")
    board = make_board(reports_to=top)
    strategy = make_strategy(board=board)
    make_principle(strategy=strategy, title="Families first")
    make_principle(strategy=strategy, title="Help early", order=2)
    Enabler.objects.create(strategy=strategy, title="A strong board", order=1)
    one, two = make_priority(strategy=strategy), make_priority(strategy=strategy, number=2, title="Shorter waits")
    make_challenge(strategy=strategy, cause="Few staff\nMany plans", is_as_extracted=True).priorities.add(two)
    make_answer(priority=one)
    aim = make_aim(priority=one, is_as_extracted=True)
    make_measure(aim=aim, note="Look at page 12.")
    make_aim(priority=two, text="Nobody waits longer than a term")
    today = timezone.localdate()
    Action.objects.create(aim=aim, text="Set up a panel", lead=team, due_on=today - timedelta(days=9))
    AreaForImprovement.objects.create(short_name="Long waits")
    now = timezone.now()
    earlier = call_meeting(by=team, at=now, board=board, held_on=today - timedelta(days=40))
    words = {"text": "Fund two places", "owner_name": "Director", "due_on": today, "state": "open"}
    record_decision(by=team, at=now, item=earlier.items.all()[0], fields=words)
    return call_meeting(by=team, at=now, board=board, held_on=today + timedelta(days=10), place="Room 1")


def addresses(meeting) -> list[str]:
    measure, item = Measure.objects.get(), meeting.items.all()[0]
    named = [
        ("strategy-show", ()),
        ("detail-show", ()),
        ("challenge-list", ()),
        ("priority-show", (1,)),
        ("board-list", ()),
        ("finding-list", ()),
        ("meeting-list", ()),
        ("meeting-show", (meeting.pk,)),
        ("row-edit", ("measure", measure.pk)),
        ("agenda-edit", (item.pk,)),
        ("decision-add", (item.pk,)),
        ("import-start", ()),
        ("archive-list", ()),
    ]
    return [reverse(f"strategy:{name}", args=args) for name, args in named]


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_strategy_is_accessible_and_stands_still(open_page, team, meeting, width):
    page = open_page(team, addresses(meeting)[0], width=width)

    for path in addresses(meeting):
        page.goto(path)
        assert_accessible(page)
        assert_stands_still(page)


def test_every_page_of_the_strategy_is_complete_without_scripts(open_page, team, meeting):
    page = open_page(team, addresses(meeting)[0], javascript=False)

    for path in addresses(meeting):
        page.goto(path)
        assert_complete_without_scripts(page)


def test_row_is_changed_moved_archived_and_brought_back_without_scripts(open_page, team, meeting):
    page = open_page(team, reverse("strategy:detail-show"), javascript=False)

    page.locator("summary", has_text="Families first").click()
    page.locator("li", has_text="Families first").get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Families come first")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The principle is saved.")).to_be_visible()

    page.locator("summary", has_text="Families come first").click()
    page.locator("li", has_text="Families come first").get_by_role("button", name="Down").click()
    titles = page.locator("section[aria-labelledby=principles] li strong").all_inner_texts()
    assert titles == ["Help early", "Families come first"]

    page.locator("summary", has_text="Help early").click()
    page.locator("li", has_text="Help early").get_by_role("button", name="Archive").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The principle is back.")).to_be_visible()


def test_mark_as_extracted_is_cleared_on_the_page_of_the_priority(open_page, team, meeting):
    page = open_page(team, reverse("strategy:priority-show", args=[1]))
    assert page.get_by_text("As extracted").count() == 1

    page.locator("summary", has_text="aim: Needs are known early").click()
    page.get_by_role("button", name="Checked against the original").click()

    expect(page.get_by_text("counts as checked")).to_be_visible()
    assert page.get_by_text("As extracted").count() == 0


def test_paper_is_written_and_a_decision_closed(open_page, team, meeting):
    page = open_page(team, reverse("strategy:meeting-show", args=[meeting.pk]))
    expect(page.get_by_text("1 under way, behind")).to_be_visible()
    expect(page.get_by_text("Fund two places").first).to_be_visible()

    page.get_by_role("link", name="Close or change").click()
    page.get_by_label("How it stands").select_option("done")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("None from earlier meetings.")).to_be_visible()

    page.locator("summary", has_text="item 1").click()
    page.get_by_role("link", name="Record a decision").first.click()
    page.get_by_label("Decision").fill("Ask for a second panel")
    page.get_by_label("Or their name").fill("Director")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ask for a second panel").first).to_be_visible()
    assert_accessible(page)


def test_form_of_a_measure_by_keyboard_is_walked_in_order(open_page, team, meeting):
    page = open_page(team, reverse("strategy:row-edit", args=["measure", Measure.objects.get().pk]))

    assert_usable_by_keyboard(page, reaches=["Measure", "Kind", "Aim", "Indicator", "Baseline", "Target", "Save"])


def test_sheet_prints_on_two_sides_at_most(open_page, team, meeting):
    page = open_page(team, reverse("strategy:strategy-show"))

    printed = page.pdf(format="A4")

    assert printed.count(b"/Type /Page\n") <= 2
