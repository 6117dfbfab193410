"""The Monday digest goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.domain.mail_topics import MailTopic
from accounts.mail import queue_mail
from accounts.models import User
from strategy.digest_gather import Addressed, digests_on
from strategy.domain.digest import body_of, monday_of, subject_of
from strategy.models import DigestSent
from strategy.permissions import check_can_edit


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRun:
    """`sent` got theirs now, `had` got it before this week, `off` have switched it off."""

    sent: tuple[Addressed, ...]
    had: tuple[Addressed, ...]
    off: tuple[Addressed, ...]


def send_digest(*, by: User | None, at: datetime, on: date) -> DigestRun:
    """Puts the digest of the week of `on` into the outbox, once for each person, however often it is asked.

    `by=None` is sendready itself, on Monday morning.
    """
    if by is not None:
        check_can_edit(by)
    sent, had, off = [], [], []
    for addressed in digests_on(on):
        if MailTopic.PLANS.value in addressed.user.mail_topics_off:
            off.append(addressed)
        elif _send(addressed, at, monday_of(on)):
            sent.append(addressed)
        else:
            had.append(addressed)
    return DigestRun(sent=tuple(sent), had=tuple(had), off=tuple(off))


def _send(addressed: Addressed, at: datetime, monday: date) -> bool:
    """The mail and the note that it went, together; False where it went already."""
    user, digest = addressed.user, addressed.digest
    try:
        with transaction.atomic():
            DigestSent.objects.create(monday_on=monday, user=user, at=at)
            queue_mail(
                to=user,
                subject=subject_of(digest),
                body=body_of(digest, name=user.name, site_url=settings.SITE_URL, has_all=addressed.has_all),
                at=at,
                topic=MailTopic.PLANS,
            )
    except IntegrityError:
        return False
    return True
