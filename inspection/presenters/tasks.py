"""The first-hour list in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.domain.findings import Finding, Gap
from accounts.domain.roles import ROLE_NAMES, Role
from inspection.domain.owners import Owner, People, find_owner
from inspection.models import VisitTask
from inspection.presenters.deadlines import owner_words


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    task: VisitTask
    role_name: str
    owner: str
    can_tick: bool


def task_rows(
    tasks: Iterable[VisitTask], people: People, *, can_tick: Callable[[VisitTask], bool]
) -> tuple[TaskRow, ...]:
    return tuple(
        TaskRow(
            task=task,
            role_name=ROLE_NAMES[Role(task.owner_role)],
            owner=owner_words(_owner(task, people)),
            can_tick=can_tick(task),
        )
        for task in tasks
    )


def _owner(task: VisitTask, people: People) -> Owner:
    day = task.inspection.notified_on
    return find_owner(people, Role(task.owner_role), day, day)


def away_findings(tasks: Iterable[VisitTask], people: People) -> tuple[Finding, ...]:
    """Whose tasks nobody can do on the day: the role is empty, or its holder is away and nobody stands in."""
    found: dict[Role, Finding] = {}
    for task in tasks:
        role, owner = Role(task.owner_role), _owner(task, people)
        if task.done_at or role in found or owner.is_covered:
            continue
        words = f"{owner.person} is on leave and nobody stands in" if owner.person else "nobody holds this role"
        found[role] = Gap(
            code="first-hour-owner-away",
            sentence=f"{ROLE_NAMES[role]}: {words} on the day of the call. Tell somebody else, or name a deputy.",
            owner_role=Role.LANO,
            fix_url=reverse("inspection:task-list", args=[task.inspection_id]),
            fix_label="First-hour list",
            threatens="call",
        )
    return tuple(found.values())
