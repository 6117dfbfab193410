"""How somebody comes to the short service: signed in, or by the link of a round. The pages are the same.

A form carries a seal: whose door it was filled in at, signed by us. It stands in for the cookie against forged posts,
so that words outlive a session: somebody who was signed out meanwhile signs in again and finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission, has_permission
from accounts.requests import permission_required, user_of
from selfeval import limits
from selfeval.actions.invites import note_opened
from selfeval.domain.rounds import RoundState
from selfeval.hearing_permissions import rounds_for, state_of, versions_for
from selfeval.models import Comment, ConsultationRound, PublishedVersion, RoundInvite
from selfeval.round_links import LinkUnknown, open_link

SALT = "selfeval.doors"
KEPT = "kept_words"
MOST_KEPT = 40
LONGEST_KEPT = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who reads, and where their pages are."""

    user: User | None = None
    invite: RoundInvite | None = None
    token: str = ""

    @property
    def reader(self) -> User | RoundInvite:
        reader = self.user or self.invite
        if reader is None:
            raise NotAllowed("Sign in first.")
        return reader

    @property
    def key(self) -> str:
        return f"invite-{self.invite.pk}" if self.invite else f"user-{self.user.pk}" if self.user else ""

    @property
    def seal(self) -> str:
        return signing.dumps(self.key, salt=SALT)

    def url(self, page: str, *args: object) -> str:
        if self.invite:
            return reverse(f"reading:link-{page.removeprefix('reading-')}", args=[self.token, *args])
        return reverse(f"reading:{page}", args=args)

    def versions(self) -> QuerySet[PublishedVersion]:
        if self.user:
            return versions_for(self.user)
        if self.invite is None:
            return PublishedVersion.objects.none()
        asked = self.invite.consultation.version_asked_id
        return PublishedVersion.objects.filter(pk=asked, withdrawn_at=None).select_related("self_evaluation__framework")

    def rounds(self) -> QuerySet[ConsultationRound]:
        if self.user:
            return rounds_for(self.user, timezone.localdate())
        if self.invite is None:
            return ConsultationRound.objects.none()
        return ConsultationRound.objects.filter(pk=self.invite.consultation_id)

    def own_comments(self) -> QuerySet[Comment]:
        if self.invite:
            return Comment.objects.filter(invite=self.invite)
        return Comment.objects.filter(author=self.user)

    @property
    def reason_not_to_comment(self) -> str:
        """Why this reader can't say anything; empty where they can. A link's round may have closed."""
        if self.invite:
            is_open = state_of(self.invite.consultation, timezone.localdate()) is RoundState.OPEN
            return "" if is_open else "This has closed: no more comments are taken. You can still read what came of it."
        if self.user and not has_permission(self.user, Permission.COMMENT):
            return "You can read here. Members, families' groups and partners comment."
        return ""


# Of the request, the door and what the address names.
Page = Callable[..., HttpResponseBase]
View = Callable[..., HttpResponseBase]


def signed_in(page: Page) -> View:
    """The page for people with an account who may read what is published."""

    @wraps(page)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return page(request, Door(user=user_of(request)), **kwargs)

    return permission_required(Permission.READ_PUBLISHED)(view)


def by_link(page: Page) -> View:
    """The page for whoever holds a link of a round that works; others learn why theirs does not."""

    @wraps(page)
    def view(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        return _through_link(page, request, token, kwargs)

    return login_not_required(never_cache(view))


def sent_by_link(page: Page) -> View:
    """As by_link, for what is sent. The secret address is the proof: a cookie would add nothing."""
    return csrf_exempt(by_link(page))


def sent_signed_in(page: Page) -> View:
    """What a signed-in reader sends. Whoever was signed out meanwhile signs in again and finds what they wrote.

    The seal is what guards against forged posts.
    """

    @wraps(page)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            keep_words(request)
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back_of(request)})}")
        check_permission(request.user, Permission.READ_PUBLISHED)
        return page(request, Door(user=request.user), **kwargs)

    return csrf_exempt(login_not_required(view))


def is_sealed(request: HttpRequest, door: Door) -> bool:
    """Whether the form was filled in at this very door."""
    return _sealed_key(request) == door.key


def _sealed_key(request: HttpRequest) -> str:
    try:
        key: str = signing.loads(request.POST.get("seal", ""), salt=SALT)
    except signing.BadSignature:
        return ""
    return key


def back_of(request: HttpRequest) -> str:
    """The page of the form: one of ours, or the first page."""
    back = request.POST.get("back", "")
    home = reverse("reading:reading-open")
    return back if back.startswith(home) and "//" not in back and "\\" not in back else home


def keep_words(request: HttpRequest) -> None:
    """Puts what was sent aside in the new session, for the same person alone."""
    key = _sealed_key(request)
    if not key:
        return
    words = {
        name: value[:LONGEST_KEPT]
        for name, value in list(request.POST.items())[:MOST_KEPT]
        if name not in {"seal", "back", "csrfmiddlewaretoken"} and isinstance(value, str)
    }
    request.session[KEPT] = {"key": key, "back": back_of(request), "words": words}


def kept_words(request: HttpRequest, door: Door) -> dict[str, str]:
    """What this person had sent to this page when they were signed out."""
    kept = request.session.get(KEPT) if door.user else None
    if not kept or kept.get("key") != door.key or kept.get("back") != request.path:
        return {}
    words: dict[str, str] = kept.get("words", {})
    return words


def forget_words(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def _through_link(
    page: Callable[..., HttpResponseBase], request: HttpRequest, token: str, kwargs: dict[str, Any]
) -> HttpResponseBase:
    now, place = timezone.now(), limits.place_of(request)
    if limits.counted("guess", place) >= limits.GUESSES:
        return closed_page(
            request, "Too many links were tried from here. Wait a quarter of an hour, then open yours.", 429
        )
    try:
        invite = open_link(token, at=now)
    except LinkUnknown as refusal:
        limits.count_one("guess", place, seconds=limits.GUESS_SECONDS)
        return closed_page(request, refusal.reason, 404)
    except NotAllowed as refusal:
        return closed_page(request, refusal.reason, 410)
    if invite.opened_at is None:
        note_opened(by=invite, at=now)
    response = page(request, Door(invite=invite, token=token), **kwargs)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def closed_page(request: HttpRequest, reason: str, status: int) -> TemplateResponse:
    response = TemplateResponse(request, "selfeval/reading_closed.html", {"reason": reason}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
