"""The facts for the checks over the clock and over people."""

from django.db.models import Count, Q

from accounts.models import LocalArea
from inspection.domain.readiness.clock import ClockFacts, FrameworkFact, VisitFact
from inspection.domain.readiness.people import PeopleFacts
from inspection.gather.visits import ClockNow
from inspection.models import Deadline, Inspection, LetterStanding, VisitItem, VisitTask
from inspection.presenters.addresses import address


def clock_facts(clock: ClockNow) -> ClockFacts:
    """Three queries while a visit runs, else none."""
    framework = clock.framework
    return ClockFacts(
        at=clock.at,
        today=clock.today,
        days=clock.days,
        deadlines=clock.deadlines,
        calendar=clock.calendar,
        call=clock.call,
        visit=_visit(clock.visit, clock) if clock.visit else None,
        framework=FrameworkFact(
            name=framework.name, confirmed_on=framework.confirmed_on, in_force_to=framework.in_force_to
        )
        if framework
        else None,
        framework_url=address("admin:framework_framework_changelist"),
        timetable_url=address("admin:framework_timetablerule_changelist"),
        term_dates_url=address("admin:accounts_schoolholiday_changelist"),
    )


def _visit(visit: Inspection, clock: ClockNow) -> VisitFact:
    is_open = Q(standing=LetterStanding.OPEN)
    items = VisitItem.objects.filter(is_open, inspection=visit).aggregate(open=Count("pk"))["open"]
    deadlines = Deadline.objects.filter(is_open, inspection=visit).aggregate(open=Count("pk"))["open"]
    tasks = VisitTask.objects.filter(inspection=visit, done_at=None).count()
    current = clock.framework
    return VisitFact(
        title=visit.title,
        url=visit.get_absolute_url(),
        letter_url=address("inspection:letter-edit", args=[visit.pk]),
        tasks_url=address("inspection:task-list", args=[visit.pk]),
        days_url=address("inspection:visit-correct", args=[visit.pk]),
        is_rehearsal=visit.is_rehearsal,
        is_letter_done=visit.letter_done_at is not None,
        open_lines=items + deadlines,
        open_tasks=tasks,
        called_at=visit.called_at,
        follows_current_framework=current is None or visit.framework_id in (None, current.pk),
    )


def people_facts(clock: ClockNow) -> PeopleFacts:
    """One query."""
    area = LocalArea.objects.only("safeguarding_lead_id").first()
    return PeopleFacts(
        today=clock.today,
        days=clock.days,
        deadlines=clock.deadlines,
        people=clock.people,
        is_live=clock.visit is not None and not clock.visit.is_rehearsal,
        has_safeguarding_lead=bool(area and area.safeguarding_lead_id),
        people_url=address("accounts:person-list"),
        visit_url=clock.visit.get_absolute_url() if clock.visit else "",
        settings_url=address("sendready:area-edit", "accounts:area-edit", "admin:accounts_localarea_changelist"),
    )
