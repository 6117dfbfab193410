"""Where plans and areas for improvement rest on evidence, for the page of an item (settings.EVIDENCE_USES)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from accounts.domain.roles import Permission
from accounts.models import User
from evidence.uses import Use
from strategy.action_permissions import actions_of
from strategy.models import ActionEvidence, AreaEvidence


def tell(user: User, keys: Collection[int]) -> Iterator[Use]:
    """Actions and areas for improvement that a person may open. Two queries."""
    actions = ActionEvidence.objects.filter(evidence__in=keys, action__archived_at=None, action__in=actions_of(user))
    for link in actions.select_related("action").order_by("action"):
        yield Use(
            evidence_id=link.evidence_id,
            where="Action, shown to make a difference" if link.is_impact else "Action",
            label=str(link.action),
            url=reverse("strategy:action-show", args=[link.action_id]),
            relevance=link.relevance,
        )
    if Permission.READ_STRATEGY not in user.permissions:
        return
    areas = AreaEvidence.objects.filter(evidence__in=keys, area__archived_at=None)
    for tie in areas.select_related("area").order_by("area"):
        yield Use(
            evidence_id=tie.evidence_id,
            where="Area for improvement",
            label=tie.area.short_name,
            url=reverse("strategy:area-show", args=[tie.area_id]),
            relevance=tie.relevance,
        )
