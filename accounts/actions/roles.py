"""Giving, lending and ending roles."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.domain import people
from accounts.domain.roles import ROLE_NAMES, Permission, Role
from accounts.grants import day_in_words, end_after, forget_roles, grant, holdings
from accounts.models import Organisation, RoleAssignment, User
from accounts.permissions import NotAllowed, check_permission


def assign_role(
    *,
    by: User,
    at: datetime,
    user: User,
    role: Role,
    from_on: date,
    to_on: date | None = None,
    organisation: Organisation | None = None,
) -> RoleAssignment:
    """Gives a role for some days. Nobody gives a role to themselves."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    if user.pk == by.pk:
        raise NotAllowed("Nobody gives a role to themselves. Ask another administrator.")
    with transaction.atomic():
        return grant(by=by, at=at, user=user, role=role, from_on=from_on, to_on=to_on, organisation=organisation)


def name_deputy(
    *, by: User, at: datetime, holder: User, deputy: User, role: Role, from_on: date, to_on: date
) -> RoleAssignment:
    """Lets `deputy` stand in for `holder`, with the full right, for some days.

    An administrator may do it for anybody, and everybody for a role of their own. A deputy can't pass it on.
    """
    if by.pk != holder.pk:
        check_permission(by, Permission.MANAGE_PEOPLE)
    if deputy.pk == by.pk:
        raise NotAllowed("Nobody makes themselves a deputy. Ask the person who holds the role, or an administrator.")
    if deputy.pk == holder.pk:
        raise NotAllowed("A deputy is somebody else.")
    with transaction.atomic():
        own = RoleAssignment.objects.filter(user=holder, role=role.value, deputy_for__isnull=True)
        if not own.in_force(from_on).filter(pk__in=own.in_force(to_on).values("pk")).exists():
            raise NotAllowed(f"{holder.name} does not hold the role {ROLE_NAMES[role]} on all of these days.")
        return grant(by=by, at=at, user=deputy, role=role, from_on=from_on, to_on=to_on, deputy_for=holder)


def end_role(*, by: User, at: datetime, assignment: RoleAssignment, last_day: date) -> RoleAssignment:
    """Ends a role after `last_day`; deputies' days end with it. The last administrator and the last LANO stay."""
    holder_ends_deputy = assignment.deputy_for_id is not None and assignment.deputy_for_id == by.pk
    if not holder_ends_deputy:
        check_permission(by, Permission.MANAGE_PEOPLE)
    if last_day < timezone.localdate(at):
        raise NotAllowed("Enter today or a later day.")
    role = Role(assignment.role)
    with transaction.atomic():
        # Two people who end the last two at once must not both succeed.
        rows = RoleAssignment.objects.select_for_update().filter(role=role.value)
        assignment = rows.select_related("user").get(pk=assignment.pk)
        if assignment.to_on is not None and assignment.to_on < last_day:
            raise NotAllowed("This role ends earlier already.")
        if assignment.deputy_for_id is None:
            emptied = people.emptied_by_leaving(
                holdings(roles=frozenset({role})), user_id=assignment.user_id, roles=[role], last_day=last_day
            )
            if emptied:
                raise NotAllowed(people.emptied_sentence(emptied))
            lent = rows.filter(deputy_for=assignment.user)
            lent.filter(from_on__gt=last_day).delete()
            lent.in_force(last_day).update(to_on=last_day)
        end_after(assignment, last_day)
        forget_roles(assignment.user)
        audit.record(
            by=by,
            at=at,
            action="role.ended",
            thing=assignment.user,
            text=f"{ROLE_NAMES[role]} until {day_in_words(last_day)}.",
            fields=["role"],
        )
    return assignment
