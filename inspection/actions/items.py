"""Each change that a person can cause to the answer of a request item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from documents.models import StoredFile
from documents.together import uploads_stored
from evidence.models import RevisionFile
from framework.models import RequestItem
from inspection.domain.submissions import (
    Answer,
    Draft,
    Missing,
    Move,
    State,
    WrongState,
    default_review_by,
    what_is_missing,
)
from inspection.models import ItemEvidence, ItemSubmission, SubmissionFile
from inspection.permissions.items import (
    check_can_supply,
    items_of,
)
from inspection.version_rows import begin_move, check_standing, finish_move, locked, owner_id_of, supersede

# More than this in one item is a folder, not an answer (our default).
MAX_FILES = 20


class Incomplete(Exception):
    """It can't go on yet; `missing` says what to add to which field."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(one.sentence for one in missing))
        self.missing = tuple(missing)


class Conflict(Exception):
    """Somebody else saved first. Nothing was saved; `theirs` is what stands now."""

    sentence = "Somebody else saved this version while you were writing. Both texts stand below: nothing is lost."

    def __init__(self, theirs: ItemSubmission) -> None:
        super().__init__(self.sentence)
        self.theirs = theirs


class CannotAttach(Exception):
    """A file that this submission cannot take; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a form of a draft says."""

    answer: Answer
    link: str
    none_reason: str
    note: str
    as_at_on: date | None
    review_by_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that was attached, and where its very bytes are attached already."""

    file: SubmissionFile
    twins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A draft after a save, with what was attached by it."""

    submission: ItemSubmission
    attached: tuple[Attached, ...] = ()


def start_version(*, by: User, at: datetime, item: RequestItem) -> ItemSubmission:
    """A new draft that starts as a copy of the newest version; the one that is open already, if there is one."""
    check_can_supply(by, item, owner_id_of(item))
    with transaction.atomic():
        RequestItem.objects.select_for_update().get(pk=item.pk)
        versions = ItemSubmission.objects.filter(item=item)
        opened = versions.open().first()
        if opened is not None:
            return opened
        last: int = versions.aggregate(last=models.Max("version"))["last"] or 0
        source = versions.standing().order_by("-version").first()
        draft = ItemSubmission.objects.create(
            item=item,
            version=last + 1,
            created_by=by,
            created_at=at,
            changed_by=by,
            changed_at=at,
            **(_copied_words(source) if source else {}),
        )
        if source is not None:
            _copy_files(source, draft)
            if source.state == State.RETURNED:
                supersede(source, at)
        record(by=by, at=at, action="submission.started", thing=draft, text=f"Version {draft.version} of {item.title}.")
        return draft


def _copied_words(source: ItemSubmission) -> dict[str, Any]:
    names = ("answer", "link", "none_reason", "note", "as_at_on", "review_by_on")
    return {name: getattr(source, name) for name in names}


def _copy_files(source: ItemSubmission, draft: ItemSubmission) -> None:
    SubmissionFile.objects.bulk_create(
        SubmissionFile(
            submission=draft,
            stored=file.stored,
            title=file.title,
            order=file.order,
            added_by=file.added_by,
            added_at=file.added_at,
        )
        for file in source.files.select_related("stored", "added_by").filter(stored__erased_at__isnull=True)
    )
    ItemEvidence.objects.bulk_create(
        ItemEvidence(
            submission=draft,
            revision=link.revision,
            relevance=link.relevance,
            added_by=link.added_by,
            added_at=link.added_at,
        )
        for link in source.evidence_links.select_related("revision", "added_by")
    )


def save_draft(
    *, by: User, at: datetime, submission: ItemSubmission, lock: int, words: Words, uploads: Sequence[File[bytes]] = ()
) -> Saved:
    """Saves the words of a draft and attaches files to it: all of it or nothing.

    Raises Conflict when somebody saved since `lock`, CannotAttach and documents' Refused for a file.
    """
    _check_can_save(ItemSubmission.objects.select_related("item").get(pk=submission.pk), by, lock)
    with uploads_stored(uploads, by=by, at=at) as files, transaction.atomic():
        row = locked(submission)
        _check_can_save(row, by, lock)
        changed = [name for name in Words.__slots__ if getattr(row, name) != getattr(words, name)]
        for name in changed:
            setattr(row, name, getattr(words, name))
        row.lock += 1
        row.changed_by, row.changed_at = by, at
        row.save()
        if changed:
            record(by=by, at=at, action="submission.changed", thing=row, fields=changed)
        return Saved(submission=row, attached=tuple(_attach(row, by, at, stored) for stored in files))


def _check_can_save(row: ItemSubmission, by: User, lock: int) -> None:
    check_can_supply(by, row.item, owner_id_of(row.item))
    check_standing(row)
    if row.state != State.DRAFT:
        raise WrongState("Only a draft can be changed. Take it back first, or start a new version.")
    if row.lock != lock:
        raise Conflict(row)


