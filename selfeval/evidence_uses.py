"""Where the self-evaluation rests on evidence, for the page of an item (settings.EVIDENCE_USES)."""

from collections.abc import Collection, Iterator

from django.urls import NoReverseMatch, reverse

from accounts.domain.roles import Permission
from accounts.models import User
from evidence.uses import Use
from selfeval.models import Citation


def tell(user: User, keys: Collection[int]) -> Iterator[Use]:
    """Sentences that cite an item, for those who read drafts. One query."""
    if Permission.READ_DRAFTS not in user.permissions:
        return
    found = Citation.objects.filter(evidence__in=keys).select_related(
        "self_evaluation", "evaluation__criterion", "section"
    )
    for citation in found.order_by("-self_evaluation__as_at_on", "pk"):
        place = citation.evaluation.criterion if citation.evaluation else citation.section
        yield Use(
            evidence_id=citation.evidence_id or 0,
            where=f"Self-evaluation: {citation.self_evaluation}",
            label=str(place or citation.self_evaluation),
            url=_address(citation),
            relevance=citation.sentence,
        )


def _address(citation: Citation) -> str:
    try:
        return reverse("selfeval:cycle-show", args=[citation.self_evaluation_id])
    except NoReverseMatch:
        return ""
