from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.calendar import OutsideCalendar, monday_of
from tests.factories.calendars import make_calendar

CALENDAR = make_calendar()
DAYS = st.dates(date(2016, 1, 1), date(2031, 1, 1))
WORKING_DAYS = DAYS.filter(CALENDAR.is_working)


@pytest.mark.parametrize(
    ("start", "offset", "expected"),
    [
        pytest.param(date(2026, 11, 23), 0, date(2026, 11, 23), id="day 0 is the day itself"),
        pytest.param(date(2026, 11, 22), 0, date(2026, 11, 22), id="day 0 of a Sunday stays the Sunday"),
        pytest.param(date(2026, 11, 22), 1, date(2026, 11, 23), id="day 1 after a Sunday is the Monday"),
        pytest.param(date(2026, 11, 23), 4, date(2026, 11, 27), id="within a week"),
        pytest.param(date(2026, 11, 27), 1, date(2026, 11, 30), id="over a weekend"),
        pytest.param(date(2024, 5, 3), 1, date(2024, 5, 7), id="over a bank holiday"),
        pytest.param(date(2026, 12, 24), 1, date(2026, 12, 29), id="over Christmas with a substitute day"),
        pytest.param(date(2024, 5, 13), -10, date(2024, 4, 26), id="backwards over the bank holiday of 6 May 2024"),
        pytest.param(date(2024, 5, 13), -1, date(2024, 5, 10), id="backwards over a weekend"),
        pytest.param(date(2022, 12, 28), -1, date(2022, 12, 23), id="Christmas Day on a Sunday shifts to Tuesday"),
        pytest.param(date(2024, 5, 24), 1, date(2024, 5, 28), id="school holidays never shift an offset"),
    ],
)
def test_shift_day_gives_the_counted_day(start, offset, expected):
    assert CALENDAR.shift(start, offset) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2024, 5, 17), date(2024, 7, 16), 41, id="Southampton: last day to publication"),
        pytest.param(date(2024, 7, 16), date(2024, 5, 17), -41, id="the same backwards"),
        pytest.param(date(2026, 11, 23), date(2026, 11, 23), 0, id="a day to itself"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 22), 0, id="Friday to Sunday"),
    ],
)
def test_count_two_days_gives_working_days(first, last, expected):
    assert CALENDAR.count(first, last) == expected


@given(day=WORKING_DAYS, offset=st.integers(-80, 80))
def test_count_after_shift_gives_the_offset_back(day, offset):
    assert CALENDAR.count(day, CALENDAR.shift(day, offset)) == offset


@given(day=WORKING_DAYS, offset=st.integers(-80, 80))
def test_shift_back_again_gives_the_day(day, offset):
    assert CALENDAR.shift(CALENDAR.shift(day, offset), -offset) == day


@given(day=DAYS, offset=st.integers(1, 80))
def test_shift_forwards_lands_on_a_working_day_after(day, offset):
    landed = CALENDAR.shift(day, offset)

    assert CALENDAR.is_working(landed)
    assert landed > day


def test_shift_past_the_known_years_refuses():
    with pytest.raises(OutsideCalendar) as refused:
        CALENDAR.shift(date(2032, 12, 30), 5)

    assert "2033" in refused.value.sentence


def test_bank_holidays_on_weekends_are_dropped():
    assert all(day.weekday() < 5 for day in CALENDAR.bank_holidays)
    assert date(2022, 12, 25) not in CALENDAR.bank_holidays
    assert date(2022, 12, 27) in CALENDAR.bank_holidays


def test_school_holiday_between_touching_days_names_it():
    assert CALENDAR.school_holiday_between(date(2024, 5, 20), date(2024, 5, 27)) == "Spring half term"
    assert CALENDAR.school_holiday_between(date(2024, 5, 20), date(2024, 5, 24)) == ""


@given(day=DAYS)
def test_monday_of_a_day_is_the_monday_of_its_week(day):
    monday = monday_of(day)

    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(7)
