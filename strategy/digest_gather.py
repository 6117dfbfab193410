"""Who gets which digest: leads their own actions, the LANO and the SEND team all of them. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.domain.roles import Permission, roles_with
from accounts.models import RoleAssignment, User
from strategy.action_gather import ActionLine, action_lines
from strategy.domain.digest import Digest, DigestLine, is_due
from strategy.domain.status import ActionState
from strategy.models import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A digest and who gets it. `has_all`: about every action, not only their own."""

    user: User
    digest: Digest
    has_all: bool


def digests_on(day: date) -> tuple[Addressed, ...]:
    """The digests that say something, on a day. An action in no plan that has neither lead nor date is not told of:
    it waits in the strategy until somebody plans it."""
    lines = [
        line
        for line in action_lines(Action.objects.filter(archived_at=None), day)
        if line.status.state is not ActionState.COMPLETED
    ]
    editors = _holders(Permission.EDIT_STRATEGY, day)
    reporters = {user.pk for user in _holders(Permission.UPDATE_OWN_ACTIONS, day)}
    everything = _digest(lines, day)
    found = [Addressed(user=user, digest=everything, has_all=True) for user in editors]
    led: dict[int, list[ActionLine]] = {}
    leads: dict[int, User] = {}
    for line in lines:
        lead = line.action.lead
        if lead and lead.pk in reporters and lead not in editors:
            led.setdefault(lead.pk, []).append(line)
            leads[lead.pk] = lead
    found += [Addressed(user=leads[key], digest=_digest(own, day), has_all=False) for key, own in sorted(led.items())]
    return tuple(each for each in found if not each.digest.is_empty)


def _holders(permission: Permission, day: date) -> tuple[User, ...]:
    """Active people with a role in force on the day that has the permission."""
    roles = [role.value for role in roles_with(permission)]
    holders = RoleAssignment.objects.in_force(day).filter(role__in=roles).values("user")
    return tuple(User.objects.filter(pk__in=holders, is_active=True).order_by("name"))


def _digest(lines: Iterable[ActionLine], day: date) -> Digest:
    rows = list(lines)
    due = [_line(line.action) for line in rows if is_due(line.action.due_on, day)]
    due += [
        DigestLine(text=f"{milestone.title}: {line.action}", due_on=milestone.due_on, lead=line.action.lead_words)
        for line in rows
        for milestone in line.action.milestones.all()
        if milestone.reached_on is None and is_due(milestone.due_on, day)
    ]
    overdue = [_line(line.action) for line in rows if line.status.is_overdue]
    unowned = [_line(line.action) for line in rows if line.action.is_unowned and line.action.memberships.all()]
    return Digest(due=_by_day(due), overdue=_by_day(overdue), unowned=_by_day(unowned))


def _line(action: Action) -> DigestLine:
    return DigestLine(text=action.text, due_on=action.due_on, lead="" if action.is_unowned else action.lead_words)


def _by_day(lines: list[DigestLine]) -> tuple[DigestLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.due_on or date.max, line.text)))
