"""Checks over the clock: the rulebook and the term dates it counts with, the letter, the deadlines of a visit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.calendar import SATURDAY, WorkingCalendar
from inspection.domain.clock import VisitDays, say
from inspection.domain.deadlines import DeadlineFact, DeadlineState
from inspection.domain.possible_calls import PossibleCall
from inspection.domain.readiness.table import Check

# How far ahead the term dates have to be known, and how old a check of the rulebook may be.
TERM_DATES_AHEAD = timedelta(weeks=6)
RULEBOOK_CHECKED_WITHIN = timedelta(days=365)
# The longest that a report of 94 took to come out after the last day, with the draft before it (DOMAIN 4).
DRAFT_EXPECTED_WITHIN = 30
FIRST_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact:
    """The visit that runs. `called_at` is when the clock was started here."""

    title: str
    url: str
    letter_url: str
    tasks_url: str
    days_url: str
    is_rehearsal: bool
    is_letter_done: bool
    open_lines: int
    open_tasks: int
    called_at: datetime
    follows_current_framework: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFact:
    name: str
    confirmed_on: date | None
    in_force_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What the clock says now. Without a visit, days and deadlines are those of the next call that could come."""

    at: datetime
    today: date
    days: VisitDays
    deadlines: tuple[DeadlineFact, ...]
    calendar: WorkingCalendar
    call: PossibleCall
    visit: VisitFact | None = None
    framework: FrameworkFact | None = None
    framework_url: str = ""
    timetable_url: str = ""
    term_dates_url: str = ""


def threatened(fact: DeadlineFact) -> str:
    """Where on the page a finding about this deadline stands."""
    return fact.batch or (fact.code if fact.code in ("call", "on-site") else "")


def _names(facts: Iterable[DeadlineFact]) -> str:
    return ", ".join(fact.title for fact in facts)


def no_timetable(facts: ClockFacts) -> Iterator[Finding]:
    if facts.framework is None or (not facts.deadlines and facts.visit is None):
        yield Blocker(
            code="clock-no-timetable",
            sentence="No timetable is loaded, so no deadline can be counted: load a rulebook.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.framework_url,
            fix_label="Rulebooks",
            threatens="call",
        )


def rulebook_unchecked(facts: ClockFacts) -> Iterator[Finding]:
    framework = facts.framework
    if framework is None:
        return
    if framework.confirmed_on is None:
        words = f"“{framework.name}” was never checked against what is published."
    elif facts.today - framework.confirmed_on > RULEBOOK_CHECKED_WITHIN:
        words = f"“{framework.name}” was last checked on {say(framework.confirmed_on)}, more than a year ago."
    else:
        return
    yield Gap(
        code="clock-rulebook-unchecked",
        sentence=words,
        owner_role=Role.ADMINISTRATOR,
        fix_url=facts.framework_url,
        fix_label="Check it",
    )


def rulebook_ended(facts: ClockFacts) -> Iterator[Finding]:
    framework = facts.framework
    if framework and framework.in_force_to and framework.in_force_to < facts.days.on_site_on:
        yield Gap(
            code="clock-rulebook-ended",
            sentence=f"“{framework.name}” ends on {say(framework.in_force_to)}, before inspectors would be on site.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.framework_url,
            fix_label="Load the next",
        )
    if facts.visit and not facts.visit.follows_current_framework:
        yield Note(
            code="clock-rulebook-ended",
            sentence="The visit that runs follows an earlier rulebook than the current one.",
            owner_role=Role.LANO,
            fix_url=facts.visit.letter_url,
            fix_label="Letter",
        )


def defaults_unconfirmed(facts: ClockFacts) -> Iterator[Finding]:
    unsure = [fact for fact in facts.deadlines if not (fact.is_confirmed or fact.is_rule_confirmed or fact.met_at)]
    if not unsure:
        return
    if facts.visit:
        yield Gap(
            code="clock-defaults",
            sentence=f"Our own defaults, not yet confirmed by the letter: {_names(unsure)}.",
            owner_role=Role.LANO,
            fix_url=facts.visit.letter_url,
            fix_label="Letter",
        )
    else:
        yield Note(
            code="clock-defaults",
            sentence=f"Our own defaults, not in anything published that we could read: {_names(unsure)}.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.timetable_url,
            fix_label="Timetable",
        )


