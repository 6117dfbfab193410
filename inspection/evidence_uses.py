"""Which Annex A items take their files from evidence, for the page of an item (settings.EVIDENCE_USES)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from accounts.models import User
from evidence.uses import Use
from inspection.domain.submissions import STATE_NAMES, State
from inspection.models import ItemEvidence
from inspection.permissions.items import items_of


def tell(user: User, keys: Collection[int]) -> Iterator[Use]:
    """Versions that count, of items that a person may open. One query."""
    found = ItemEvidence.objects.with_newest().filter(
        revision__evidence__in=keys,
        submission__archived_at=None,
        submission__item__in=items_of(user).values("pk"),
    )
    rows = found.exclude(submission__state=State.SUPERSEDED).select_related("submission__item")
    for link in rows.order_by("submission__item", "submission__version"):
        version = link.submission
        state = STATE_NAMES[State(version.state)].lower()
        yield Use(
            evidence_id=link.revision.evidence_id,
            where=f"Annex A, version {version.version} ({state}), with revision {link.revision.number}",
            label=version.item.title,
            url=reverse("inspection:item-show", args=[version.item.code]),
            relevance=link.relevance,
            note="Out of date" if link.what_moved_on else "",
        )
