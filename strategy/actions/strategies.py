"""A strategy of one's own, where no folder brought one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from strategy.models import Strategy
from strategy.permissions import check_can_edit


def start_strategy(*, by: User, at: datetime, fields: Mapping[str, Any]) -> Strategy:
    """A new strategy, which becomes the current one; the one before it is kept."""
    check_can_edit(by)
    with transaction.atomic():
        Strategy.objects.filter(is_current=True).update(is_current=False)
        strategy = Strategy.objects.create(**fields, is_current=True, edited_at=at, edited_by=by)
        record(by=by, at=at, action="strategy.started", thing=strategy, fields=sorted(fields))
    return strategy
