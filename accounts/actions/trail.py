"""Taking the audit trail out of the service."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import check_permission


def export_trail(*, by: User, at: datetime, count: int) -> None:
    check_permission(by, Permission.READ_AUDIT)
    with transaction.atomic():
        audit.record(by=by, at=at, action="audit.exported", thing=by, text=f"{count} lines taken as CSV.")
