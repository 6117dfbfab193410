"""Values into words and colours."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.paginator import Paginator

from accounts.domain.findings import Blocker, Gap, Note
from accounts.domain.roles import Role
from sendready.templatetags import components

SAID = {"code": "x", "sentence": "x", "owner_role": Role.LANO, "fix_url": ""}


@pytest.mark.parametrize(
    ("finding", "word", "colour"),
    [(Blocker(**SAID), "Blocker", "red"), (Gap(**SAID), "Gap", "yellow"), (Note(**SAID), "Note", "grey")],
    ids=["blocker", "gap", "note"],
)
def test_finding_has_word_and_colour(finding, word, colour):
    assert (components.finding_word(finding), components.finding_colour(finding)) == (word, colour)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 30), "in 7 days"),
        (date(2026, 11, 20), "3 days ago"),
    ],
)
def test_days_between_in_words(day, words):
    assert components.days_between(date(2026, 11, 23), day) == words


@time_machine.travel(datetime(2026, 6, 1, 23, 30, tzinfo=UTC), tick=False)
def test_days_away_after_midnight_in_london_is_the_next_day():
    assert components.days_away(date(2026, 6, 2)) == "today"
    assert components.days_away(datetime(2026, 6, 2, 22, 59, tzinfo=UTC)) == "today"
    assert components.days_away(None) == ""


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("day", "nearness"),
    [
        (date(2026, 11, 22), "late"),
        (date(2026, 11, 23), "near"),
        (date(2026, 11, 28), "near"),
        (date(2026, 11, 29), ""),
    ],
)
def test_nearness_of_a_day(day, nearness):
    assert components.nearness(day) == nearness


@pytest.mark.parametrize(
    ("current", "target", "direction"),
    [("", "name", "none"), ("name", "-name", "ascending"), ("-name", "name", "descending"), ("due", "name", "none")],
)
def test_sort_header_turns_the_order_round(current, target, direction):
    assert components.sort_target("name", current) == target
    assert components.sort_direction("name", current) == direction


def test_page_numbers_leave_gaps():
    assert components.page_numbers(Paginator(range(100), 5), 7) == [1, None, 6, 7, 8, None, 20]


def test_role_name_of_no_role_is_empty():
    assert components.role_name("lano") == "LANO (nominated officer)"
    assert components.role_name("nobody") == ""
