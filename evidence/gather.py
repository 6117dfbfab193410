"""Reads evidence: the log and one item, a fixed number of queries each."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, Substr

from accounts.models import AuditEvent, User
from documents.models import StoredFile
from evidence.domain.publishing import Publishable
from evidence.models import Evidence, EvidenceQuerySet, EvidenceRevision, FileText, LensLink, PointLink
from evidence.permissions import evidence_of
from evidence.publishing import may_be_published
from framework.gather import current_framework
from framework.models import CriterionPoint

HISTORY_LENGTH = 30


def log_of(user: User) -> EvidenceQuerySet:
    """The log as this person may read it, each item with its states and how many points it speaks to."""
    # A count of its own for each row that is shown: a join would group the whole log to show one page of it.
    links = PointLink.objects.filter(evidence=OuterRef("pk")).order_by()
    counts = links.values("evidence").annotate(count=Count("pk")).values("count")
    return (
        evidence_of(user)
        .with_states()
        .annotate(point_count=Coalesce(Subquery(counts), 0))
        .select_related("organisation", "owner")
        .order_by("-number")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDetail:
    evidence: Evidence
    revisions: tuple[EvidenceRevision, ...]
    links: tuple[PointLink, ...]
    statements: tuple[LensLink, ...]
    publishable: Publishable
    history: tuple[AuditEvent, ...]


def evidence_detail(evidence: Evidence) -> EvidenceDetail:
    """One item with everything beneath it: a fixed number of queries."""
    revisions = evidence.revisions.select_related(
        "made_by", "changed_by", "submitted_by", "decided_by", "evidence"
    ).prefetch_related("files__stored", "deidentification_checks__checked_by")
    links = evidence.point_links.select_related("point__criterion", "added_by")
    events = AuditEvent.objects.filter(thing_type=Evidence._meta.label_lower, thing_id=str(evidence.pk))
    return EvidenceDetail(
        evidence=evidence,
        revisions=tuple(revisions.order_by("-number")),
        links=tuple(links.order_by("point__criterion__order", "point__order")),
        statements=tuple(
            evidence.lens_links.select_related("statement__lens", "added_by").order_by(
                "statement__lens__order", "statement__order"
            )
        ),
        publishable=may_be_published(evidence),
        history=tuple(events[:HISTORY_LENGTH]),
    )


def points_by_criterion() -> tuple[tuple[str, tuple[CriterionPoint, ...]], ...]:
    """The points of the current framework under their criteria, for a choice: two queries."""
    framework = current_framework()
    if framework is None:
        return ()
    points = CriterionPoint.objects.filter(framework=framework, is_archived=False, criterion__is_archived=False)
    found: dict[str, list[CriterionPoint]] = {}
    for point in points.select_related("criterion").order_by("criterion__order", "order", "code"):
        found.setdefault(str(point.criterion), []).append(point)
    return tuple((criterion, tuple(each)) for criterion, each in found.items())


def approved_revisions() -> "Prefetch[str]":
    """The approved revision of each item of a queryset, in `approved`, with its files."""
    rows = EvidenceRevision.objects.approved().prefetch_related("files__stored")
    return Prefetch("revisions", queryset=rows, to_attr="approved")


FIRST_LOOK = 4_000


def first_look(stored: StoredFile) -> FileText | None:
    """What the background reading found, `beginning` instead of the whole text; None where it was never ordered."""
    rows = FileText.objects.filter(stored=stored).defer("text").annotate(beginning=Substr("text", 1, FIRST_LOOK))
    return rows.first()
