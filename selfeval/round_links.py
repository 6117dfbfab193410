"""The link by which somebody without an account comes to a round."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import NotAllowed
from selfeval.domain.rounds import RoundState
from selfeval.hearing_permissions import state_of
from selfeval.models import RoundInvite


class LinkUnknown(NotAllowed):
    """Nobody was given this link: worth counting."""


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("reading:link-open", args=[token])


def open_link(token: str, *, at: datetime) -> RoundInvite:
    """The invite behind a link that works now; else NotAllowed says why not and what to do.

    It works from the first day of its round. After the last it still shows what came of it, and takes no comment.
    """
    invite = (
        RoundInvite.objects.select_related("consultation__version_asked__self_evaluation__framework")
        .filter(token_sha256=hash_of(token))
        .first()
    )
    if invite is None:
        raise LinkUnknown(
            "This link is not known. Copy the whole link from the e-mail; if a newer e-mail came, use that one."
        )
    if invite.revoked_at:
        raise NotAllowed("This link was taken back. Ask whoever sent it for a new one if that was a mistake.")
    asked = invite.consultation
    if asked.version_asked.withdrawn_at:
        raise NotAllowed("What you were asked about was withdrawn. Whoever sent the link can tell you what comes next.")
    today = timezone.localdate(at)
    state = state_of(asked, today)
    if state is RoundState.PLANNED:
        raise NotAllowed(f"This opens on {asked.opens_on.day} {asked.opens_on:%B %Y}. Keep the link until then.")
    if state is RoundState.CLOSED and (today - asked.closes_on).days > RoundInvite.KEPT_DAYS:
        raise NotAllowed(
            "This has closed, and its links have expired. Whoever sent the link can tell you what came of it."
        )
    return invite
