"""Who may read, report on and change actions."""

from django.db.models import Q, QuerySet

from accounts.domain.roles import ROLE_PERMISSIONS, Permission, Role
from accounts.models import RoleAssignment, User
from accounts.permissions import NotAllowed, check_permission
from strategy.domain.status import NEEDS_IMPACT, ActionState
from strategy.models import Action

READERS = (Permission.READ_STRATEGY, Permission.UPDATE_OWN_ACTIONS)
REPORTERS = (Permission.EDIT_STRATEGY, Permission.UPDATE_OWN_ACTIONS)


def actions_of(user: User) -> QuerySet[Action]:
    """The actions that a person may open: fetching is authorising. A partner sees those that it leads."""
    permissions = user.permissions
    if Permission.READ_STRATEGY in permissions:
        return Action.objects.all()
    if Permission.UPDATE_OWN_ACTIONS in permissions:
        return Action.objects.filter(lead=user)
    return Action.objects.none()


def check_can_report(user: User, action: Action) -> None:
    """Raises NotAllowed unless the person may say how the action goes and attach evidence."""
    check_standing(action)
    if Permission.EDIT_STRATEGY in user.permissions:
        return
    check_permission(user, Permission.UPDATE_OWN_ACTIONS)
    if action.lead_id != user.pk:
        raise NotAllowed("Only who leads the action, the LANO or the SEND team can report on it.")


def check_can_edit_action(user: User, action: Action) -> None:
    """Raises NotAllowed unless the person may change what the action is, who leads it and when it is due."""
    check_permission(user, Permission.EDIT_STRATEGY)
    check_standing(action)


def check_can_override(user: User, action: Action, state: ActionState, *, has_impact: bool) -> None:
    """Raises NotAllowed unless the person may set this state by hand."""
    check_can_edit_action(user, action)
    if state is ActionState.COMPLETED and not has_impact:
        raise NotAllowed(NEEDS_IMPACT)


def check_standing(action: Action) -> None:
    if action.archived_at is not None:
        raise NotAllowed("This action is in the archive. Take it out again first.")


def possible_leads() -> QuerySet[User]:
    """Active people whose role lets them report on an action that they lead."""
    roles = [
        role.value
        for role in Role
        if {Permission.UPDATE_OWN_ACTIONS, Permission.EDIT_STRATEGY} & ROLE_PERMISSIONS[role]
    ]
    holders = RoleAssignment.objects.today().filter(role__in=roles).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("name")


def unowned() -> Q:
    """Actions that nobody leads, or whose lead has left."""
    return Q(lead_name="") & (Q(lead__isnull=True) | Q(lead__is_active=False))
