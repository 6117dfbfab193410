"""Joining: a one-time link that expires, kept as a hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import ROLE_NAMES, Permission, Role
from accounts.grants import grant
from accounts.invitation_links import hash_of, open_invitation
from accounts.mail import queue_mail
from accounts.models import Invitation, Organisation, User
from accounts.permissions import NotAllowed, check_permission

LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with its link, which is known only at this moment."""

    invitation: Invitation
    link: str


def invite(
    *,
    by: User | None,
    at: datetime,
    email: str,
    name: str,
    role: Role,
    organisation: Organisation | None = None,
) -> Invited:
    """Invites somebody by mail; the link is also returned, to be copied. `by` is None at the first run alone."""
    if by is not None:
        check_permission(by, Permission.MANAGE_PEOPLE)
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise NotAllowed("Somebody with this e-mail address has an account. Give them a role on their own page.")
    if Invitation.objects.filter(
        email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).exists():
        raise NotAllowed("This address has been invited already. Send that invitation again, or withdraw it.")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            email=email,
            name=name,
            role=role.value,
            organisation=organisation,
            token_sha256=hash_of(token),
            invited_by=by,
            created_at=at,
            expires_at=at + LIFE,
        )
        link = _mail(invitation, token, at)
        audit.record(by=by, at=at, action="invitation.sent", thing=invitation, text=f"Invited as {ROLE_NAMES[role]}.")
    return Invited(invitation, link)


def resend_invitation(*, by: User, at: datetime, invitation: Invitation) -> Invited:
    """A new link, for another week; the old one stops working."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    _check_open(invitation)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation.token_sha256 = hash_of(token)
        invitation.expires_at = at + LIFE
        invitation.save(update_fields=["token_sha256", "expires_at"])
        link = _mail(invitation, token, at)
        audit.record(by=by, at=at, action="invitation.sent-again", thing=invitation)
    return Invited(invitation, link)


def withdraw_invitation(*, by: User, at: datetime, invitation: Invitation) -> Invitation:
    check_permission(by, Permission.MANAGE_PEOPLE)
    _check_open(invitation)
    with transaction.atomic():
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        audit.record(by=by, at=at, action="invitation.withdrawn", thing=invitation)
    return invitation


def accept_invitation(*, by: None, at: datetime, token: str, name: str, password: str) -> User:
    """Makes the account. The link works once, also when it is pressed twice at the same moment.

    `by` is nobody yet: the link is what permits it.
    """
    with transaction.atomic():
        invitation = open_invitation(token, at=at)
        taken = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(accepted_at=at)
        if not taken or User.objects.filter(email__iexact=invitation.email).exists():
            raise NotAllowed("This link has been used.", fix_url=reverse("account_login"), fix_label="Sign in")
        user = User.objects.create_user(
            invitation.email, password, name=name, organisation=invitation.organisation, created_at=at
        )
        audit.record(by=by or user, at=at, action="invitation.accepted", thing=user, text="Joined by invitation.")
        grant(
            by=invitation.invited_by,
            at=at,
            user=user,
            role=Role(invitation.role),
            from_on=timezone.localdate(at),
            organisation=invitation.organisation,
        )
    return user


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise NotAllowed("This invitation has been accepted.")
    if invitation.withdrawn_at:
        raise NotAllowed("This invitation was withdrawn. Invite the person anew.")


def _mail(invitation: Invitation, token: str, at: datetime) -> str:
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('accounts:invitation-accept', args=[token])}"
    who = invitation.invited_by.name if invitation.invited_by else "Your partnership"
    last = timezone.localtime(invitation.expires_at)
    queue_mail(
        to=invitation.email,
        subject="Your invitation to sendready",
        body=f"{who} invites you to sendready as {ROLE_NAMES[Role(invitation.role)]}.\n\n"
        f"Choose your password here, until {last.day} {last:%B %Y, %H:%M}. The link works once:\n{link}\n",
        at=at,
        is_secret=True,
    )
    return link
