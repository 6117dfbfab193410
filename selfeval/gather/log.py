"""The evidence log as values: items with their states, and which lie under which point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from evidence.domain.revisions import State
from evidence.models import Evidence, EvidenceRevision, PointLink
from selfeval.domain.proof import EvidenceFacts

THE_PARTNERSHIP = "The partnership"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One item. `revision` and `approved_at` are those of its approved revision."""

    key: int
    number: int
    title: str
    kind: str
    partner: str
    partner_id: int | None
    covers_to_on: date | None
    review_by_on: date | None
    is_archived: bool
    is_approved: bool = False
    approved_at: datetime | None = None
    revision: int = 0

    def facts(self, points: frozenset[str]) -> EvidenceFacts:
        return EvidenceFacts(
            number=self.number,
            title=self.title,
            kind=self.kind,
            partner=self.partner,
            is_approved=self.is_approved,
            covers_to_on=self.covers_to_on,
            review_by_on=self.review_by_on,
            points=points,
        )


_COLUMNS = (
    "pk",
    "number",
    "title",
    "kind",
    "organisation__name",
    "organisation",
    "covers_to_on",
    "review_by_on",
    "archived_at",
)


def logged_items(numbers: Collection[int] | None = None) -> Mapping[int, Logged]:
    """Every item of the log by its number, or those asked for: two queries."""
    rows = Evidence.objects.order_by("number")
    approvals = EvidenceRevision.objects.filter(state=State.APPROVED.value)
    if numbers is not None:
        rows, approvals = rows.filter(number__in=numbers), approvals.filter(evidence__number__in=numbers)
    approved = {
        number: (revision, at)
        for number, revision, at in approvals.order_by().values_list("evidence__number", "number", "decided_at")
    }
    found = {}
    for key, number, title, kind, name, partner, covers_to, review_by, archived_at in rows.values_list(*_COLUMNS):
        revision, approved_at = approved.get(number, (0, None))
        found[number] = Logged(
            key=key,
            number=number,
            title=title,
            kind=kind,
            partner=name or THE_PARTNERSHIP,
            partner_id=partner,
            covers_to_on=covers_to,
            review_by_on=review_by,
            is_archived=archived_at is not None,
            is_approved=number in approved,
            approved_at=approved_at,
            revision=revision,
        )
    return found


def linked_items(points: Mapping[int, str], log: Mapping[int, Logged]) -> tuple[EvidenceFacts, ...]:
    """Every standing item under one of these points (codes by key), by number: one query, without a join."""
    numbers = {item.key: item.number for item in log.values() if not item.is_archived}
    of: dict[int, set[str]] = defaultdict(set)
    links = PointLink.objects.filter(point_id__in=list(points)).order_by()
    for evidence, point in links.values_list("evidence_id", "point_id"):
        number = numbers.get(evidence)
        if number is not None:
            of[number].add(points[point])
    return tuple(log[number].facts(frozenset(of[number])) for number in sorted(of))
