"""Made-up visits."""

from datetime import UTC, date, datetime, time

from accounts.domain.roles import Role
from accounts.models import User
from framework.models import Anchor, FirstHourTask, Framework
from inspection.actions.visits import start_visit
from inspection.models import Deadline, Inspection, VisitItem
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule

CALL_ON = date(2026, 11, 23)
CALLED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def make_timetable(*, framework: Framework | None = None) -> Framework:
    """A small rulebook: six deadlines, three request items, two first-hour tasks."""
    framework = framework or make_framework()
    rules = [
        ("call", "The call", Anchor.NOTIFICATION, 0, None, Role.DIRECTOR, ""),
        ("lists", "Person-level lists", Anchor.NOTIFICATION, 1, time(12), Role.DATA_LEAD, "lists"),
        ("annex-a", "Annex A documents", Anchor.NOTIFICATION, 4, None, Role.LANO, "annex-a"),
        ("context", "Context presentation", Anchor.NOTIFICATION, 8, None, Role.DIRECTOR, ""),
        ("on-site", "Inspectors arrive on site", Anchor.ON_SITE, 0, time(10, 30), Role.LANO, ""),
        ("factual-accuracy", "Factual accuracy response", Anchor.DRAFT, 10, None, Role.LANO, ""),
    ]
    made = {
        code: make_timetable_rule(
            framework=framework,
            code=code,
            title=title,
            anchor=anchor,
            offset_working_days=offset,
            at_time=at_time,
            owner_role=role.value,
            batch=batch,
            order=order,
        )
        for order, (code, title, anchor, offset, at_time, role, batch) in enumerate(rules)
    }
    make_request_item(framework=framework, code="list-1", title="List 1", deadline=made["lists"])
    make_request_item(framework=framework, code="strategy", title="SEND strategy", deadline=made["annex-a"])
    make_request_item(framework=framework, code="self-evaluation", title="Self-evaluation", deadline=made["annex-a"])
    FirstHourTask.objects.create(
        framework=framework, code="ring", title="Ring the LANO", owner_role=Role.DIRECTOR.value, within_minutes=15
    )
    FirstHourTask.objects.create(
        framework=framework, code="extract", title="Take an extract", owner_role=Role.DATA_LEAD.value, order=1
    )
    return framework


def make_visit(
    *,
    by: User | None = None,
    at: datetime = CALLED_AT,
    notified_on: date = CALL_ON,
    on_site_on: date | None = None,
    is_rehearsal: bool = False,
    kind: str = "full",
    has_timetable: bool = True,
) -> Inspection:
    """A visit that was called on Monday 23 November 2026, on site from 7 December."""
    if has_timetable and not Framework.objects.exists():
        make_timetable()
    return start_visit(
        by=by,
        at=at,
        kind=kind,
        notified_on=notified_on,
        on_site_on=on_site_on,
        is_rehearsal=is_rehearsal,
        takes_future_call=True,
    )


def deadline_of(visit: Inspection, code: str) -> Deadline:
    return Deadline.objects.select_related("inspection").get(inspection=visit, code=code)


def item_of(visit: Inspection, code: str) -> VisitItem:
    return VisitItem.objects.select_related("inspection", "deadline").get(inspection=visit, code=code)
