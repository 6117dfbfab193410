"""The invitation behind a link."""

import hashlib
from datetime import datetime

from django.urls import reverse

from accounts.models import Invitation
from accounts.permissions import NotAllowed


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link that works now; else NotAllowed says why not and what to do."""
    invitation = Invitation.objects.filter(token_sha256=hash_of(token)).first()
    if invitation is None:
        raise NotAllowed(
            "This link is not known. Copy the whole link from the mail; if a newer mail came, use that one. "
            "Otherwise ask an administrator for a new invitation."
        )
    if invitation.withdrawn_at:
        raise NotAllowed("This invitation was withdrawn. Ask an administrator if that was a mistake.")
    if invitation.accepted_at:
        raise NotAllowed(
            "This link has been used. If it was you, sign in with the password that you chose then.",
            fix_url=reverse("account_login"),
            fix_label="Sign in",
        )
    if invitation.expires_at <= at:
        raise NotAllowed("This invitation has expired. Ask an administrator to send it again.")
    return invitation


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
