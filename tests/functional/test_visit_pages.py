"""The visit in a real browser: the call, the clock, the letter, the first hour."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from inspection.models import Inspection, VisitItem
from tests.factories.accounts import make_area, make_user
from tests.factories.visits import deadline_of, item_of, make_timetable, make_visit
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["visit-list", "visit-call", "visit-show", "letter-edit", "task-list", "deadline-show", "visit-correct"]
PAGES += ["visit-withdraw", "visit-close", "feed-show"]


def last_monday():
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


@pytest.fixture
def lano():
    make_area()
    return make_user(Role.LANO, name="Head of SEND")


@pytest.fixture
def visit(lano):
    return make_visit(by=lano, at=timezone.now(), notified_on=last_monday(), is_rehearsal=True)


def address(name, visit):
    arguments = {
        "visit-list": [],
        "visit-call": [],
        "feed-show": [],
        "deadline-show": [visit.pk, deadline_of(visit, "annex-a").pk],
    }
    return reverse(f"inspection:{name}", args=arguments.get(name, [visit.pk]))


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_visit_page_is_accessible_and_stands_still(open_page, lano, visit, name, width):
    page = open_page(lano, address(name, visit), width=width)

    assert_accessible(page)
    assert_stands_still(page)


@pytest.mark.parametrize("name", PAGES)
def test_visit_page_without_scripts_is_complete(open_page, lano, visit, name):
    page = open_page(lano, address(name, visit), javascript=False)

    assert_complete_without_scripts(page)


def test_call_preview_follows_what_is_typed_and_then_starts(open_page, lano):
    make_timetable()
    page = open_page(lano, reverse("inspection:visit-call"))

    monday = last_monday() + timedelta(weeks=1)
    page.get_by_label("Day of the call").fill(f"{monday:%d/%m/%Y}")
    page.get_by_label("This is a rehearsal").check()
    page.get_by_role("button", name="Start the rehearsal").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Start the rehearsal").click()

    page.get_by_role("heading", name="Rehearsal of a full inspection").wait_for()
    assert Inspection.objects.get().notified_on == monday
    assert page.get_by_text("nobody has called").is_visible()


def test_call_day_typed_without_looking_at_its_deadlines_is_not_lost(open_page, lano):
    """Without scripts the deadlines beside the form stay those of the first guess until somebody asks again."""
    make_timetable()
    page = open_page(lano, reverse("inspection:visit-call"), javascript=False)
    monday = last_monday()

    page.get_by_label("Day of the call").fill(f"{monday:%d/%m/%Y}")
    page.get_by_role("button", name="Start the clock").click()
    if page.get_by_text("You changed a field").count():  # the first guess was another day
        page.get_by_role("button", name="Start the clock").click()

    page.get_by_role("heading", name="Full inspection").wait_for()
    assert Inspection.objects.get().notified_on == monday


def test_call_preview_of_a_wrong_day_says_so_at_once(open_page, lano):
    make_timetable()
    page = open_page(lano, reverse("inspection:visit-call"))

    page.get_by_label("Day of the call").fill("31/02/2027")
    page.get_by_label("Day of the call").blur()

    page.get_by_text("is not a day of the calendar").wait_for()
    assert not page.get_by_role("button", name="Start the clock").is_visible()


def test_letter_without_scripts_is_worked_through(open_page, lano, visit):
    row = item_of(visit, "strategy")
    page = open_page(lano, reverse("inspection:letter-edit", args=[visit.pk]), javascript=False)

    line = page.locator("li.app-line", has=page.locator(f"#i{row.pk}"))
    line.locator("summary").click()
    line.get_by_label("Name").fill("SEND and AP strategy")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "another name needs a reason" in page.locator(".govuk-error-summary").inner_text()
    assert line.get_by_label("Name").input_value() == "SEND and AP strategy"
    line.get_by_label("Why").fill("Page 2")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("1 of 9 lines looked at").wait_for()
    assert VisitItem.objects.get(pk=row.pk).title == "SEND and AP strategy"


def test_letter_error_page_is_accessible(open_page, lano, visit):
    row = item_of(visit, "strategy")
    page = open_page(lano, reverse("inspection:letter-edit", args=[visit.pk]))

    page.locator(f"select[name=i{row.pk}-standing]").select_option("dropped")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".govuk-error-summary").wait_for()

    assert_accessible(page)


def test_letter_by_keyboard_reaches_line_and_buttons(open_page, lano, visit):
    page = open_page(lano, reverse("inspection:letter-edit", args=[visit.pk]))

    assert_usable_by_keyboard(page, reaches=["Save"])


def test_first_hour_is_ticked_on_a_phone(open_page, lano, visit):
    page = open_page(lano, reverse("inspection:task-list", args=[visit.pk]), width=PHONE)

    page.get_by_role("button", name=re.compile("Done.*Ring the LANO")).click()

    page.get_by_text("1 of 2 done").wait_for()
