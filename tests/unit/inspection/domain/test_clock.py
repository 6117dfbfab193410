from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.clock import (
    Anchor,
    Rule,
    VisitDays,
    WrongDays,
    compute_deadline,
    compute_deadlines,
    moment,
    read_rule,
    settle_days,
    visit_strip,
)
from tests.factories.calendars import make_calendar

CALENDAR = make_calendar()
SOUTHAMPTON = VisitDays(notified_on=date(2024, 4, 26), on_site_on=date(2024, 5, 13), last_day_on=date(2024, 5, 17))
USUAL = VisitDays(notified_on=date(2026, 11, 23), on_site_on=date(2026, 12, 7), last_day_on=date(2026, 12, 11))
# A Monday call with a bank holiday in week 2: only nine working days to the on-site Monday.
SHORT = VisitDays(notified_on=date(2024, 4, 29), on_site_on=date(2024, 5, 13), last_day_on=date(2024, 5, 17))


def make_rule(*, anchor=Anchor.NOTIFICATION, offset=0, **fields):
    return Rule(code="rule", title="Rule", anchor=anchor, offset=offset, **fields)


def settle(*, on=None, on_site=None, today=date(2024, 4, 26), any_weekday=False, last=None):
    return settle_days(
        notified_on=on,
        on_site_on=on_site,
        today=today,
        calendar=CALENDAR,
        takes_any_weekday=any_weekday,
        last_day_on=last,
    )


# -- the days of the visit


@pytest.mark.parametrize(
    ("on", "on_site", "call", "first", "last"),
    [
        pytest.param(
            None, date(2024, 5, 13), date(2024, 4, 26), date(2024, 5, 13), date(2024, 5, 17), id="the worked case"
        ),
        pytest.param(
            date(2024, 4, 26), None, date(2024, 4, 26), date(2024, 5, 13), date(2024, 5, 17), id="worked case forwards"
        ),
        pytest.param(
            date(2026, 11, 23), None, date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 11), id="a usual Monday"
        ),
        pytest.param(
            None, date(2026, 12, 7), date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 11), id="usual, backwards"
        ),
        pytest.param(
            date(2024, 4, 29), None, date(2024, 4, 29), date(2024, 5, 13), date(2024, 5, 17), id="Monday, bank holiday"
        ),
        pytest.param(
            date(2026, 11, 22), None, date(2026, 11, 22), date(2026, 12, 7), date(2026, 12, 11), id="a Sunday call"
        ),
        pytest.param(
            date(2026, 11, 26), None, date(2026, 11, 26), date(2026, 12, 14), date(2026, 12, 18), id="a Thursday call"
        ),
    ],
)
def test_settle_days_names_call_and_monday(on, on_site, call, first, last):
    days = settle(on=on, on_site=on_site, today=date(2026, 11, 22)).days

    assert (days.notified_on, days.on_site_on, days.last_day_on) == (call, first, last)


def test_settle_days_monday_call_before_bank_holiday_offers_both_mondays():
    proposal = settle(on=date(2024, 4, 29))

    assert proposal.days.on_site_on == date(2024, 5, 13)
    assert [other.day for other in proposal.others] == [date(2024, 5, 20)]
    assert "Tuesday 14 May 2024" in proposal.basis


def test_settle_days_bank_holiday_monday_is_never_first_choice():
    # Ten working days after Monday 11 May 2026 fall on Tuesday 26 May: the Monday of that week is a bank holiday.
    proposal = settle(on=date(2026, 5, 11), today=date(2026, 5, 11))

    assert proposal.days.on_site_on == date(2026, 6, 1)
    assert [other.day for other in proposal.others] == [date(2026, 5, 25)]


def test_settle_days_worked_case_says_what_it_skipped():
    assert settle(on_site=date(2024, 5, 13)).basis == (
        "10 working days before the first day on site, not counting May Day."
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Give the day of the call", id="nothing given"),
        pytest.param({"on_site": date(2024, 5, 15)}, "Monday 13 May 2024 or Monday 20 May 2024", id="not a Monday"),
        pytest.param({"on": date(2024, 5, 13), "on_site": date(2024, 5, 13)}, "has to come before", id="same day"),
        pytest.param({"on": date(2024, 5, 20), "on_site": date(2024, 5, 13)}, "has to come before", id="reversed"),
        pytest.param({"on": date(1924, 4, 26)}, "too early", id="a century off"),
        pytest.param({"on": date(2042, 4, 26)}, "more than a year ahead", id="a typing slip in the year"),
        pytest.param({"on_site": date(2024, 5, 13), "last": date(2024, 5, 10)}, "before the first", id="ends too soon"),
    ],
)
def test_settle_days_impossible_days_refuses_with_the_fix(fields, words):
    with pytest.raises(WrongDays) as refused:
        settle(**fields)

    assert words in refused.value.sentence


