"""Asking for the password again, whoever signed in a minute ago: somebody else may sit at the keyboard now."""

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

LASTS_SECONDS = 300


def was_confirmed(request: HttpRequest, *, at: datetime) -> bool:
    """True when this session gave its password (or second factor) once more in the last five minutes."""
    return any(
        record.get("reauthenticated") and 0 <= at.timestamp() - record.get("at", 0) <= LASTS_SECONDS
        for record in get_authentication_records(request, request.user)
    )


def confirm_url(next_url: str) -> str:
    """The page that asks, and comes back to `next_url`."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': next_url})}"
