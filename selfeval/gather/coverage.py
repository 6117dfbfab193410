"""Database → the coverage grid: a fixed number of queries however many items and links there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from evidence.models import EvidenceKind
from framework.models import Criterion, CriterionPoint, Framework
from selfeval.domain.proof import EvidenceFacts
from selfeval.gather.log import Logged, linked_items, logged_items


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageNow:
    """`partners`: names with the key of the organisation, None for what belongs to the partnership as a whole."""

    framework: Framework
    criteria: tuple[tuple[Criterion, tuple[CriterionPoint, ...]], ...]
    items: tuple[EvidenceFacts, ...]
    partners: Mapping[str, int | None]
    kinds: Mapping[str, str]
    unlinked: int


def gather_coverage(framework: Framework) -> CoverageNow:
    """Five queries."""
    criteria = list(
        Criterion.objects.filter(framework=framework, is_archived=False).order_by("group__order", "order", "code")
    )
    points: dict[int, list[CriterionPoint]] = {}
    for point in CriterionPoint.objects.filter(framework=framework, is_archived=False).order_by("order", "code"):
        points.setdefault(point.criterion_id, []).append(point)
    log = logged_items()
    items = linked_items({point.pk: point.code for under in points.values() for point in under}, log)
    return CoverageNow(
        framework=framework,
        criteria=tuple((criterion, tuple(points.get(criterion.pk, ()))) for criterion in criteria),
        items=items,
        partners=_partners(log, items),
        kinds=dict(EvidenceKind.choices),
        unlinked=sum(not item.is_archived for item in log.values()) - len(items),
    )


def _partners(log: Mapping[int, Logged], items: tuple[EvidenceFacts, ...]) -> dict[str, int | None]:
    """Those of whom something lies under a point, the most frequent first."""
    counts = Counter(item.partner for item in items)
    keys = {item.partner: log[item.number].partner_id for item in items}
    return {name: keys[name] for name in sorted(counts, key=lambda name: (-counts[name], name))}
