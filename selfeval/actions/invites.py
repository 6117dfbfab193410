"""Who is asked by a signed link: sent, sent again, taken back, opened."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.mail import queue_mail
from accounts.models import User
from accounts.permissions import NotAllowed
from selfeval.domain.rounds import RoundState, say_touched, touched
from selfeval.gather.heard import election_spans
from selfeval.hearing_permissions import check_can_run, state_of
from selfeval.mail import invite_words
from selfeval.models import ConsultationRound, RoundInvite
from selfeval.round_links import address_of, hash_of

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invited:
    """An invite with its link, which is known only at this moment."""

    invite: RoundInvite
    link: str


def invite_people(
    *, by: User, at: datetime, asked: ConsultationRound, people: Sequence[Person], group: str
) -> tuple[Invited, ...]:
    """A link of their own to each who has none yet, in one mail each. Gives those that were sent now."""
    _check_can_invite(by, at, asked)
    if len(people) > MOST_AT_ONCE:
        raise NotAllowed(f"Ask at most {MOST_AT_ONCE} people at once.")
    with transaction.atomic():
        asked = ConsultationRound.objects.select_for_update().get(pk=asked.pk)
        held = {
            email.casefold() for email in RoundInvite.objects.filter(consultation=asked).values_list("email", flat=True)
        }
        sent = []
        for person in people:
            if person.email.casefold() in held:
                continue
            held.add(person.email.casefold())
            token = secrets.token_urlsafe(32)
            invite = RoundInvite.objects.create(
                consultation=asked,
                name=person.name,
                email=person.email,
                group=group,
                token_sha256=hash_of(token),
                sent_at=at,
            )
            sent.append(_sent(invite, asked, token, at))
        if sent:
            record(by=by, at=at, action="consultation.invited", thing=asked, text=f"{len(sent)} asked by link.")
        return tuple(sent)


def send_again(*, by: User, at: datetime, invite: RoundInvite) -> Invited:
    """A new link; the old one works no longer."""
    _check_can_invite(by, at, invite.consultation)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = RoundInvite.objects.select_for_update().select_related("consultation").get(pk=invite.pk)
        row.token_sha256, row.sent_at, row.revoked_at = hash_of(token), at, None
        row.save(update_fields=["token_sha256", "sent_at", "revoked_at"])
        record(by=by, at=at, action="consultation.invited-again", thing=row.consultation, text=f"Invite {row.pk}.")
        return _sent(row, row.consultation, token, at)


def revoke_invite(*, by: User, at: datetime, invite: RoundInvite) -> RoundInvite:
    """The link works no longer; what came by it stays."""
    check_can_run(by)
    with transaction.atomic():
        row = RoundInvite.objects.select_for_update().select_related("consultation").get(pk=invite.pk)
        if row.revoked_at is None:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            record(by=by, at=at, action="consultation.link-revoked", thing=row.consultation, text=f"Invite {row.pk}.")
        return row


def note_opened(*, by: RoundInvite, at: datetime) -> None:
    """That a link was opened, once: like the access log, the one thing that reading writes."""
    RoundInvite.objects.filter(pk=by.pk, opened_at=None).update(opened_at=at)


def _sent(invite: RoundInvite, asked: ConsultationRound, token: str, at: datetime) -> Invited:
    link = address_of(token)
    subject, body = invite_words(invite, asked, link)
    queue_mail(to=invite.email, subject=subject, body=body, at=at, is_secret=True)
    return Invited(invite, link)


def _check_can_invite(by: User, at: datetime, asked: ConsultationRound) -> None:
    """Raises NotAllowed for a round that has closed, or that would ask before an election without a reason."""
    check_can_run(by)
    if state_of(asked, timezone.localdate(at)) is RoundState.CLOSED:
        raise NotAllowed("It has closed: nobody can be asked any more. Give it a later last day first.")
    near = touched(election_spans(), opens_on=asked.opens_on, closes_on=asked.closes_on)
    if near and not asked.election_reason:
        raise NotAllowed(f"{say_touched(near)} Choose other days, or say in the round why it goes ahead.")
