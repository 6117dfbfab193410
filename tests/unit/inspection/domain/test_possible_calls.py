from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.possible_calls import next_call, next_possible_call, upcoming_calls
from tests.factories.calendars import make_calendar

CALENDAR = make_calendar()


@pytest.mark.parametrize(
    ("today", "call_on", "on_site_on"),
    [
        pytest.param(date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 7), id="Sunday: tomorrow"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 23), date(2026, 12, 7), id="Monday: today still counts"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 14), id="Tuesday: next Monday"),
        pytest.param(date(2024, 4, 25), date(2024, 4, 26), date(2024, 5, 13), id="a Friday before a bank holiday"),
        pytest.param(date(2026, 12, 2), date(2026, 12, 16), date(2027, 1, 4), id="Christmas blocks two weeks"),
    ],
)
def test_next_possible_call_gives_call_and_monday(today, call_on, on_site_on):
    call = next_possible_call(today, CALENDAR)

    assert (call.call_on, call.on_site_on, call.why_not) == (call_on, on_site_on, "")


def test_next_call_blocked_week_says_why():
    call = next_call(date(2026, 12, 2), CALENDAR)

    assert call.on_site_on == date(2026, 12, 21)
    assert call.why_not == "the week of Monday 21 December 2026 is in the school holidays (Christmas holidays)"


def test_upcoming_calls_bank_holiday_monday_says_why():
    calls = upcoming_calls(date(2027, 4, 12), CALENDAR, weeks=2)

    assert [call.why_not for call in calls] == ["", "Monday 3 May 2027 is a bank holiday (May Day)"]


def test_next_possible_call_no_term_dates_says_that_nobody_knows():
    assert not next_possible_call(date(2026, 11, 22), make_calendar(())).knows_term_dates
    assert next_possible_call(date(2026, 11, 22), CALENDAR).knows_term_dates


@given(today=st.dates(date(2017, 1, 1), date(2030, 1, 1)))
def test_next_possible_call_never_in_the_past_nor_on_a_day_off(today):
    call = next_possible_call(today, CALENDAR)

    assert call.call_on >= today
    assert CALENDAR.is_working(call.call_on)
    assert call.on_site_on.weekday() == 0
