"""What somebody sees who has tried too many passwords: when to try again."""

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone


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


def locked_out_page(request: HttpRequest, *args: Any) -> HttpResponse:
    """The library asks for this with (response, credentials) or (credentials)."""
    credentials = args[-1] if args else None
    until = locked_until(signing_in_as(request, credentials), getattr(request, "axes_ip_address", None))
    context = {"until": until, "failures": settings.AXES_FAILURE_LIMIT}
    return TemplateResponse(request, "account/locked_out.html", context, status=429).render()
