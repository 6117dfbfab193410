"""A paper of a round on its way to whoever is asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.permissions import NotAllowed
from documents.files import Erased
from documents.responses import download, download_by_link
from selfeval.models import RoundDocument, RoundInvite


def send_paper(request: HttpRequest, paper: RoundDocument, *, by: User | RoundInvite) -> HttpResponseBase:
    """The bytes, logged: for people with an account as every download, for a link with the number of its invite."""
    stored = paper.stored
    try:
        if isinstance(by, User):
            return download(request, stored, file_name=stored.original_name)
        return download_by_link(stored, file_name=stored.original_name, through=f"link, invite {by.pk}")
    except Erased as refusal:
        raise NotAllowed(refusal.sentence) from refusal