def term_dates_short(facts: ClockFacts) -> Iterator[Finding]:
    reach = facts.calendar.term_dates_reach
    wanted = facts.today + TERM_DATES_AHEAD
    if reach is not None and reach >= wanted:
        return
    words = "No term dates are entered" if reach is None else f"The school holidays are entered up to {say(reach)} only"
    yield Gap(
        code="clock-term-dates",
        sentence=f"{words}: nobody can tell which of the next six weeks could hold a visit.",
        owner_role=Role.ADMINISTRATOR,
        fix_url=facts.term_dates_url,
        fix_label="Enter them",
        threatens="call",
    )


def bank_holiday_shift(facts: ClockFacts) -> Iterator[Finding]:
    skipped = facts.calendar.bank_holidays_between(facts.days.notified_on, facts.days.on_site_on)
    if skipped:
        names = " and ".join(f"{name} ({day:%-d %B})" for day, name in skipped)
        would = "came" if facts.visit else "would come"
        yield Note(
            code="clock-bank-holiday",
            sentence=f"{names} lies in week 1 or 2, so the call {would} on {say(facts.days.notified_on)} and deadlines "
            "fall on other weekdays than usual.",
            owner_role=Role.LANO,
            fix_url=facts.visit.days_url if facts.visit else "",
            fix_label="Days",
            threatens="call",
        )


def letter_open(facts: ClockFacts) -> Iterator[Finding]:
    visit = facts.visit
    if visit is None or visit.is_letter_done:
        return
    lines = f"{visit.open_lines} lines are not looked at" if visit.open_lines else "every line is looked at: finish it"
    yield Gap(
        code="clock-letter-open",
        sentence=f"The notification letter is not worked through: {lines}.",
        owner_role=Role.LANO,
        fix_url=visit.letter_url,
        fix_label="Letter",
        threatens="call",
    )


def first_hour_open(facts: ClockFacts) -> Iterator[Finding]:
    visit = facts.visit
    if visit and visit.open_tasks and facts.at - visit.called_at > FIRST_HOUR:
        tasks = "1 task" if visit.open_tasks == 1 else f"{visit.open_tasks} tasks"
        yield Gap(
            code="clock-first-hour",
            sentence=f"The first hour is over and {tasks} of its list are still to do.",
            owner_role=Role.LANO,
            fix_url=visit.tasks_url,
            fix_label="First hour",
            threatens="call",
        )


def overdue(facts: ClockFacts) -> Iterator[Finding]:
    """What is handed over in week 1 is the packs' business: there a delivery is on record, or it isn't."""
    if facts.visit is None:
        return
    passed = [fact for fact in facts.deadlines if fact.state(facts.at) is DeadlineState.PASSED]
    if passed:
        yield Gap(
            code="clock-overdue",
            sentence=f"Gone by, and nobody marked them as met: {_names(passed)}.",
            owner_role=Role.LANO,
            fix_url=facts.visit.url,
            fix_label="Visit",
        )


def on_a_day_off(facts: ClockFacts) -> Iterator[Finding]:
    for fact in facts.deadlines:
        day = fact.day
        if day is None or fact.met_at:
            continue
        holiday = facts.calendar.bank_holiday_on(day)
        if day.weekday() >= SATURDAY or holiday:
            why = f"a bank holiday ({holiday})" if holiday else "on a weekend"
            yield Gap(
                code="clock-day-off",
                sentence=f"{fact.title}: {say(day)} is {why}. Check the letter.",
                owner_role=Role.LANO,
                fix_url=facts.visit.letter_url if facts.visit else facts.timetable_url,
                fix_label="Letter" if facts.visit else "Timetable",
                threatens=threatened(fact),
            )


