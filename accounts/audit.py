"""The one way into the audit trail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from accounts.models import AuditEvent, User

SYSTEM = "sendready itself"


def record(
    *,
    by: User | None,
    at: datetime,
    action: str,
    thing: models.Model,
    text: str = "",
    fields: Iterable[str] = (),
) -> AuditEvent:
    """Adds one line. Call it inside the transaction of the change.

    `action` is noun.verb ("submission.approved"); `thing` must be saved; `text` is a sentence without any child's
    data; `fields` names what changed, never the values.
    """
    return AuditEvent.objects.create(
        at=at,
        actor_id=by.pk if by else None,
        actor_label=f"{by.name} ({by.email})" if by else SYSTEM,
        action=action,
        thing_type=thing._meta.label_lower,
        thing_id=str(thing.pk),
        thing_label=str(thing)[:300],
        text=text,
        fields=list(fields),
    )
