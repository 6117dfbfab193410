"""Revisions of an item: written, submitted, approved, returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files import File
from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from documents.intake import Refused
from documents.models import StoredFile
from documents.together import uploads_stored
from evidence.domain.revisions import (
    Draft,
    Missing,
    Move,
    State,
    Transition,
    WrongState,
    transition_of,
    what_is_missing,
)
from evidence.indexing import index_evidence, order_text
from evidence.mail import tell_suppliers
from evidence.models import Evidence, EvidenceRevision, RevisionFile
from evidence.permissions import check_can_change, check_can_move, evidence_of
from evidence.rows import check_standing, file_marking, locked

# More than this in one item is a folder, not evidence (our default).
MAX_FILES = 20


class Incomplete(Exception):
    """It can't go on yet; `missing` says what to add to which field."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(one.sentence for one in missing))
        self.missing = tuple(missing)


class Conflict(Exception):
    """Somebody else saved first. Nothing was saved; `theirs` is what stands now."""

    sentence = "Somebody else saved this revision while you were writing. Both texts stand below: nothing is lost."

    def __init__(self, theirs: EvidenceRevision) -> None:
        super().__init__(self.sentence)
        self.theirs = theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a form of a revision says."""

    text: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A revision after a save; `twins` names other items that hold the very same bytes."""

    revision: EvidenceRevision
    twins: tuple[Evidence, ...] = ()


def start_revision(*, by: User, at: datetime, evidence: Evidence) -> EvidenceRevision:
    """A new draft that starts as a copy of the newest revision; the one that is open already, if there is one."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        opened = row.revisions.open().first()
        if opened is not None:
            return opened
        source = row.revisions.order_by("-number").first()
        draft = EvidenceRevision.objects.create(
            evidence=row,
            number=source.number + 1 if source else 1,
            text=source.text if source else "",
            link=source.link if source else "",
            note=source.note if source else "",
            made_by=by,
            made_at=at,
            changed_by=by,
            changed_at=at,
        )
        if source is not None:
            kept = source.files.filter(stored__erased_at__isnull=True).select_related("stored")
            RevisionFile.objects.bulk_create(
                RevisionFile(revision=draft, stored=file.stored, title=file.title, order=file.order) for file in kept
            )
            if source.state == State.RETURNED:
                _supersede(source, at)
        record(by=by, at=at, action="evidence.revised", thing=row, text=f"Revision {draft.number} started.")
        index_evidence(row)
        return draft


def save_revision(
    *,
    by: User,
    at: datetime,
    revision: EvidenceRevision,
    lock: int,
    words: Words,
    uploads: Sequence[File[bytes]] = (),
) -> Saved:
    """Saves the words of a draft and attaches files to it: all of it or nothing.

    Raises Conflict when somebody saved since `lock`, documents' Refused for a file.
    """
    _check_can_save(_row(revision), by, lock)
    marking = file_marking(revision.evidence.marking)
    with uploads_stored(uploads, by=by, at=at, marking=marking) as files, transaction.atomic():
        row = _locked(revision)
        _check_can_save(row, by, lock)
        changed = [name for name in Words.__slots__ if getattr(row, name) != getattr(words, name)]
        for name in changed:
            setattr(row, name, getattr(words, name))
        _touch(row, by, at)
        if changed:
            record(by=by, at=at, action="evidence.changed", thing=row.evidence, fields=changed)
        for stored in files:
            _attach(row, by, at, stored)
        index_evidence(row.evidence)
        return Saved(revision=row, twins=_twins(by, row, files))


def attach_stored(*, by: User, at: datetime, revision: EvidenceRevision, stored: StoredFile) -> EvidenceRevision:
    """Attaches a file that is stored already to a draft. Raises documents' Refused."""
    with transaction.atomic():
        row = _locked(revision)
        _check_can_save(row, by, row.lock)
        _touch(row, by, at)
        _attach(row, by, at, stored)
        index_evidence(row.evidence)
        return row


def add_words(*, by: User, at: datetime, revision: EvidenceRevision, text: str, note: str) -> EvidenceRevision:
    """Puts words behind those of a draft; a note only where none stands. Who has it open sees both texts on saving."""
    with transaction.atomic():
        row = _locked(revision)
        _check_can_save(row, by, row.lock)
        row.text = "\n\n".join(part for part in (row.text, text) if part)
        row.note = row.note or note
        _touch(row, by, at)
        return row


def detach_file(*, by: User, at: datetime, file: RevisionFile) -> EvidenceRevision:
    """Takes a file out of a draft. The bytes stay stored: an older revision may hold them too."""
    with transaction.atomic():
        row = _locked(file.revision)
        _check_can_save(row, by, row.lock)
        text = _file_words(file, row)
        RevisionFile.objects.filter(pk=file.pk).delete()
        _touch(row, by, at)
        record(by=by, at=at, action="evidence.file_detached", thing=row.evidence, text=text)
        index_evidence(row.evidence)
        return row


def submit(*, by: User, at: datetime, revision: EvidenceRevision) -> EvidenceRevision:
    """Hands a draft over for approval. Raises Incomplete with what is missing."""
    with transaction.atomic():
        row, transition = _begin(by, revision, Move.SUBMIT)
        missing = what_is_missing(_draft_of(row), timezone.localdate(at))
        if missing:
            raise Incomplete(missing)
        row.submitted_by, row.submitted_at = by, at
        return _finish(row, transition, by, at)


def take_back(*, by: User, at: datetime, revision: EvidenceRevision) -> EvidenceRevision:
    """Makes a submitted revision a draft again, before anybody has decided."""
    with transaction.atomic():
        row, transition = _begin(by, revision, Move.TAKE_BACK)
        return _finish(row, transition, by, at)


