"""Files: taking in, holding, erasing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

from django.core.files import File
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.permissions import NotAllowed
from documents import files, intake
from documents.domain.names import safe_name
from documents.forgetting import forget
from documents.models import Erasure, Kept, StoredFile
from documents.permissions import check_can_erase, check_can_hold, check_not_held


def store_upload(
    *,
    by: User | None,
    at: datetime,
    upload: "File[bytes]",
    accepted: Iterable[intake.FileType] = intake.OFFICE_TYPES,
    vault: bool = False,
    marking: str = "",
    keep_until_on: date | None = None,
) -> StoredFile:
    """Examines an upload and stores it. Raises intake.Refused or files.DiskFull, both with `.sentence`.

    Whether `by` may upload here is the caller's rule, checked before. The same bytes twice are kept on disk once, as
    two rows: `StoredFile.objects.twins_of(stored)` finds the others. Call it outside a transaction of your own where
    you can: it reads and writes the whole file.
    """
    examined = intake.examine(upload, accepted=accepted)
    return _store(
        by=by,
        at=at,
        source=examined.source,
        values=StoredFile(
            sha256=examined.sha256,
            size=examined.size,
            content_type=examined.file_type.content_type,
            original_name=examined.safe_name,
            marking=marking,
            is_vaulted=vault,
            keep_until_on=keep_until_on,
        ),
    )


def store_file(
    *,
    by: User | None,
    at: datetime,
    source: BinaryIO,
    name: str,
    content_type: str,
    vault: bool = False,
    marking: str = "",
    keep_until_on: date | None = None,
) -> StoredFile:
    """Stores what sendready itself made (a workbook with marks, say), which no intake has to examine."""
    sha256, size = files.digest(source)
    return _store(
        by=by,
        at=at,
        source=source,
        values=StoredFile(
            sha256=sha256,
            size=size,
            content_type=content_type,
            original_name=safe_name(name),
            marking=marking,
            is_vaulted=vault,
            keep_until_on=keep_until_on,
        ),
    )


def _store(*, by: User | None, at: datetime, source: BinaryIO, values: StoredFile) -> StoredFile:
    """Links to a live row's bytes while that row is locked, so that nobody erases them in between; else writes anew."""
    stored = values
    stored.uploaded_by, stored.uploaded_at = by, at
    twins = StoredFile.objects.live().filter(sha256=stored.sha256, size=stored.size, is_vaulted=stored.is_vaulted)
    written = "" if twins.exists() else _put(source, stored)
    try:
        with transaction.atomic():
            twin = twins.select_for_update().order_by("pk").first()
            stored.path = twin.path if twin else (written := written or _put(source, stored))
            stored.save(force_insert=True)
            audit.record(by=by, at=at, action="file.stored", thing=stored, text=f"{stored.size} bytes stored.")
    except BaseException:
        files.discard(written)
        raise
    if written and stored.path != written:
        files.discard(written)
    return stored


def _put(source: BinaryIO, stored: StoredFile) -> str:
    return files.put(source, sha256=stored.sha256, size=stored.size, is_vaulted=stored.is_vaulted)


def hold(*, by: User, at: datetime, kept: Kept, is_held: bool, reason: str) -> Kept:
    """Sets or lifts a legal hold: what is held is not erased, whatever its date."""
    check_can_hold(by, kept)
    with transaction.atomic():
        kept.has_legal_hold = is_held
        kept.save(update_fields=["has_legal_hold"])
        verb = "held" if is_held else "released"
        audit.record(by=by, at=at, action=f"file.{verb}", thing=kept, text=reason, fields=["has_legal_hold"])
    return kept


def erase(*, by: User | None, at: datetime, kept: Kept, reason: str) -> Kept:
    """Erases the bytes and leaves the row with the date, and a record that outlives a restored backup.

    `by=None` is sendready itself, when the time of keeping is over. Bytes that another live row shares stay.
    """
    if by is None:
        check_not_held(kept)
    else:
        check_can_erase(by, kept)
    with transaction.atomic():
        # Locks every row that names these bytes, so that no upload links to them while they go.
        sharing = list(type(kept)._default_manager.select_for_update().filter(path=kept.path, erased_at__isnull=True))
        current = next((row for row in sharing if row.pk == kept.pk), None)
        if current is None:
            raise NotAllowed("This file was erased already.")
        # Somebody may have set a hold since `kept` was read.
        check_not_held(current)
        kept.erased_at = at
        kept.save(update_fields=["erased_at"])
        Erasure.objects.create(
            at=at,
            by=by,
            thing_type=kept._meta.label_lower,
            thing_id=str(kept.pk),
            path=kept.path,
            size=kept.size,
            reason=reason[:300],
        )
        audit.record(by=by, at=at, action="file.erased", thing=kept, text=reason)
        forget(kept)
        if all(row.pk == kept.pk for row in sharing):
            path = kept.path
            transaction.on_commit(lambda: files.discard(path))
    return kept
