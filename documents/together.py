"""Files that stay all together or not at all: when what they were stored for fails, none is left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.files import File

from accounts.models import User
from documents.actions.stored import erase, store_upload
from documents.domain.names import safe_name
from documents.intake import Refused
from documents.models import StoredFile

NOT_ATTACHED = "Not attached: the save that brought it did not go through."


@contextmanager
def all_or_none(*, at: datetime, reason: str) -> Iterator[list[StoredFile]]:
    """Add each file to the list as soon as it is stored; if the block fails, they are erased for `reason`.

    Keep it outside any transaction: what is rolled back can't be erased.
    """
    kept: list[StoredFile] = []
    try:
        yield kept
    except BaseException:
        for stored in kept:
            erase(by=None, at=at, kept=stored, reason=reason)
        raise


@contextmanager
def uploads_stored(
    uploads: Sequence[File[bytes]], *, by: User | None, at: datetime, marking: str = ""
) -> Iterator[list[StoredFile]]:
    """Stores uploads one by one; if one is refused, or the block fails, none of them stays.

    Raises Refused with the name of the file, since several may come at once.
    """
    with all_or_none(at=at, reason=NOT_ATTACHED) as kept:
        for upload in uploads:
            try:
                kept.append(store_upload(by=by, at=at, upload=upload, marking=marking))
            except Refused as refusal:
                raise Refused(f"{safe_name(upload.name or '')}: {refusal.sentence}", status=refusal.status) from refusal
        yield kept
