"""A visit as values: its deadlines with their owners, or the deadlines that a call would bring."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.domain.roles import Role
from framework import gather as rulebook
from framework.models import Framework, TimetableRule
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import Anchor, Reading, Rule, VisitDays, compute_deadlines
from inspection.domain.deadlines import DeadlineFact, fact_of_due, local_day
from inspection.domain.owners import People, day_of_answering, find_owner
from inspection.domain.possible_calls import PossibleCall, next_possible_call
from inspection.gather.calendar import gather_calendar
from inspection.gather.people import gather_people
from inspection.models import Deadline, Inspection, VisitKind


def rule_of(row: TimetableRule) -> Rule:
    return Rule(
        code=row.code,
        title=row.title,
        anchor=Anchor(row.anchor),
        offset=row.offset_working_days,
        ends_offset=row.ends_offset_working_days,
        at_time=row.at_time,
        ends_at_time=row.ends_at_time,
        owner_role=Role(row.owner_role),
        basis=row.basis,
        is_confirmed=row.is_confirmed,
        batch=row.batch,
        order=row.order,
    )


def fact_of_deadline(row: Deadline, people: People, today: date) -> DeadlineFact:
    """Reads `met_by`: select it too."""
    first = day_of_answering(local_day(row.due_at) or today, today, is_over=row.met_at is not None)
    last = max(first, local_day(row.ends_at) or first)
    role = Role(row.owner_role)
    owner = find_owner(people, role, first, last, person_id=row.person_id, deputy_id=row.deputy_id)
    return DeadlineFact(
        id=row.pk,
        code=row.code,
        title=row.title,
        due_at=row.due_at,
        ends_at=row.ends_at,
        at_time=row.at_time,
        ends_at_time=row.ends_at_time,
        batch=row.batch,
        owner_role=role,
        owner=owner,
        basis=row.basis,
        counted_as=row.counted_as,
        others=tuple(Reading(date.fromisoformat(day), why) for day, why in row.other_readings),
        is_rule_confirmed=row.is_rule_confirmed,
        is_confirmed=row.is_confirmed,
        is_dropped=row.is_dropped,
        is_added=row.is_added,
        is_own_date=row.is_own_date,
        met_at=row.met_at,
        met_by=row.met_by.name if row.met_by else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockNow:
    """What the clock says at a moment.

    While a visit runs (`visit`), `deadlines` are its own, dropped ones left out; else they are those that the next
    possible call would bring. `days` are the days of one or the other.
    """

    at: datetime
    today: date
    visit: Inspection | None
    call: PossibleCall
    days: VisitDays
    deadlines: tuple[DeadlineFact, ...]
    calendar: WorkingCalendar
    people: People
    framework: Framework | None


def gather_clock(at: datetime, *, only: VisitKind | None = None) -> ClockNow:
    """The clock at a moment, in seven queries whether or not a visit runs (a real one comes before a rehearsal).

    `only`: as if no visit of another kind ran.
    """
    today = timezone.localdate(at)
    calendar = gather_calendar(today)
    visits = Inspection.objects.open().filter(kind=only) if only else Inspection.objects.open()
    visit = visits.select_related("framework").first()
    people = gather_people(min(today, visit.notified_on) if visit else today)
    framework = rulebook.current_framework()
    call = next_possible_call(today, calendar)
    if visit is not None:
        rows = Deadline.objects.filter(inspection=visit).select_related("met_by")
        facts = tuple(fact for row in rows if not (fact := fact_of_deadline(row, people, today)).is_dropped)
        days = visit.days
    else:
        days = VisitDays(
            notified_on=call.call_on, on_site_on=call.on_site_on, last_day_on=calendar.shift(call.on_site_on, 4)
        )
        rules = [rule_of(row) for row in rulebook.timetable_rules(framework)] if framework else []
        facts = compute_facts(rules, days, calendar, people, today)
    return ClockNow(
        at=at,
        today=today,
        visit=visit,
        call=call,
        days=days,
        deadlines=facts,
        calendar=calendar,
        people=people,
        framework=framework,
    )


def compute_facts(
    rules: list[Rule], days: VisitDays, calendar: WorkingCalendar, people: People, today: date
) -> tuple[DeadlineFact, ...]:
    """The deadlines that the rules give for these days, with whoever would own each."""
    facts = []
    for due in compute_deadlines(rules, days, calendar):
        first = day_of_answering(due.due_on or today, today, is_over=False)
        last = max(first, local_day(due.ends_at) or first)
        owner = find_owner(people, due.rule.owner_role, first, last)
        facts.append(fact_of_due(due, owner))
    return tuple(facts)


def running_visit(kind: str, is_rehearsal: bool) -> Inspection | None:
    """The full inspection that stands in the way of another one; other kinds may run side by side."""
    if kind != VisitKind.FULL:
        return None
    return Inspection.objects.open().filter(kind=VisitKind.FULL, is_rehearsal=is_rehearsal).first()


def gather_visits(at: datetime) -> tuple[list[Inspection], PossibleCall]:
    """Every visit, the open ones first, and the next call that could come. Two queries."""
    today = timezone.localdate(at)
    visits = sorted(Inspection.objects.all(), key=lambda visit: (not visit.is_open, visit.is_rehearsal))
    return visits, next_possible_call(today, gather_calendar(today))
