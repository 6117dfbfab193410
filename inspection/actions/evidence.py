"""An Annex A item takes what stands approved in the evidence log, instead of a second upload."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from evidence.models import Evidence, EvidenceRevision, Marking, RevisionFile
from evidence.permissions import evidence_of
from inspection.actions.items import MAX_FILES, CannotAttach
from inspection.domain.submissions import Answer, State
from inspection.models import ItemEvidence, ItemSubmission, SubmissionFile
from inspection.permissions.items import check_can_supply
from inspection.version_rows import check_standing, locked, owner_id_of


def take_evidence(
    *, by: User, at: datetime, submission: ItemSubmission, evidence: Evidence, relevance: str
) -> ItemEvidence:
    """Puts the files of the approved revision into a draft; an older revision of the same item gives way to it.

    Raises CannotAttach, with what to do instead.
    """
    with transaction.atomic():
        row = _draft(by, submission)
        revision, files = _approved(by, evidence)
        older = row.evidence_links.filter(revision__evidence=evidence).first()
        if older is not None:
            _drop(row, older)
            relevance = relevance or older.relevance
        _attach(row, by, at, files)
        link = ItemEvidence.objects.create(
            submission=row, revision=revision, relevance=relevance, added_by=by, added_at=at
        )
        row.answer = Answer.FILES.value
        row.as_at_on = row.as_at_on or evidence.covers_to_on
        _touch(row, by, at)
        record(by=by, at=at, action="submission.evidence_taken", thing=row, text=f"{revision}.")
        return link


def drop_evidence(*, by: User, at: datetime, link: ItemEvidence) -> ItemSubmission:
    """Takes the files of a revision out of a draft. The evidence itself stays as it is."""
    with transaction.atomic():
        row = _draft(by, link.submission)
        _drop(row, link)
        _touch(row, by, at)
        record(by=by, at=at, action="submission.evidence_dropped", thing=row, text=f"{link.revision}.")
        return row


def _draft(by: User, submission: ItemSubmission) -> ItemSubmission:
    row = locked(submission)
    check_can_supply(by, row.item, owner_id_of(row.item))
    check_standing(row)
    if row.state != State.DRAFT:
        raise CannotAttach("Evidence can be taken into a draft only. Start a new version first.")
    return row


def _approved(by: User, evidence: Evidence) -> tuple[EvidenceRevision, list[RevisionFile]]:
    """The revision that stands approved, kept still, with its files."""
    row = evidence_of(by).standing().select_for_update(of=("self",)).filter(pk=evidence.pk).first()
    if row is None:
        raise NotAllowed("You can take only evidence that you may open.")
    if row.marking == Marking.CONFIDENTIAL:
        raise CannotAttach(
            f"{row.code} is confidential, and more people open the items of Annex A than may open it. "
            "Change who may see it first."
        )
    revision = row.revisions.approved().first()
    if revision is None:
        raise CannotAttach(f"{row.code} has no approved revision. Have one approved first.")
    kept = revision.files.filter(stored__erased_at__isnull=True, stored__is_vaulted=False)
    files = list(kept.select_related("stored"))
    if not files:
        raise CannotAttach(f"{row.code} holds no file, only words or a link. Attach the document itself.")
    return revision, files


def _attach(row: ItemSubmission, by: User, at: datetime, files: list[RevisionFile]) -> None:
    there = set(row.files.values_list("stored__sha256", flat=True))
    new = [file for file in files if file.stored.sha256 not in there]
    if row.files.count() + len(new) > MAX_FILES:
        raise CannotAttach(f"An item takes {MAX_FILES} files at most. Put the rest into one document.")
    last: int = row.files.aggregate(last=models.Max("order"))["last"] or 0
    SubmissionFile.objects.bulk_create(
        SubmissionFile(submission=row, stored=file.stored, title=file.title, order=order, added_by=by, added_at=at)
        for order, file in enumerate(new, last + 1)
    )


def _drop(row: ItemSubmission, link: ItemEvidence) -> None:
    """Bytes that another revision in the same draft brought too stay, and so does what was uploaded here by hand."""
    others = row.evidence_links.exclude(pk=link.pk).values("revision")
    shared = RevisionFile.objects.filter(revision__in=others).values("stored__sha256")
    taken = RevisionFile.objects.filter(revision=link.revision).values("stored__sha256")
    from_the_log = row.files.filter(stored__in=RevisionFile.objects.values("stored"))
    from_the_log.filter(stored__sha256__in=taken).exclude(stored__sha256__in=shared).delete()
    ItemEvidence.objects.filter(pk=link.pk).delete()


def _touch(row: ItemSubmission, by: User, at: datetime) -> None:
    row.lock += 1
    row.changed_by, row.changed_at = by, at
    row.save()
