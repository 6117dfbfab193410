"""Too many wrong passwords: when to try again, who is locked out, and how that ends."""

import hashlib
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import Count, User


def signing_in_as(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The e-mail address tried, in one spelling, so that capitals buy no further attempts."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def locked_until(email: str, ip_address: str | None) -> datetime:
    last = (
        AccessAttempt.objects.filter(username=email, ip_address=ip_address)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return (last or timezone.now()) + settings.AXES_COOLOFF_TIME


def locked_out(at: datetime) -> dict[str, datetime]:
    """E-mail address, in small letters, of everybody who is locked out in some place → until when. One query."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=at - settings.AXES_COOLOFF_TIME).order_by()
    by_place = recent.values("username", "ip_address").annotate(
        failures=Sum("failures_since_start"), last=Max("attempt_time")
    )
    until: dict[str, datetime] = {}
    for place in by_place.filter(failures__gte=settings.AXES_FAILURE_LIMIT):
        end = place["last"] + settings.AXES_COOLOFF_TIME
        until[place["username"]] = max(end, until.get(place["username"], end))
    return until


def key_of_password(email: str) -> str:
    """Under which the library counts wrong passwords of one account, from wherever they come."""
    return email.strip().lower()


def key_of_code(user: User) -> str:
    """Under which the library counts wrong codes of one account."""
    return f"mfa-auth-user-{user.pk}"


def forget_failures(user: User, *, codes: bool = True) -> None:
    """Wrong passwords (and codes) of this person count no longer, from any place. Call it inside a transaction."""
    AccessAttempt.objects.filter(username=user.email.lower()).delete()
    for key in (key_of_password(user.email), *([key_of_code(user)] if codes else [])):
        Count.objects.filter(cache_key__endswith=hashlib.sha256(key.encode()).hexdigest()).delete()


def locked_out_page(request: HttpRequest, *args: Any) -> HttpResponse:
    """The library asks for this with (response, credentials) or (credentials)."""
    credentials = args[-1] if args else None
    until = locked_until(signing_in_as(request, credentials), getattr(request, "axes_ip_address", None))
    context = {"until": until, "failures": settings.AXES_FAILURE_LIMIT}
    return TemplateResponse(request, "account/locked_out.html", context, status=429).render()
