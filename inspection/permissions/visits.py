"""Who may run a visit, and what its state allows."""

from datetime import datetime, timedelta

from accounts.domain.roles import ROLE_NAMES, Permission, Role
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from inspection.domain.states import STATE_NAMES, VisitState, VisitStep, can_step
from inspection.models import Deadline, Inspection, VisitTask

# A withdrawal can be taken back for so long.
RESTORE_WITHIN = timedelta(days=1)


def check_can_run(user: User | None) -> None:
    """May start, change or withdraw a visit. None is a command on the server, whose operator may."""
    if user is not None:
        check_permission(user, Permission.RUN_CLOCK)


def check_can_change(user: User | None, visit: Inspection) -> None:
    check_can_run(user)
    if not visit.is_open:
        state = STATE_NAMES[VisitState(visit.state)].lower()
        raise NotAllowed(f"This visit is {state}: nothing in it can be changed.")


def check_can_step(user: User | None, visit: Inspection, step: VisitStep, at: datetime) -> None:
    check_can_run(user)
    state = VisitState(visit.state)
    if not can_step(state, step):
        raise NotAllowed(f"This visit is {STATE_NAMES[state].lower()}: you cannot {step.value}.")
    if step is VisitStep.RESTORE and at - visit.state_changed_at > RESTORE_WITHIN:
        raise NotAllowed("A withdrawal can be taken back for one day. Start the visit again instead.")


def can_step_now(user: User, visit: Inspection, step: VisitStep, at: datetime) -> bool:
    try:
        check_can_step(user, visit, step, at)
    except NotAllowed:
        return False
    return True


def _check_owns(user: User, role: Role, people: frozenset[int | None], what: str) -> None:
    if Permission.RUN_CLOCK in user.permissions:
        return
    if Permission.READ_ITEMS in user.permissions and (user.pk in people or role in user.roles):
        return
    raise NotAllowed(f"Only the {ROLE_NAMES[Role.LANO]} and whoever owns it ({ROLE_NAMES[role]}) may mark {what}.")


def check_can_meet(user: User, deadline: Deadline) -> None:
    """May say that a deadline was met: who runs the visit, and who owns the deadline."""
    if not deadline.inspection.is_open:
        check_can_change(user, deadline.inspection)
    _check_owns(user, Role(deadline.owner_role), frozenset({deadline.person_id, deadline.deputy_id}), "this deadline")


def check_can_tick(user: User, task: VisitTask) -> None:
    if not task.inspection.is_open:
        check_can_change(user, task.inspection)
    _check_owns(user, Role(task.owner_role), frozenset(), "this task")


def can_meet(user: User, deadline: Deadline) -> bool:
    try:
        check_can_meet(user, deadline)
    except NotAllowed:
        return False
    return True


def can_tick(user: User, task: VisitTask) -> bool:
    try:
        check_can_tick(user, task)
    except NotAllowed:
        return False
    return True


def can_change(user: User, visit: Inspection) -> bool:
    return visit.is_open and Permission.RUN_CLOCK in user.permissions
