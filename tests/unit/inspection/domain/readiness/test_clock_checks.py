from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.domain.findings import Blocker, Gap, Note
from inspection.domain.calendar import Stretch
from inspection.domain.clock import Reading, VisitDays
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.possible_calls import next_possible_call
from inspection.domain.readiness.clock import CHECKS, ClockFacts, FrameworkFact, VisitFact
from inspection.domain.readiness.table import run
from tests.factories.calendars import SCHOOL_HOLIDAYS, make_calendar

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CALENDAR = make_calendar((*SCHOOL_HOLIDAYS, Stretch("February half term", date(2027, 2, 15), date(2027, 2, 19))))
DAYS = VisitDays(notified_on=date(2026, 11, 23), on_site_on=date(2026, 12, 7), last_day_on=date(2026, 12, 11))
OVER_A_BANK_HOLIDAY = VisitDays(
    notified_on=date(2024, 4, 26), on_site_on=date(2024, 5, 13), last_day_on=date(2024, 5, 17)
)


def make_deadline(**fields):
    wanted = {
        "code": "lists",
        "title": "Person-level lists",
        "batch": "lists",
        "due_at": datetime(2026, 11, 24, 12, tzinfo=UTC),
        "at_time": time(12),
        "is_rule_confirmed": True,
    }
    return DeadlineFact(**(wanted | fields))


def make_visit(**fields):
    wanted = {
        "title": "Full inspection",
        "url": "/visit/",
        "letter_url": "/letter/",
        "tasks_url": "/tasks/",
        "days_url": "/days/",
        "is_rehearsal": False,
        "is_letter_done": True,
        "open_lines": 0,
        "open_tasks": 0,
        "called_at": AT,
    }
    return VisitFact(**(wanted | fields))


def make_facts(**fields):
    """A clock with nothing to find."""
    wanted = {
        "at": AT,
        "today": AT.date(),
        "days": DAYS,
        "deadlines": (make_deadline(),),
        "calendar": CALENDAR,
        "call": next_possible_call(AT.date(), CALENDAR),
        "visit": make_visit(),
        "framework": FrameworkFact(name="Rulebook", confirmed_on=date(2026, 11, 1)),
    }
    return ClockFacts(**(wanted | fields))


def find(facts):
    return {(finding.code, type(finding)) for finding in run(CHECKS, facts)}


def test_clock_in_order_finds_nothing():
    assert find(make_facts()) == set()


@pytest.mark.parametrize(
    ("fields", "code", "kind"),
    [
        pytest.param({"framework": None, "deadlines": ()}, "clock-no-timetable", Blocker, id="no rulebook"),
        pytest.param(
            {"visit": None, "deadlines": ()}, "clock-no-timetable", Blocker, id="a rulebook without a timetable"
        ),
        pytest.param(
            {"deadlines": (make_deadline(batch=""),), "at": AT + timedelta(days=2)},
            "clock-overdue",
            Gap,
            id="a meeting has passed",
        ),
        pytest.param(
            {"visit": make_visit(is_letter_done=False, open_lines=3)}, "clock-letter-open", Gap, id="the letter is open"
        ),
        pytest.param(
            {"visit": make_visit(open_tasks=2, called_at=AT - timedelta(hours=2))},
            "clock-first-hour",
            Gap,
            id="tasks are left after the first hour",
        ),
        pytest.param(
            {"deadlines": (make_deadline(due_at=datetime(2026, 12, 5, 12, tzinfo=UTC)),)},
            "clock-day-off",
            Gap,
            id="due on a Saturday",
        ),
        pytest.param(
            {"deadlines": (make_deadline(due_at=datetime(2026, 12, 25, 12, tzinfo=UTC)),)},
            "clock-day-off",
            Gap,
            id="due on Christmas Day",
        ),
        pytest.param(
            {"deadlines": (make_deadline(others=(Reading(date(2026, 11, 25), "Why."),)),)},
            "clock-two-readings",
            Note,
            id="two days are possible",
        ),
        pytest.param({"days": OVER_A_BANK_HOLIDAY}, "clock-bank-holiday", Note, id="a bank holiday in week 2"),
        pytest.param({"calendar": make_calendar(())}, "clock-term-dates", Gap, id="no term dates at all"),
        pytest.param({"calendar": make_calendar()}, "clock-term-dates", Gap, id="term dates for a month only"),
        pytest.param(
            {"framework": FrameworkFact(name="Rulebook", confirmed_on=None)},
            "clock-rulebook-unchecked",
            Gap,
            id="a rulebook nobody checked",
        ),
        pytest.param(
            {"framework": FrameworkFact(name="Rulebook", confirmed_on=date(2025, 11, 1))},
            "clock-rulebook-unchecked",
            Gap,
            id="a rulebook checked a year ago",
        ),
        pytest.param(
            {
                "framework": FrameworkFact(
                    name="Rulebook", confirmed_on=date(2026, 11, 1), in_force_to=date(2026, 12, 1)
                )
            },
            "clock-rulebook-ended",
            Gap,
            id="a rulebook that ends before the visit",
        ),
        pytest.param(
            {"visit": make_visit(follows_current_framework=False)},
            "clock-rulebook-ended",
            Note,
            id="a visit by the rulebook before",
        ),
        pytest.param(
            {"deadlines": (make_deadline(is_rule_confirmed=False),)}, "clock-defaults", Gap, id="a default in a visit"
        ),
        pytest.param(
            {"deadlines": (make_deadline(is_rule_confirmed=False),), "visit": None},
            "clock-defaults",
            Note,
            id="a default without a visit",
        ),
        pytest.param(
            {"today": date(2027, 2, 1), "deadlines": (), "calendar": CALENDAR},
            "clock-draft-day",
            Gap,
            id="no draft day",
        ),
        pytest.param({"visit": make_visit(is_rehearsal=True)}, "clock-rehearsal", Note, id="a rehearsal"),
    ],
)
def test_clock_check_finds_what_is_wrong(fields, code, kind):
    assert (code, kind) in find(make_facts(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"at": AT + timedelta(days=2)}, id="what is handed over is checked with the packs"),
        pytest.param({"deadlines": (make_deadline(batch="", met_at=AT),), "at": AT + timedelta(days=2)}, id="met"),
        pytest.param({"deadlines": (make_deadline(is_rule_confirmed=False, is_confirmed=True),)}, id="in the letter"),
        pytest.param(
            {"deadlines": (make_deadline(others=(Reading(date(2026, 11, 25), "Why."),), is_confirmed=True),)},
            id="the letter decided between two days",
        ),
        pytest.param({"visit": make_visit(open_tasks=2)}, id="the first hour runs"),
        pytest.param({"visit": None, "at": AT + timedelta(days=2)}, id="nothing is overdue without a visit"),
    ],
)
def test_clock_check_keeps_quiet(fields):
    assert find(make_facts(**fields)) == set()


def test_clock_checks_have_codes_of_their_own():
    codes = [check.code for check in CHECKS]

    assert len(codes) == len(set(codes)) == 13
