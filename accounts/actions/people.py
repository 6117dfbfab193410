"""People: what they say of themselves, leave, leaving and coming back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions.invitations import withdraw_invitation
from accounts.domain import people
from accounts.domain.mail_topics import SWITCHABLE_TOPICS, MailTopic
from accounts.domain.roles import Permission
from accounts.gather import open_invitations
from accounts.grants import end_all_roles, holdings
from accounts.handover import owned_by
from accounts.lockout import forget_failures
from accounts.mail import queue_mail
from accounts.models import Leave, Organisation, User
from accounts.permissions import NotAllowed, check_permission


class Changed(Exception):
    """Somebody saved the same thing in between. Carries the row as it stands now."""

    def __init__(self, current: object) -> None:
        super().__init__("Somebody else saved this while you were writing.")
        self.current = current


def change_person(
    *, by: User, at: datetime, user: User, version: int, name: str, job_title: str, organisation: Organisation | None
) -> User:
    """One's own name and title, or anybody's for an administrator. Raises Changed when `version` is no longer true."""
    if by.pk != user.pk or organisation != user.organisation:
        check_permission(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        before = User.objects.select_for_update().get(pk=user.pk)
        if before.version != version:
            raise Changed(before)
        new = {"name": name, "job_title": job_title, "organisation": organisation}
        changed = [field for field, value in new.items() if getattr(before, field) != value]
        if not changed:
            return before
        for field, value in new.items():
            setattr(before, field, value)
        before.version += 1
        before.save(update_fields=[*changed, "version"])
        audit.record(by=by, at=at, action="user.changed", thing=before, fields=changed)
    return before


def choose_mail(*, by: User, at: datetime, topics_on: Sequence[MailTopic]) -> User:
    """What one wants mail about. Mail about the account itself always comes."""
    off = [topic.value for topic in SWITCHABLE_TOPICS if topic not in topics_on]
    with transaction.atomic():
        by.mail_topics_off = off
        by.save(update_fields=["mail_topics_off"])
        audit.record(by=by, at=at, action="user.changed", thing=by, fields=["mail topics"])
    return by


def add_leave(*, by: User, at: datetime, user: User, starts_on: date, ends_on: date) -> Leave:
    """Days away: deadlines whose owner is away become findings."""
    if by.pk != user.pk:
        check_permission(by, Permission.MANAGE_PEOPLE)
    if ends_on < starts_on:
        raise NotAllowed("The last day of leave lies before the first.")
    if Leave.objects.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise NotAllowed("Some of these days are marked as leave already.")
    with transaction.atomic():
        leave = Leave.objects.create(user=user, starts_on=starts_on, ends_on=ends_on)
        audit.record(by=by, at=at, action="leave.added", thing=user, fields=["leave"])
    return leave


def cancel_leave(*, by: User, at: datetime, leave: Leave) -> None:
    if by.pk != leave.user_id:
        check_permission(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        audit.record(by=by, at=at, action="leave.cancelled", thing=leave.user, fields=["leave"])
        leave.delete()


def end_sessions(*, by: User, at: datetime, user: User) -> User:
    """Signs a person out everywhere, at once."""
    if by.pk != user.pk:
        check_permission(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        user.session_epoch += 1
        user.save(update_fields=["session_epoch"])
        audit.record(by=by, at=at, action="session.ended-everywhere", thing=user)
    return user


def lift_lockout(*, by: User, at: datetime, user: User) -> User:
    """Lets a person try again at once who entered too many wrong passwords or codes. The person is told."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        forget_failures(user)
        audit.record(by=by, at=at, action="user.lock-out-lifted", thing=user)
        queue_mail(
            to=user,
            subject="You can sign in to sendready again",
            body=f"{by.name} lifted the lock-out after too many wrong passwords or codes.\n\n"
            "If it was not you who tried, tell your LANO at once.",
            at=at,
        )
    return user


def remove_second_step(*, by: User, at: datetime, user: User) -> User:
    """For somebody who lost phone and codes. Nobody removes their own this way, and the person is told."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    if by.pk == user.pk:
        raise NotAllowed("Remove your own second step on your account page, or ask another administrator.")
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        audit.record(by=by, at=at, action="user.second-step-removed", thing=user)
        queue_mail(
            to=user,
            subject="A change to how you sign in to sendready",
            body=f"{by.name} removed your second step at sign-in. Set it up again when you sign in next.\n\n"
            "If you did not ask for that, tell your LANO at once.",
            at=at,
        )
    return user


def deactivate(*, by: User, at: datetime, user: User, heirs: Mapping[str, User]) -> User:
    """Closes an account, ends its roles and sessions, and passes on what the person owned.

    Invitations of theirs that nobody has accepted yet end as well: who left lets nobody in any more.
    `heirs` names, by kind of thing, who takes it over; every kind that the person still owns needs one.
    """
    check_permission(by, Permission.MANAGE_PEOPLE)
    if by.pk == user.pk:
        raise NotAllowed("Nobody closes their own account. Ask another administrator.")
    today = timezone.localdate(at)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.is_active:
            raise NotAllowed("This account is closed already.")
        emptied = people.emptied_by_leaving(
            holdings(roles=people.NEVER_EMPTY),
            user_id=user.pk,
            roles=people.NEVER_EMPTY,
            last_day=today,
        )
        if emptied:
            raise NotAllowed(people.emptied_sentence(emptied))
        passed_on = 0
        for owned in owned_by(user):
            heir = heirs.get(owned.kind.code)
            if heir is None or not heir.is_active or heir.pk == user.pk:
                raise NotAllowed(f"Choose who takes over: {owned.kind.title}.")
            passed_on += owned.kind.reassign(by, at, user, heir)
        # The account is closed from this moment: opened again today, it has no role either.
        end_all_roles(user, today - timedelta(days=1))
        withdrawn = _withdraw_invitations_of(user, by, at)
        user.is_active = False
        user.deactivated_at = at
        user.session_epoch += 1
        user.save(update_fields=["is_active", "deactivated_at", "session_epoch"])
        audit.record(
            by=by,
            at=at,
            action="user.deactivated",
            thing=user,
            text=f"Account closed; {passed_on} things passed on, {withdrawn} invitations withdrawn.",
            fields=["is_active"],
        )
    return user


def _withdraw_invitations_of(user: User, by: User, at: datetime) -> int:
    rows = list(open_invitations(at).filter(invited_by=user))
    for invitation in rows:
        withdraw_invitation(by=by, at=at, invitation=invitation)
    return len(rows)


def reactivate(*, by: User, at: datetime, user: User) -> User:
    """Opens a closed account again, without any role: roles are given anew."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    if user.is_active:
        raise NotAllowed("This account is open.")
    with transaction.atomic():
        user.is_active = True
        user.deactivated_at = None
        user.save(update_fields=["is_active", "deactivated_at"])
        audit.record(by=by, at=at, action="user.reactivated", thing=user, fields=["is_active"])
        queue_mail(
            to=user,
            subject="Your account in sendready is open again",
            body=f"{by.name} opened your account again. Your roles are given anew by an administrator.",
            at=at,
        )
    return user
