"""A person's calendar address, and what a calendar program reads there."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from inspection.actions.feeds import create_feed, revoke_feed
from inspection.feed import write_feed
from inspection.gather.feeds import current_feed, feed_reader, gather_feed


@permission_required(Permission.READ_ITEMS)
def feed_show(request: HttpRequest) -> HttpResponseBase:
    return _page(request)


def _page(request: HttpRequest, address: str = "") -> TemplateResponse:
    context = {
        "address": address,
        "feed": current_feed(user_of(request)),
        "crumbs": [{"label": "Inspection", "url": reverse("inspection:visit-list")}],
    }
    response = TemplateResponse(request, "inspection/feed_show.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@permission_required(Permission.READ_ITEMS)
def feed_create(request: HttpRequest) -> HttpResponseBase:
    """Shows the address in the answer itself, so that it is stored nowhere on its way."""
    token = create_feed(by=user_of(request), at=timezone.now())
    address = settings.SITE_URL.rstrip("/") + reverse("inspection:feed-read", args=[token])
    return _page(request, address)


@require_POST
@permission_required(Permission.READ_ITEMS)
def feed_revoke(request: HttpRequest) -> HttpResponseBase:
    revoke_feed(by=user_of(request), at=timezone.now())
    return redirect("inspection:feed-show")


@login_not_required
@require_safe
def feed_read(request: HttpRequest, token: str) -> HttpResponseBase:
    """For calendar programs: no sign-in, only the secret address. An unknown one and a revoked one look the same."""
    reader = feed_reader(token)
    if reader is None:
        raise Http404
    body = write_feed(*gather_feed(reader, timezone.now()))
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response) or response