def attach_file(
    *, by: User, at: datetime, submission: ItemSubmission, upload: File[bytes], title: str = ""
) -> Attached:
    """Attaches one file to a draft, for commands that load documents."""
    check_can_supply(by, submission.item, owner_id_of(submission.item))
    with uploads_stored([upload], by=by, at=at) as files, transaction.atomic():
        row = locked(submission)
        _check_can_save(row, by, row.lock)
        row.lock += 1
        row.changed_by, row.changed_at = by, at
        row.save(update_fields=["lock", "changed_by", "changed_at"])
        return _attach(row, by, at, files[0], title=title)


def _attach(row: ItemSubmission, by: User, at: datetime, stored: StoredFile, *, title: str = "") -> Attached:
    if row.files.filter(stored__sha256=stored.sha256, stored__size=stored.size).exists():
        raise CannotAttach(f"{stored.original_name} is attached to this version already: the bytes are the same.")
    if row.files.count() >= MAX_FILES:
        raise CannotAttach(f"An item takes {MAX_FILES} files at most. Put the rest into one document.")
    last: int = row.files.aggregate(last=models.Max("order"))["last"] or 0
    file = SubmissionFile.objects.create(
        submission=row,
        stored=stored,
        title=(title or stored.original_name.rpartition(".")[0] or stored.original_name)[:200],
        order=last + 1,
        added_by=by,
        added_at=at,
    )
    record(by=by, at=at, action="submission.file_attached", thing=row, text=stored.original_name)
    return Attached(file=file, twins=_twins(row, stored, by))


def _twins(submission: ItemSubmission, stored: StoredFile, by: User) -> tuple[str, ...]:
    """The titles of other items that hold the same bytes in a version that still counts, as far as `by` may know."""
    found = (
        SubmissionFile.objects.filter(
            stored__sha256=stored.sha256, stored__size=stored.size, submission__archived_at__isnull=True
        )
        .filter(submission__item__in=items_of(by))
        .exclude(submission__item=submission.item)
        .exclude(submission__state=State.SUPERSEDED)
        .values_list("submission__item__title", flat=True)
    )
    return tuple(sorted(set(found)))


def _touch(row: ItemSubmission, by: User, at: datetime) -> None:
    row.lock += 1
    row.changed_by, row.changed_at = by, at
    row.save(update_fields=["lock", "changed_by", "changed_at"])


def detach_file(*, by: User, at: datetime, file: SubmissionFile) -> ItemSubmission:
    """Takes a file out of a draft. The bytes stay stored: an older version may hold them too."""
    with transaction.atomic():
        row = locked(file.submission)
        check_can_supply(by, row.item, owner_id_of(row.item))
        if row.state != State.DRAFT:
            raise CannotAttach("Files can be taken out of a draft only. Start a new version first.")
        name = file.stored.original_name
        SubmissionFile.objects.filter(pk=file.pk).delete()
        # Evidence of which no file is left is no longer taken.
        kept = RevisionFile.objects.filter(stored__sha256__in=row.files.values("stored__sha256")).values("revision")
        row.evidence_links.exclude(revision__in=kept).delete()
        _touch(row, by, at)
        record(by=by, at=at, action="submission.file_detached", thing=row, text=name)
        return row


def move_file(*, by: User, at: datetime, file: SubmissionFile, up: bool) -> ItemSubmission:
    """Swaps a file with its neighbour: the order is the order in the pack."""
    with transaction.atomic():
        row = locked(file.submission)
        check_can_supply(by, row.item, owner_id_of(row.item))
        if row.state != State.DRAFT:
            raise CannotAttach("The order of files can be changed in a draft only.")
        files = list(row.files.all())
        here = next(index for index, other in enumerate(files) if other.pk == file.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(files):
            files[here], files[there] = files[there], files[here]
            for order, other in enumerate(files, start=1):
                other.order = order
            SubmissionFile.objects.bulk_update(files, ["order"])
            _touch(row, by, at)
            record(by=by, at=at, action="submission.changed", thing=row, fields=["order of files"])
        return row


def submit(*, by: User, at: datetime, submission: ItemSubmission) -> ItemSubmission:
    """Hands a draft over for approval. Raises Incomplete with what is missing."""
    with transaction.atomic():
        row, transition = begin_move(by, submission, Move.SUBMIT)
        missing = what_is_missing(_draft_of(row), timezone.localdate(at))
        if missing:
            raise Incomplete(missing)
        if row.as_at_on and row.review_by_on is None:
            row.review_by_on = default_review_by(row.as_at_on)
        row.submitted_by, row.submitted_at = by, at
        return finish_move(row, transition, by, at, text=f"{row.item.title}, version {row.version}.")


def _draft_of(row: ItemSubmission) -> Draft:
    return Draft(
        answer=Answer(row.answer),
        file_count=row.files.filter(stored__erased_at__isnull=True).count(),
        link=row.link,
        none_reason=row.none_reason,
        as_at_on=row.as_at_on,
        review_by_on=row.review_by_on,
    )


def take_back(*, by: User, at: datetime, submission: ItemSubmission) -> ItemSubmission:
    """Makes a submitted version a draft again, before anybody has decided."""
    with transaction.atomic():
        row, transition = begin_move(by, submission, Move.TAKE_BACK)
        return finish_move(row, transition, by, at, text=f"{row.item.title}, version {row.version}.")
