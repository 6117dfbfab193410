"""The rows behind roles: what is held, what a grant writes, how a hold ends. Permissions are asked by the actions."""

from datetime import date, datetime

from django.utils import timezone

from accounts import audit
from accounts.domain import people
from accounts.domain.people import Holding
from accounts.domain.roles import ROLE_NAMES, ROLE_SENTENCES, WATCHED_ROLES, Role
from accounts.mail import queue_mail
from accounts.models import Organisation, RoleAssignment, User
from accounts.permissions import NotAllowed


def holdings(*, roles: frozenset[Role] = frozenset(Role)) -> tuple[Holding, ...]:
    """Every hold of active people on these roles, whenever. One query."""
    rows = RoleAssignment.objects.filter(role__in=[role.value for role in roles], user__is_active=True)
    return tuple(
        Holding(
            user_id=row.user_id,
            role=Role(row.role),
            from_on=row.from_on,
            to_on=row.to_on,
            is_deputy=row.deputy_for_id is not None,
        )
        for row in rows
    )


def grant(
    *,
    by: User | None,
    at: datetime,
    user: User,
    role: Role,
    from_on: date,
    to_on: date | None = None,
    organisation: Organisation | None = None,
    deputy_for: User | None = None,
) -> RoleAssignment:
    """The row, the audit line and the mails of a grant that is already permitted. Call it inside a transaction."""
    if not user.is_active:
        raise NotAllowed(f"{user.name}'s account is closed. Open it again first.")
    if to_on is not None and to_on < from_on:
        raise NotAllowed("The last day lies before the first day.")
    if people.overlaps(
        holdings(roles=frozenset({role})),
        user_id=user.pk,
        role=role,
        from_on=from_on,
        to_on=to_on,
        is_deputy=deputy_for is not None,
    ):
        raise NotAllowed(f"{user.name} holds the role {ROLE_NAMES[role]} on some of these days already.")
    assignment = RoleAssignment.objects.create(
        user=user, role=role.value, organisation=organisation, from_on=from_on, to_on=to_on, deputy_for=deputy_for
    )
    forget_roles(user)
    days = _days(from_on, to_on)
    standing_in = f", standing in for {deputy_for.name}" if deputy_for else ""
    text = f"{ROLE_NAMES[role]}{standing_in}, {days}."
    audit.record(by=by, at=at, action="role.granted", thing=user, text=text, fields=["role"])
    giver = by.name if by else "The set-up"
    queue_mail(
        to=user,
        subject=f"Your role in sendready: {ROLE_NAMES[role]}",
        body=f"{giver} gave you a role: {text}\n\n{ROLE_SENTENCES[role]}",
        at=at,
    )
    if role in WATCHED_ROLES:
        tell_lanos(
            at=at,
            subject=f"New in sendready: {ROLE_NAMES[role]}",
            body=f"{giver} gave {user.name} ({user.email}) the role {text}\n\n"
            "If that is not right, tell an administrator at once.",
            but=user,
        )
    return assignment


def end_all_roles(user: User, last_day: date) -> None:
    """Everything that a leaver holds or lent. Call it inside a transaction, after the check that somebody is left.

    A hold that would only have begun after `last_day` goes; the audit trail keeps its granting.
    """
    rows = RoleAssignment.objects.filter(user=user) | RoleAssignment.objects.filter(deputy_for=user)
    for assignment in rows:
        if assignment.to_on is None or assignment.to_on > last_day:
            end_after(assignment, last_day)
    forget_roles(user)


def end_after(assignment: RoleAssignment, last_day: date) -> None:
    if assignment.from_on > last_day:
        assignment.delete()
        return
    assignment.to_on = last_day
    assignment.save(update_fields=["to_on"])


def tell_lanos(*, at: datetime, subject: str, body: str, but: User | None = None) -> None:
    today = timezone.localdate(at)
    holders = RoleAssignment.objects.in_force(today).filter(role=Role.LANO.value).values("user")
    lanos = User.objects.filter(pk__in=holders, is_active=True)
    for lano in lanos.exclude(pk=but.pk) if but else lanos:
        queue_mail(to=lano, subject=subject, body=body, at=at)


def forget_roles(user: User) -> None:
    """Roles are read once for an instance: after a change they are read again."""
    user.__dict__.pop("_roles_by_day", None)


def _days(from_on: date, to_on: date | None) -> str:
    return f"from {day_in_words(from_on)} to {day_in_words(to_on)}" if to_on else f"from {day_in_words(from_on)}"


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
