"""Whether evidence may be published, asked by whatever publishes. A fixed number of queries for any number of items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch

from evidence.domain.deidentification import fingerprint_of, is_second_person
from evidence.domain.publishing import Publishable, Standing, publishable
from evidence.models import Evidence, EvidenceRevision


def may_be_published(evidence: Evidence) -> Publishable:
    """Of one item: `.is_allowed` (content), `.is_nameable` (title), `.reason` (why not, and what to do)."""
    return all_publishable([evidence.pk])[evidence.pk]


def all_publishable(keys: Iterable[int]) -> Mapping[int, Publishable]:
    """Of many items, by primary key: five queries. A key without an item is left out."""
    approved = EvidenceRevision.objects.approved().prefetch_related("files__stored", "deidentification_checks")
    items = Evidence.objects.filter(pk__in=set(keys)).prefetch_related(
        Prefetch("revisions", queryset=approved, to_attr="approved")
    )
    return {item.pk: publishable(_standing(item)) for item in items}


def _standing(item: Evidence) -> Standing:
    approved: list[EvidenceRevision] = item.approved  # type: ignore[attr-defined]  # prefetched
    return Standing(
        code=item.code,
        kind=item.kind,
        marking=item.marking,
        is_archived=item.archived_at is not None,
        has_approved=bool(approved),
        has_clear_check=bool(approved) and has_clear_check(item, approved[0]),
    )


def has_clear_check(evidence: Evidence, revision: EvidenceRevision) -> bool:
    """Whether the latest check of what stands there says that nobody can be recognised. Reads prefetched rows."""
    wanted = what_is_checked(evidence, revision)
    checks = [check for check in revision.deidentification_checks.all() if check.fingerprint == wanted]
    return bool(checks) and checks[0].is_clear and is_second_person(checks[0].checked_by_id, writers_of(revision))


def what_is_checked(evidence: Evidence, revision: EvidenceRevision) -> str:
    """The fingerprint of all words and files in which somebody might be recognised."""
    texts = (evidence.title, evidence.shows, revision.text, revision.link, revision.note)
    return fingerprint_of(texts, [file.stored.sha256 for file in revision.files.all()])


def writers_of(revision: EvidenceRevision) -> tuple[int | None, ...]:
    """Who had a hand in a revision; whoever approved it may well be the second person."""
    return (revision.made_by_id, revision.submitted_by_id)