def test_settle_days_another_weekday_taken_when_said_so():
    days = settle(on_site=date(2024, 5, 15), any_weekday=True).days

    assert (days.notified_on, days.on_site_on) == (date(2024, 4, 30), date(2024, 5, 15))


@given(monday=st.dates(date(2017, 1, 1), date(2030, 1, 1)).filter(lambda day: day.weekday() == 0))
def test_settle_days_from_monday_leaves_ten_working_days(monday):
    days = settle(on_site=monday, today=monday).days

    assert CALENDAR.is_working(days.notified_on)
    assert CALENDAR.count(days.notified_on, monday) == (10 if CALENDAR.is_working(monday) else 9)


@given(call=st.dates(date(2017, 1, 1), date(2030, 1, 1)))
def test_settle_days_from_any_call_is_a_monday_about_two_weeks_on(call):
    proposal = settle(on=call, today=call)

    assert proposal.days.on_site_on.weekday() == 0
    assert 7 <= (proposal.days.on_site_on - call).days <= 25  # over Christmas
    assert proposal.days.on_site_on not in {other.day for other in proposal.others}


# -- deadlines


@pytest.mark.parametrize(
    ("days", "offset", "expected", "others"),
    [
        pytest.param(USUAL, 0, date(2026, 11, 23), [], id="usual: the call"),
        pytest.param(USUAL, 1, date(2026, 11, 24), [], id="usual: the lists on Tuesday"),
        pytest.param(USUAL, 3, date(2026, 11, 26), [], id="usual: the six on Thursday"),
        pytest.param(USUAL, 4, date(2026, 11, 27), [], id="usual: Annex A on Friday"),
        pytest.param(USUAL, 8, date(2026, 12, 3), [], id="usual: context presentation on Thursday"),
        pytest.param(SOUTHAMPTON, 0, date(2024, 4, 26), [], id="Friday call: day 0"),
        pytest.param(SOUTHAMPTON, 1, date(2024, 4, 29), [date(2024, 4, 30)], id="Friday call: lists Monday or Tuesday"),
        pytest.param(
            SOUTHAMPTON, 4, date(2024, 5, 2), [date(2024, 5, 3)], id="Friday call: Annex A Thursday or Friday"
        ),
        pytest.param(SOUTHAMPTON, 5, date(2024, 5, 3), [date(2024, 5, 7)], id="Friday call: week 2 begins"),
        pytest.param(SOUTHAMPTON, 8, date(2024, 5, 9), [], id="Friday call: context presentation"),
        pytest.param(SOUTHAMPTON, 9, date(2024, 5, 10), [], id="Friday call: leaders' meeting"),
        pytest.param(SHORT, 4, date(2024, 5, 3), [], id="nine days: Annex A on Friday"),
        pytest.param(SHORT, 8, date(2024, 5, 9), [date(2024, 5, 10)], id="nine days: week 2 counts backwards"),
        pytest.param(SHORT, 9, date(2024, 5, 10), [date(2024, 5, 13)], id="nine days: never on the on-site Monday"),
    ],
)
def test_read_rule_from_call_gives_day_and_other_readings(days, offset, expected, others):
    readings = read_rule(Anchor.NOTIFICATION, offset, days, CALENDAR)

    assert readings[0].day == expected
    assert [reading.day for reading in readings[1:]] == others


@pytest.mark.parametrize(
    ("anchor", "offset", "expected"),
    [
        pytest.param(Anchor.ON_SITE, 0, date(2024, 5, 13), id="first day on site"),
        pytest.param(Anchor.ON_SITE, 4, date(2024, 5, 17), id="feedback"),
        pytest.param(Anchor.ON_SITE, -2, date(2024, 5, 9), id="before the first day on site"),
        pytest.param(Anchor.LAST_DAY, 41, date(2024, 7, 16), id="publication as it came"),
    ],
)
def test_read_rule_from_other_anchor_counts_from_it(anchor, offset, expected):
    (reading,) = read_rule(anchor, offset, SOUTHAMPTON, CALENDAR)

    assert reading.day == expected