def two_readings(facts: ClockFacts) -> Iterator[Finding]:
    """Only what is handed over: for a meeting, the invitation says the day."""
    for fact in facts.deadlines:
        if fact.batch and fact.others and fact.day and not (fact.is_confirmed or fact.met_at):
            others = " or ".join(say(other.day) for other in fact.others)
            yield Note(
                code="clock-two-readings",
                sentence=f"{fact.title}: kept for {say(fact.day)}, could also mean {others}. The letter decides.",
                owner_role=Role.LANO,
                fix_url=facts.visit.letter_url if facts.visit else "",
                fix_label="Letter",
                threatens=fact.batch,
            )


def rehearsal_runs(facts: ClockFacts) -> Iterator[Finding]:
    if facts.visit and facts.visit.is_rehearsal:
        yield Note(
            code="clock-rehearsal",
            sentence="A rehearsal runs: nobody has called. Close it when it is over.",
            owner_role=Role.LANO,
            fix_url=facts.visit.url,
            fix_label="Rehearsal",
            threatens="call",
        )


def draft_day_missing(facts: ClockFacts) -> Iterator[Finding]:
    """The days after the visit count from the draft report: without its day they all stand still."""
    if facts.visit is None or facts.days.draft_on or facts.days.published_on:
        return
    if facts.calendar.shift(facts.days.last_day_on, DRAFT_EXPECTED_WITHIN) < facts.today:
        yield Gap(
            code="clock-draft-day",
            sentence=f"The visit ended on {say(facts.days.last_day_on)} and no draft report is entered: "
            "what follows it has no day.",
            owner_role=Role.LANO,
            fix_url=facts.visit.days_url,
            fix_label="Enter its day",
        )


CHECKS: tuple[Check[ClockFacts], ...] = (
    Check(
        code="clock-no-timetable",
        title="No timetable",
        basis="Every deadline is counted from the rulebook.",
        find=no_timetable,
    ),
    Check(
        code="clock-overdue",
        title="Deadlines gone by",
        basis="What nobody marks as met may not have happened.",
        find=overdue,
    ),
    Check(
        code="clock-letter-open",
        title="The notification letter",
        basis="The letter, not the rulebook, says what is asked for and when.",
        find=letter_open,
    ),
    Check(
        code="clock-first-hour",
        title="The first hour",
        basis="People, rooms and leave are settled before the first call back.",
        find=first_hour_open,
    ),
    Check(
        code="clock-day-off",
        title="Deadlines on days off",
        basis="Nobody hands over or meets on a weekend or a bank holiday.",
        find=on_a_day_off,
    ),
    Check(
        code="clock-two-readings",
        title="Deadlines that can mean two days",
        basis="A call in the week before shifts weekdays; the earlier or counted day is kept until the letter says so.",
        find=two_readings,
    ),
    Check(
        code="clock-bank-holiday",
        title="A bank holiday in between",
        basis="With a bank holiday in week 1 or 2 the call may come in the week before.",
        find=bank_holiday_shift,
    ),
    Check(
        code="clock-term-dates",
        title="Term dates",
        basis="School holidays block the weeks that can hold a visit.",
        find=term_dates_short,
    ),
    Check(
        code="clock-rulebook-unchecked",
        title="A rulebook nobody checked lately",
        basis="The publishers change it; a row is only as good as its last check.",
        find=rulebook_unchecked,
    ),
    Check(
        code="clock-rulebook-ended",
        title="An older rulebook",
        basis="A visit follows the rulebook in force.",
        find=rulebook_ended,
    ),
    Check(
        code="clock-defaults",
        title="Deadlines that are only defaults",
        basis="A default is our own guess until somebody confirms it.",
        find=defaults_unconfirmed,
    ),
    Check(
        code="clock-draft-day",
        title="The draft report",
        basis="Factual accuracy, publication and the plans that follow count from it.",
        find=draft_day_missing,
    ),
    Check(
        code="clock-rehearsal",
        title="A rehearsal",
        basis="Nobody may take a rehearsal for a visit.",
        find=rehearsal_runs,
    ),
)
