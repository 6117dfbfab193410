"""Uploads, stored files and exports."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from documents import actions
from documents.models import Export, StoredFile

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make_upload(*, name: str = "plan.txt", content: bytes = b"What we plan.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_stored_file(
    *, by: User, name: str = "plan.txt", content: bytes = b"What we plan.\n", vault: bool = False
) -> StoredFile:
    return actions.store_upload(by=by, at=AT, upload=make_upload(name=name, content=content), vault=vault)


def make_export(*, by: User, kind: str = "words", text: str = "hello", **params: object) -> Export:
    """An export that waits in the queue (of the kinds in tests/harness/export_kinds.py)."""
    return actions.order_export(by=by, at=AT, kind=kind, params={"text": text, **params})