def test_read_rule_basis_names_the_skipped_bank_holiday():
    (reading,) = read_rule(Anchor.ON_SITE, -6, SOUTHAMPTON, CALENDAR)

    assert reading.basis == "6 working days before the first day on site, not counting May Day."


def test_compute_deadline_unknown_anchor_waits():
    due = compute_deadline(make_rule(anchor=Anchor.DRAFT, offset=10), USUAL, CALENDAR)

    assert (due.due_on, due.due_at, due.ends_at) == (None, None, None)
    assert due.basis == "Waits for the draft report: 10 working days after it."


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        pytest.param(date(2026, 11, 24), time(12), datetime(2026, 11, 24, 12, tzinfo=UTC), id="winter noon"),
        pytest.param(date(2024, 4, 29), time(12), datetime(2024, 4, 29, 11, tzinfo=UTC), id="summer noon"),
        pytest.param(date(2024, 5, 2), None, datetime(2024, 5, 2, 22, 59, tzinfo=UTC), id="a whole day ends at night"),
        pytest.param(date(2026, 10, 25), None, datetime(2026, 10, 25, 23, 59, tzinfo=UTC), id="the clocks go back"),
    ],
)
def test_moment_local_time_becomes_utc(day, at, expected):
    assert moment(day, at) == expected


def test_compute_deadline_span_over_days_ends_on_its_last_day():
    rule = make_rule(anchor=Anchor.ON_SITE, offset=0, ends_offset=4)

    due = compute_deadline(rule, USUAL, CALENDAR)

    assert due.due_on == date(2026, 12, 7)
    assert due.ends_at == datetime(2026, 12, 11, 23, 59, tzinfo=UTC)


def test_compute_deadline_span_within_a_day_ends_at_its_time():
    rule = make_rule(anchor=Anchor.ON_SITE, offset=0, at_time=time(12), ends_at_time=time(13, 30))

    due = compute_deadline(rule, USUAL, CALENDAR)

    assert due.due_at == datetime(2026, 12, 7, 12, tzinfo=UTC)
    assert due.ends_at == datetime(2026, 12, 7, 13, 30, tzinfo=UTC)


def test_compute_deadlines_puts_the_earliest_first_and_the_unknown_last():
    rules = [
        make_rule(anchor=Anchor.DRAFT, offset=10),
        make_rule(anchor=Anchor.ON_SITE),
        make_rule(offset=1, at_time=time(12)),
        make_rule(),
    ]

    dues = compute_deadlines(rules, USUAL, CALENDAR)

    assert [due.due_on for due in dues] == [date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 7), None]


@given(
    monday=st.dates(date(2017, 1, 1), date(2030, 1, 1)).filter(
        lambda day: day.weekday() == 0 and CALENDAR.is_working(day)
    ),
    offset=st.integers(0, 9),
)
def test_read_rule_backwards_call_agrees_with_forwards(monday, offset):
    days = settle(on_site=monday, today=monday).days

    first = read_rule(Anchor.NOTIFICATION, offset, days, CALENDAR)[0]

    assert first.day == CALENDAR.shift(days.notified_on, offset)
    assert first.day < monday


@given(call=st.dates(date(2017, 1, 1), date(2030, 1, 1)), offset=st.integers(1, 9))
def test_read_rule_from_any_call_stays_after_the_call(call, offset):
    days = settle(on=call, today=call).days

    readings = read_rule(Anchor.NOTIFICATION, offset, days, CALENDAR)

    assert readings
    assert all(reading.day > call for reading in readings)
    assert len({reading.day for reading in readings}) == len(readings)


def test_visit_strip_worked_case_has_fifteen_working_days():
    strip = visit_strip(SOUTHAMPTON, CALENDAR)

    assert len(strip) == 15
    assert (strip[0], strip[10], strip[14]) == (date(2024, 4, 26), date(2024, 5, 13), date(2024, 5, 17))
    assert date(2024, 5, 6) not in strip
