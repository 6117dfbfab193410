"""What an Annex A item could take from the evidence log, and what it has taken."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch

from accounts.models import User
from evidence.domain.revisions import State
from evidence.gather import approved_revisions
from evidence.models import EvidenceQuerySet, Marking, RevisionFile
from evidence.permissions import evidence_of
from evidence.search import find
from framework.models import RequestItem
from inspection.models import ItemEvidence, ItemSubmission


def takeable(user: User, question: str) -> EvidenceQuerySet:
    """Standing items that the person may open and that hold an approved file, each with its `approved` revision."""
    files = RevisionFile.objects.filter(
        revision__evidence=OuterRef("pk"), revision__state=State.APPROVED.value, stored__erased_at__isnull=True
    )
    items = evidence_of(user).standing().exclude(marking=Marking.CONFIDENTIAL).filter(Exists(files))
    return find(items, question).select_related("organisation").prefetch_related(approved_revisions())


def taken() -> Prefetch[str]:
    """What versions have taken, each with the number of the revision that stands approved now."""
    return Prefetch("evidence_links", queryset=ItemEvidence.objects.with_newest())


def moved_on(versions: Iterable[int]) -> dict[int, list[ItemEvidence]]:
    """What each version took that no longer stands so in the log, by key of the version. One query."""
    found: dict[int, list[ItemEvidence]] = {}
    for link in ItemEvidence.objects.with_newest().filter(submission__in=list(versions)):
        if link.what_moved_on:
            found.setdefault(link.submission_id, []).append(link)
    return found


def readable(user: User, item: RequestItem) -> set[int]:
    """Keys of the evidence in versions of an item that the person may open in the log: of the rest, only the code."""
    held = ItemEvidence.objects.filter(submission__item=item).values("revision__evidence")
    return set(evidence_of(user).filter(pk__in=held).values_list("pk", flat=True))


def taken_by(version: ItemSubmission) -> tuple[ItemEvidence, ...]:
    return tuple(ItemEvidence.objects.with_newest().filter(submission=version))