def approve(
    *, by: User, at: datetime, revision: EvidenceRevision, lock: int | None = None, version: int | None = None
) -> EvidenceRevision:
    """Approves a submitted revision; the one approved before is superseded and kept.

    `lock` of the revision and `version` of the item are the saves that the approver read: WrongState after others.
    """
    with transaction.atomic():
        evidence = locked(revision.evidence)
        row, transition = _begin(by, revision, Move.APPROVE)
        if lock not in (None, row.lock) or version not in (None, evidence.version):
            raise WrongState("It has changed since you opened the page. Read it again, then decide.")
        for other in row.evidence.revisions.approved().exclude(pk=row.pk):
            _supersede(other, at)
        row.decided_by, row.decided_at = by, at
        return _decide(row, transition, by, at)


def return_revision(*, by: User, at: datetime, revision: EvidenceRevision, reason: str) -> EvidenceRevision:
    """Returns a revision with the reason that its supplier needs in order to mend it."""
    if not reason.strip():
        raise Incomplete([Missing("reason", "Say what has to change, so that the supplier can mend it.")])
    with transaction.atomic():
        row, transition = _begin(by, revision, Move.RETURN)
        row.decided_by, row.decided_at, row.return_reason = by, at, reason.strip()
        return _decide(row, transition, by, at)


def _draft_of(row: EvidenceRevision) -> Draft:
    """What the table of what is missing looks at."""
    evidence = row.evidence
    return Draft(
        shows=evidence.shows,
        covers_from_on=evidence.covers_from_on,
        covers_to_on=evidence.covers_to_on,
        collected_on=evidence.collected_on,
        file_count=row.files.filter(stored__erased_at__isnull=True).count(),
        link=row.link,
        text=row.text,
    )


def _row(revision: EvidenceRevision) -> EvidenceRevision:
    rows = EvidenceRevision.objects.select_related("evidence__organisation", "evidence__added_by")
    return rows.get(pk=revision.pk)


def _locked(revision: EvidenceRevision) -> EvidenceRevision:
    """The row as it stands, kept still until the transaction ends."""
    rows = EvidenceRevision.objects.select_for_update(of=("self",))
    return rows.select_related("evidence__organisation", "evidence__added_by").get(pk=revision.pk)


def _check_can_save(row: EvidenceRevision, by: User, lock: int) -> None:
    check_can_change(by, row.evidence)
    check_standing(row.evidence)
    if row.state != State.DRAFT:
        raise WrongState("Only a draft can be changed. Take it back first, or start a new revision.")
    if row.lock != lock:
        raise Conflict(row)


def _attach(row: EvidenceRevision, by: User, at: datetime, stored: StoredFile) -> None:
    if row.files.filter(stored__sha256=stored.sha256, stored__size=stored.size).exists():
        raise Refused(f"{stored.original_name} is attached to this revision already: the bytes are the same.")
    last: int = row.files.aggregate(last=models.Max("order"))["last"] or 0
    if row.files.count() >= MAX_FILES:
        raise Refused(f"One item takes {MAX_FILES} files at most. Put the rest into one document.")
    title = stored.original_name.rpartition(".")[0] or stored.original_name
    file = RevisionFile.objects.create(revision=row, stored=stored, title=title[:200], order=last + 1)
    record(by=by, at=at, action="evidence.file_attached", thing=row.evidence, text=_file_words(file, row))
    order_text(stored, by=by, at=at)


def _file_words(file: RevisionFile, row: EvidenceRevision) -> str:
    """For the trail, which outlives the file: never its name, which may be a child's."""
    return f"File {file.order} of revision {row.number}."


def _twins(by: User, row: EvidenceRevision, files: Sequence[StoredFile]) -> tuple[Evidence, ...]:
    """Other standing items that hold one of these files, byte for byte, as far as the person may open them."""
    holders = RevisionFile.objects.filter(
        stored__sha256__in=[stored.sha256 for stored in files], revision__evidence__archived_at__isnull=True
    ).exclude(revision__evidence=row.evidence)
    return tuple(evidence_of(by).filter(pk__in=holders.values("revision__evidence")).order_by("number"))


def _touch(row: EvidenceRevision, by: User, at: datetime) -> None:
    row.lock += 1
    row.changed_by, row.changed_at = by, at
    row.save()


def _begin(by: User, revision: EvidenceRevision, move: Move) -> tuple[EvidenceRevision, Transition]:
    """The locked row and the line of the table, once the person and the state both allow it."""
    row = _locked(revision)
    transition = transition_of(move, State(row.state))
    check_can_move(by, row.evidence, transition.mover)
    check_standing(row.evidence)
    return row, transition


def _finish(row: EvidenceRevision, transition: Transition, by: User, at: datetime) -> EvidenceRevision:
    row.state = transition.target.value
    _touch(row, by, at)
    text = f"Revision {row.number}."
    record(by=by, at=at, action=f"evidence.{transition.done}", thing=row.evidence, text=text)
    index_evidence(row.evidence)
    return row


def _decide(row: EvidenceRevision, transition: Transition, by: User, at: datetime) -> EvidenceRevision:
    """The decision, and the mail that tells of it."""
    decided = _finish(row, transition, by, at)
    tell_suppliers(by=by, at=at, revision=decided)
    return decided


def _supersede(revision: EvidenceRevision, at: datetime) -> None:
    transition = transition_of(Move.SUPERSEDE, State(revision.state))
    revision.state = transition.target.value
    revision.changed_at = at
    revision.save(update_fields=["state", "changed_at"])
    text = f"A newer revision took the place of revision {revision.number}."
    record(by=None, at=at, action=f"evidence.{transition.done}", thing=revision.evidence, text=text)
