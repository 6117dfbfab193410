"""What a call would bring, before anything is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.domain.findings import Finding
from framework import gather as rulebook
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.call_warnings import find_warnings
from inspection.domain.clock import Reading, VisitDays, settle_days
from inspection.domain.deadlines import DeadlineFact
from inspection.gather.calendar import gather_calendar
from inspection.gather.people import gather_people
from inspection.gather.visits import compute_facts, rule_of, running_visit
from inspection.models import Inspection, VisitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The days of a visit that could be started, its deadlines and what is odd about them.

    `running` is the full inspection that stands in its way.
    """

    days: VisitDays
    basis: str
    others: tuple[Reading, ...]
    deadlines: tuple[DeadlineFact, ...]
    warnings: tuple[Finding, ...]
    calendar: WorkingCalendar
    running: Inspection | None
    is_ahead_of_call: bool = False


def preview_visit(
    *,
    at: datetime,
    notified_on: date | None,
    on_site_on: date | None,
    kind: str = VisitKind.FULL,
    is_rehearsal: bool = False,
    takes_any_weekday: bool = False,
    fix_url: str = "",
) -> Preview:
    """The same days and deadlines that `start_visit` would store. Raises WrongDays. Seven queries."""
    today = timezone.localdate(at)
    calendar = gather_calendar(today)
    is_full = kind == VisitKind.FULL
    proposal = settle_days(
        notified_on=notified_on,
        on_site_on=on_site_on,
        today=today,
        calendar=calendar,
        takes_any_weekday=takes_any_weekday or not is_full,
    )
    people = gather_people(min(today, proposal.days.notified_on))
    framework = rulebook.current_framework()
    rows = rulebook.timetable_rules(framework) if framework and is_full else ()
    return Preview(
        days=proposal.days,
        basis=proposal.basis,
        others=proposal.others,
        deadlines=compute_facts([rule_of(row) for row in rows], proposal.days, calendar, people, today),
        warnings=find_warnings(
            proposal.days,
            today=today,
            calendar=calendar,
            is_full=is_full,
            is_rehearsal=is_rehearsal,
            fix_url=fix_url,
        ),
        calendar=calendar,
        running=running_visit(kind, is_rehearsal),
        is_ahead_of_call=proposal.days.notified_on > today and not is_rehearsal,
    )
