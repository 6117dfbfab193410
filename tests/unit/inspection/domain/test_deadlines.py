from datetime import UTC, date, datetime, time

import pytest

from inspection.domain.deadlines import DeadlineFact, DeadlineState, away_in_words
from inspection.presenters.deadlines import away_words, due_words
from tests.factories.calendars import make_calendar

CALENDAR = make_calendar()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
END_OF_DAY = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)


def make_fact(**fields):
    return DeadlineFact(**({"code": "x", "title": "X", "due_at": NOON, "at_time": time(12)} | fields))


@pytest.mark.parametrize(
    ("fields", "at", "state"),
    [
        pytest.param({}, datetime(2026, 11, 23, 9, tzinfo=UTC), DeadlineState.AHEAD, id="the day before"),
        pytest.param({}, datetime(2026, 11, 24, 9, tzinfo=UTC), DeadlineState.TODAY, id="that morning"),
        pytest.param({}, datetime(2026, 11, 24, 12, 1, tzinfo=UTC), DeadlineState.PASSED, id="a meeting is over"),
        pytest.param(
            {"batch": "lists"}, datetime(2026, 11, 24, 12, 1, tzinfo=UTC), DeadlineState.MISSED, id="not handed over"
        ),
        pytest.param(
            {"batch": "lists", "due_at": END_OF_DAY, "at_time": None},
            datetime(2026, 11, 24, 20, tzinfo=UTC),
            DeadlineState.TODAY,
            id="a day without a time lasts until night",
        ),
        pytest.param({"met_at": NOON}, datetime(2026, 12, 1, tzinfo=UTC), DeadlineState.MET, id="met"),
        pytest.param({"is_dropped": True}, datetime(2026, 12, 1, tzinfo=UTC), DeadlineState.DROPPED, id="dropped"),
        pytest.param({"due_at": None}, datetime(2026, 12, 1, tzinfo=UTC), DeadlineState.WAITING, id="no day yet"),
        pytest.param(
            {"due_at": END_OF_DAY, "at_time": None, "ends_at": datetime(2026, 11, 27, 23, 59, tzinfo=UTC)},
            datetime(2026, 11, 26, 9, tzinfo=UTC),
            DeadlineState.UNDER_WAY,
            id="in the middle of a week",
        ),
        pytest.param(
            {"ends_at": datetime(2026, 11, 24, 13, 30, tzinfo=UTC), "ends_at_time": time(13, 30)},
            datetime(2026, 11, 24, 9, tzinfo=UTC),
            DeadlineState.TODAY,
            id="a meeting this noon",
        ),
        pytest.param(
            {"ends_at": datetime(2026, 11, 24, 13, 30, tzinfo=UTC), "ends_at_time": time(13, 30)},
            datetime(2026, 11, 24, 13, tzinfo=UTC),
            DeadlineState.UNDER_WAY,
            id="a meeting that is being held",
        ),
    ],
)
def test_deadline_state_at_a_moment(fields, at, state):
    assert make_fact(**fields).state(at) is state


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"batch": "lists"}, "Tue 24 November 2026, by 12:00", id="handed over by noon"),
        pytest.param({}, "Tue 24 November 2026, 12:00", id="a meeting at noon"),
        pytest.param({"at_time": None, "due_at": END_OF_DAY}, "Tue 24 November 2026", id="a whole day"),
        pytest.param(
            {"ends_at": datetime(2026, 11, 24, 13, 30, tzinfo=UTC), "ends_at_time": time(13, 30)},
            "Tue 24 November 2026, 12:00 to 13:30",
            id="a span of time",
        ),
        pytest.param(
            {"at_time": None, "due_at": END_OF_DAY, "ends_at": datetime(2026, 12, 4, 23, 59, tzinfo=UTC)},
            "Tue 24 November to Fri 4 December 2026",
            id="a span over two months",
        ),
        pytest.param({"due_at": None}, "No day yet", id="no day"),
    ],
)
def test_deadline_due_in_words(fields, words):
    assert due_words(make_fact(**fields)) == words


def test_deadline_summer_day_is_told_in_local_time():
    fact = make_fact(due_at=datetime(2024, 4, 29, 11, tzinfo=UTC))

    assert due_words(fact) == "Mon 29 April 2024, 12:00"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2026, 11, 23), "today", id="today"),
        pytest.param(date(2026, 11, 24), "tomorrow", id="tomorrow"),
        pytest.param(date(2026, 11, 30), "in 5 working days", id="next week"),
        pytest.param(date(2026, 11, 20), "1 working day ago", id="last Friday"),
        pytest.param(date(2026, 11, 22), "yesterday", id="yesterday"),
    ],
)
def test_away_in_words(day, words):
    assert away_in_words(day, date(2026, 11, 23), CALENDAR) == words


def test_away_words_of_a_span_count_to_its_end():
    fact = make_fact(at_time=None, due_at=END_OF_DAY, ends_at=datetime(2026, 11, 27, 23, 59, tzinfo=UTC))

    assert away_words(fact, datetime(2026, 11, 25, 9, tzinfo=UTC), CALENDAR) == "ends in 2 working days"
