"""What the Monday mail says."""

from datetime import date

import pytest

from strategy.domain.digest import Digest, DigestLine, body_of, is_due, monday_of, subject_of

MONDAY = date(2026, 11, 23)


def line(text: str = "Train every school", due: date | None = MONDAY, lead: str = "System lead") -> DigestLine:
    return DigestLine(text=text, due_on=due, lead=lead)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 29)], ids=str)
def test_monday_is_the_first_day_of_the_week(day: date):
    assert monday_of(day) == MONDAY


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, False),
        (date(2026, 11, 22), False),
        (MONDAY, True),
        (date(2026, 12, 6), True),
        (date(2026, 12, 7), False),
    ],
    ids=["no day", "yesterday", "today", "last day of next week", "the week after"],
)
def test_due_is_this_week_and_the_next(due: date | None, expected: bool):
    assert is_due(due, MONDAY) is expected


def test_subject_counts_what_there_is():
    digest = Digest(due=(line(), line()), overdue=(line(),))

    assert subject_of(digest) == "Your plans this week: 1 overdue, 2 due"
    assert not digest.is_empty
    assert Digest().is_empty


def test_body_for_a_lead_names_their_actions_without_the_lead():
    body = body_of(Digest(overdue=(line(),)), name="System lead", site_url="https://sendready.example", has_all=False)

    assert "- Train every school (due 23 November 2026)" in body
    assert "https://sendready.example/strategy/actions/?mine=true" in body
    assert "Nobody leads" not in body


def test_body_for_the_team_names_the_leads_and_what_nobody_leads():
    digest = Digest(overdue=(line(),), unowned=(line(due=None, lead=""),))

    body = body_of(digest, name="SEND team", site_url="https://sendready.example", has_all=True)

    assert "(due 23 November 2026, System lead)" in body
    assert "Nobody leads these (1)\n- Train every school\n" in body


def test_long_lists_and_long_words_are_cut():
    digest = Digest(due=tuple(line(text="word " * 60) for _ in range(20)))

    body = body_of(digest, name="SEND team", site_url="", has_all=True)

    assert "- and 5 more" in body
    assert max(len(row) for row in body.splitlines()) < 160
