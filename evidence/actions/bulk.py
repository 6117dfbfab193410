"""Many files at once: each becomes an item of its own, or says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.db import transaction

from accounts.audit import record
from accounts.models import Organisation, User
from documents.actions import erase, store_upload
from documents.domain.names import safe_name
from documents.files import DiskFull
from documents.intake import Refused
from documents.models import StoredFile
from documents.together import NOT_ATTACHED, all_or_none
from evidence.actions.items import Facts, add_evidence
from evidence.actions.revisions import attach_stored
from evidence.domain.revisions import State
from evidence.models import BulkAdd, BulkOutcome, BulkRow, Evidence, RevisionFile
from evidence.permissions import check_can_add, evidence_of
from evidence.rows import file_marking

# What one request carries comfortably (our default).
MOST_FILES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all the files have in common."""

    kind: str
    organisation: Organisation | None
    covers_from_on: date | None
    covers_to_on: date | None
    review_by_on: date | None
    marking: str


def add_many(*, by: User, at: datetime, uploads: Sequence[File[bytes]], shared: Shared) -> BulkAdd:
    """One draft for each file. A file that is refused, or in the log already, hinders none of the others."""
    check_can_add(by)
    bulk = BulkAdd.objects.create(added_by=by, added_at=at)
    record(by=by, at=at, action="bulkadd.started", thing=bulk, text=f"{len(uploads)} files.")
    for order, upload in enumerate(uploads, 1):
        row = BulkRow(bulk=bulk, order=order, file_name=safe_name(upload.name or "")[:160])
        if order > MOST_FILES:
            row.outcome = BulkOutcome.REFUSED
            row.reason = f"{MOST_FILES} files at a time are the most. Add this one with the next."
            row.save()
            continue
        try:
            stored = store_upload(by=by, at=at, upload=upload, marking=file_marking(shared.marking))
        except (Refused, DiskFull) as refusal:
            row.outcome, row.reason = BulkOutcome.REFUSED, refusal.sentence
            row.save()
            continue
        _take(by, at, row, stored, shared)
    return bulk


def _take(by: User, at: datetime, row: BulkRow, stored: StoredFile, shared: Shared) -> None:
    twin = _twin(by, stored)
    if twin is not None:
        erase(by=None, at=at, kept=stored, reason="Not taken: the log holds the very same bytes.")
        row.outcome, row.evidence = BulkOutcome.THERE_ALREADY, twin
        row.save()
        return
    facts = Facts(
        title=_title(row.file_name),
        shows="",
        collected_on=shared.covers_to_on,
        owner=by,
        kind=shared.kind,
        organisation=shared.organisation,
        covers_from_on=shared.covers_from_on,
        covers_to_on=shared.covers_to_on,
        review_by_on=shared.review_by_on,
        marking=shared.marking,
    )
    with all_or_none(at=at, reason=NOT_ATTACHED) as kept, transaction.atomic():
        kept.append(stored)
        draft = add_evidence(by=by, at=at, facts=facts)
        attach_stored(by=by, at=at, revision=draft, stored=stored)
        row.outcome, row.evidence = BulkOutcome.ADDED, draft.evidence
        row.save()


def _twin(by: User, stored: StoredFile) -> Evidence | None:
    """A standing item that holds the very same bytes now, as far as the person may open it."""
    holders = RevisionFile.objects.filter(
        stored__sha256=stored.sha256, stored__size=stored.size, stored__erased_at__isnull=True
    ).exclude(revision__state__in=[State.SUPERSEDED.value, State.RETURNED.value])
    return evidence_of(by).standing().filter(pk__in=holders.values("revision__evidence")).order_by("number").first()


def _title(file_name: str) -> str:
    bare = file_name.rpartition(".")[0] or file_name
    return " ".join(bare.replace("_", " ").split())[:200] or file_name
