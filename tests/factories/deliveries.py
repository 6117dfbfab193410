"""Made-up handovers: the person-level lists as an export, and the record of where they went."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from documents.making import make_export
from documents.models import Export
from inspection.actions import deliveries as actions
from inspection.models import Deadline, Delivery, Inspection
from tests.factories.lists import read_lists_of


def make_lists(*, by: User) -> Export:
    """The export of lists that were just read."""
    read_lists_of(by=by)
    export = make_export(actions.order_lists(by=by, at=timezone.now()).pk)
    assert export is not None
    assert export.is_done, export.error
    return export


def deliver(by: User, export: Export, *, visit: Inspection | None = None, **changes: Any) -> Delivery:
    """Delivered in five minutes from now, by whoever records it."""
    now = timezone.now() + timedelta(minutes=5)
    given = {
        "at": now,
        "delivered_at": now,
        "delivered_by": by,
        "batch": "lists",
        "inspection": visit,
        "destination": "The inspectors' site",
    }
    return actions.record_delivery(by=by, export=export, **(given | changes))


def due(visit: Inspection, batch: str = "lists") -> Deadline:
    return Deadline.objects.get(inspection=visit, batch=batch)
