"""Taking lists in. The reading itself happens in the background."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from children import reading_upload
from children.mapping import schema_in_use
from children.models import ListUpload
from children.permissions import check_can_upload
from children.readers.workbook import sheet_names
from documents import jobs
from documents.actions import store_upload
from documents.actions.stored import store_file
from documents.files import open_stored
from documents.intake import WORKBOOK_TYPES
from documents.models import StoredFile
from documents.together import all_or_none

# Six months: the default for rows where no visit sets another day.
KEEP_DAYS = 183


def upload_lists(
    *, by: User, at: datetime, uploads: Sequence["File[bytes]"], extracted_on: date, schema_code: str
) -> ListUpload:
    """Stores the files in the vault and queues the reading.

    Raises intake.Refused, files.DiskFull, readers.Unusable or NotAllowed before anything is kept. A demonstration
    reads the files first: what isn't synthetic is never stored, not even encrypted.
    """
    check_can_upload(by)
    schema = schema_in_use(schema_code)
    streams = [(upload.name or "", cast(BinaryIO, upload.file)) for upload in uploads]
    names = [name for file, stream in streams for name in sheet_names(file, stream, schema)]
    reading_upload.check_has_a_list(streams, names, schema, as_at=extracted_on)
    if settings.DEMO:
        workbook = reading_upload.read_streams(streams, schema, as_at=extracted_on)
        reading_upload.check_all_synthetic(workbook)
    keep_until_on = timezone.localdate(at) + timedelta(days=KEEP_DAYS)
    area = LocalArea.objects.first()
    with all_or_none(at=at, reason="The upload of lists it belonged to was refused.") as stored:
        for upload in uploads:
            upload.seek(0)
            stored.append(
                store_upload(
                    by=by,
                    at=at,
                    upload=upload,
                    accepted=WORKBOOK_TYPES,
                    vault=True,
                    marking=area.marking if area else "",
                    keep_until_on=keep_until_on,
                )
            )
        return _queue(
            by=by, at=at, stored=stored, extracted_on=extracted_on, keep_until_on=keep_until_on, code=schema.code
        )


def _queue(
    *, by: User, at: datetime, stored: list[StoredFile], extracted_on: date, keep_until_on: date, code: str
) -> ListUpload:
    with transaction.atomic():
        upload = ListUpload.objects.create(
            schema_code=code,
            extracted_on=extracted_on,
            keep_until_on=keep_until_on,
            ordered_by=by,
            ordered_at=at,
        )
        upload.files.set(stored)
        audit.record(by=by, at=at, action="lists.uploaded", thing=upload, text=f"{len(stored)} file(s), layout {code}.")
        jobs.ring(upload)
    return upload


def read_again(*, by: User, at: datetime, upload: ListUpload) -> ListUpload:
    """Queues another reading of the same file, as an upload of its own: what stands now stays until it is done.

    Each keeps its own row of the stored file, so that erasing one leaves the other alone.
    """
    check_can_upload(by)
    if upload.rows_erased_at is not None:
        raise NotAllowed("The file of this upload was erased. Upload it again.")
    if upload.is_unfinished:
        raise NotAllowed("These lists are being read just now. Wait until that is done.")
    with all_or_none(at=at, reason="The reading it was copied for was not queued.") as copies:
        for stored in upload.files.filter(erased_at__isnull=True).order_by("pk"):
            copies.append(_copy(by=by, at=at, stored=stored, keep_until_on=upload.keep_until_on))
        return _queue_again(by=by, at=at, upload=upload, copies=copies)


def _queue_again(*, by: User, at: datetime, upload: ListUpload, copies: list[StoredFile]) -> ListUpload:
    with transaction.atomic():
        again = _queue(
            by=by,
            at=at,
            stored=copies,
            extracted_on=upload.extracted_on,
            keep_until_on=upload.keep_until_on,
            code=upload.schema_code,
        )
        again.replaces, again.has_legal_hold = upload, upload.has_legal_hold
        again.save(update_fields=["replaces", "has_legal_hold"])
        again.files.update(has_legal_hold=upload.has_legal_hold)
        audit.record(by=by, at=at, action="lists.read_again", thing=upload)
        if again.has_legal_hold:
            audit.record(
                by=by,
                at=at,
                action="lists.held",
                thing=again,
                text="As on the upload whose file it reads again.",
                fields=["has_legal_hold"],
            )
    return again


def _copy(*, by: User, at: datetime, stored: StoredFile, keep_until_on: date) -> StoredFile:
    """Another row for the same bytes."""
    with open_stored(stored) as source:
        return store_file(
            by=by,
            at=at,
            source=source,
            name=stored.original_name,
            content_type=stored.content_type,
            vault=True,
            marking=stored.marking,
            keep_until_on=keep_until_on,
        )


def cancel_upload(*, by: User, at: datetime, upload: ListUpload) -> ListUpload:
    check_permission(by, Permission.UPLOAD_LISTS)
    if not upload.is_unfinished:
        raise NotAllowed("These lists were read already.")
    with transaction.atomic():
        if jobs.cancel(upload, at=at):
            audit.record(by=by, at=at, action="lists.cancelled", thing=upload)
    upload.refresh_from_db()
    return upload


def retry_upload(*, by: User, at: datetime, upload: ListUpload) -> ListUpload:
    check_can_upload(by)
    if upload.rows_erased_at is not None:
        raise NotAllowed("The file of this upload was erased. Upload it again.")
    with transaction.atomic():
        if jobs.queue_again(upload, at=at):
            audit.record(by=by, at=at, action="lists.retried", thing=upload)
    upload.refresh_from_db()
    return upload
