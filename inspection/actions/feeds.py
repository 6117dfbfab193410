"""A person's calendar address: made, shown once, revoked."""

import secrets
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import check_permission
from inspection.domain.tokens import hash_token
from inspection.models import CalendarFeed


def create_feed(*, by: User, at: datetime) -> str:
    """A new address in place of any older one. Gives the token, which is kept nowhere."""
    check_permission(by, Permission.READ_ITEMS)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarFeed.objects.filter(user=by, revoked_at=None).update(revoked_at=at)
        feed = CalendarFeed.objects.create(user=by, token_sha256=hash_token(token), created_at=at)
        record(by=by, at=at, action="calendar-feed.created", thing=feed)
    return token


def revoke_feed(*, by: User, at: datetime) -> bool:
    """The address stops working at once. False when there was none."""
    with transaction.atomic():
        feed = CalendarFeed.objects.filter(user=by, revoked_at=None).first()
        if feed is None:
            return False
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        record(by=by, at=at, action="calendar-feed.revoked", thing=feed)
    return True
