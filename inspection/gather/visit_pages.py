"""What the pages of one visit show, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.domain.findings import Finding
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.call_warnings import find_warnings
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.owners import People
from inspection.gather.calendar import gather_calendar
from inspection.gather.people import gather_people
from inspection.gather.visits import fact_of_deadline
from inspection.models import Deadline, Inspection, LetterStanding, VisitChange, VisitItem, VisitKind, VisitTask


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """A visit with its deadlines (row and fact side by side) and what is left to do with the letter and the list."""

    visit: Inspection
    deadlines: tuple[tuple[Deadline, DeadlineFact], ...]
    warnings: tuple[Finding, ...]
    open_lines: int
    lines: int
    done_tasks: int
    tasks: int
    calendar: WorkingCalendar
    people: People


def visit_by_number(pk: int) -> QuerySet[Inspection]:
    return Inspection.objects.select_related("called_by", "framework").filter(pk=pk)


def gather_visit(visit: Inspection, at: datetime, *, fix_url: str = "") -> VisitPage:
    """Seven queries."""
    today = timezone.localdate(at)
    calendar = gather_calendar(today)
    people = gather_people(min(today, visit.notified_on))
    rows = list(Deadline.objects.filter(inspection=visit).select_related("met_by"))
    for row in rows:
        row.inspection = visit
    items = VisitItem.objects.filter(inspection=visit).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(standing=LetterStanding.OPEN))
    )
    tasks = VisitTask.objects.filter(inspection=visit).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False))
    )
    is_full = visit.kind == VisitKind.FULL
    return VisitPage(
        visit=visit,
        deadlines=tuple((row, fact_of_deadline(row, people, today)) for row in rows),
        warnings=find_warnings(visit.days, today=today, calendar=calendar, is_full=is_full, fix_url=fix_url),
        open_lines=items["open"] + sum(row.standing == LetterStanding.OPEN for row in rows),
        lines=items["all"] + len(rows),
        done_tasks=tasks["done"],
        tasks=tasks["all"],
        calendar=calendar,
        people=people,
    )


def gather_changes(**of: object) -> list[VisitChange]:
    """The history of one deadline or item, newest first."""
    return list(VisitChange.objects.filter(**of).select_related("by"))


def gather_tasks(visit: Inspection) -> list[VisitTask]:
    tasks = list(VisitTask.objects.filter(inspection=visit).select_related("done_by"))
    for task in tasks:
        task.inspection = visit
    return tasks
