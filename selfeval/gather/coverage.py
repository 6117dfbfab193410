"""Database → the coverage grid: a fixed number of queries however many items and links there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.models import EvidenceKind
from framework.models import Criterion, CriterionPoint, Framework
from selfeval.domain.proof import EvidenceFacts
from selfeval.gather.log import Logged, items_by_point, logged_items


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
    log = {number: item for number, item in logged_items().items() if not item.is_archived}
    of: dict[int, set[str]] = {}
    for code, numbers in items_by_point(framework.pk).items():
        for number in numbers:
            of.setdefault(number, set()).add(code)
    items = tuple(log[number].facts(frozenset(codes)) for number, codes in sorted(of.items()) if number in log)
    return CoverageNow(
        framework=framework,
        criteria=tuple((criterion, tuple(points.get(criterion.pk, ()))) for criterion in criteria),
        items=items,
        partners=_partners(log, of),
        kinds=dict(EvidenceKind.choices),
        unlinked=sum(number not in of for number in log),
    )


def _partners(log: Mapping[int, Logged], of: Mapping[int, set[str]]) -> dict[str, int | None]:
    """Those of whom something lies under a point, the most frequent first."""
    counts: dict[str, int] = {}
    keys: dict[str, int | None] = {}
    for number in of:
        if number in log:
            item = log[number]
            counts[item.partner] = counts.get(item.partner, 0) + 1
            keys[item.partner] = item.partner_id
    return {name: keys[name] for name in sorted(counts, key=lambda name: (-counts[name], name))}
