from datetime import date, timedelta

import pytest

from inspection.domain.call_warnings import find_warnings
from inspection.domain.clock import VisitDays
from tests.factories.calendars import make_calendar

CALENDAR = make_calendar()


def warn(call, first, *, last=None, today=None, is_full=True):
    days = VisitDays(notified_on=call, on_site_on=first, last_day_on=last or first + timedelta(days=4))
    found = find_warnings(days, today=today or call, calendar=CALENDAR, is_full=is_full)
    return {finding.code for finding in found}


def test_usual_call_has_no_warnings():
    assert warn(date(2026, 11, 23), date(2026, 12, 7)) == set()


@pytest.mark.parametrize(
    ("days", "code"),
    [
        pytest.param((date(2026, 11, 22), date(2026, 12, 7)), "call-on-weekend", id="a Sunday call"),
        pytest.param((date(2024, 5, 6), date(2024, 5, 20)), "call-on-bank-holiday", id="a call on a bank holiday"),
        pytest.param((date(2024, 5, 28), date(2024, 6, 10)), "call-in-school-holidays", id="a call in half term"),
        pytest.param((date(2026, 11, 24), date(2026, 12, 8)), "on-site-not-monday", id="on site from a Tuesday"),
        pytest.param((date(2026, 11, 24), date(2026, 12, 7)), "call-not-monday", id="a call on a Tuesday"),
        pytest.param((date(2026, 12, 7), date(2026, 12, 21)), "on-site-in-school-holidays", id="on site at Christmas"),
        pytest.param((date(2024, 4, 22), date(2024, 5, 6)), "on-site-bank-holiday", id="on site on a bank holiday"),
        pytest.param((date(2026, 11, 23), date(2026, 12, 14)), "notice-not-ten-days", id="fifteen days of notice"),
        pytest.param((date(2024, 4, 26), date(2024, 5, 13)), "bank-holiday-shift", id="the worked case"),
        pytest.param((date(2027, 3, 8), date(2027, 3, 22)), "bank-holiday-on-site", id="Good Friday on site"),
    ],
)
def test_odd_days_are_said(days, code):
    assert code in warn(*days)


def test_past_days_are_said():
    codes = warn(date(2026, 11, 23), date(2026, 12, 7), today=date(2027, 1, 4))

    assert codes == {"call-in-past", "visit-in-past"}


def test_other_kinds_of_visit_may_begin_on_any_day():
    call, first = date(2026, 11, 24), date(2026, 12, 2)

    assert warn(call, first, last=first, is_full=False) == set()


def test_call_still_to_come_is_said_but_not_of_a_rehearsal():
    days = VisitDays(notified_on=date(2026, 11, 23), on_site_on=date(2026, 12, 7), last_day_on=date(2026, 12, 11))
    asked = {"today": date(2026, 11, 20), "calendar": CALENDAR}

    assert {finding.code for finding in find_warnings(days, **asked)} == {"call-in-future"}
    assert not find_warnings(days, **asked, is_rehearsal=True)
