"""The first-hour list in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.domain.findings import Finding, Gap
from accounts.domain.roles import ROLE_NAMES, Role
from inspection.domain.owners import Owner, People, day_of_answering, find_owner
from inspection.models import VisitTask
from inspection.presenters.deadlines import owner_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    task: VisitTask
    role_name: str
    owner: str
    can_tick: bool


def task_rows(
    tasks: Iterable[VisitTask], people: People, today: date, *, can_tick: Callable[[VisitTask], bool]
) -> tuple[TaskRow, ...]:
    return tuple(
        TaskRow(
            task=task,
            role_name=ROLE_NAMES[Role(task.owner_role)],
            owner=owner_words(_owner(task, people, today)),
            can_tick=can_tick(task),
        )
        for task in tasks
    )


def _owner(task: VisitTask, people: People, today: date) -> Owner:
    day = day_of_answering(task.inspection.notified_on, today, is_over=task.done_at is not None)
    return find_owner(people, Role(task.owner_role), day, day)


def away_findings(tasks: Iterable[VisitTask], people: People, today: date) -> tuple[Finding, ...]:
    """Whose tasks nobody can do on the day (today, once it has gone by): an empty role, or a holder on leave alone."""
    found: dict[Role, Finding] = {}
    for task in tasks:
        role, owner = Role(task.owner_role), _owner(task, people, today)
        if task.done_at or role in found or owner.is_covered:
            continue
        words = f"{owner.person} is on leave and nobody stands in" if owner.person else "nobody holds this role"
        when = "today" if task.inspection.notified_on < today else "on the day of the call"
        found[role] = Gap(
            code="first-hour-owner-away",
            sentence=f"{ROLE_NAMES[role]}: {words} {when}. Tell somebody else, or name a deputy.",
            owner_role=Role.LANO,
            fix_url=reverse("inspection:task-list", args=[task.inspection_id]),
            fix_label="First-hour list",
            threatens="call",
        )
    return tuple(found.values())
