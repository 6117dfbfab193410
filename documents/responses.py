"""The one guarded way out of the store."""

from typing import BinaryIO

from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.requests import user_of
from documents.domain.names import safe_name
from documents.files import open_stored
from documents.intake.types import JPEG, PNG
from documents.models import Download, Export, StoredFile

PICTURES = frozenset({PNG.content_type, JPEG.content_type})


def _check_start(source: BinaryIO) -> None:
    """Reads a first byte, so that what can't be decrypted is told on a page and not by a broken download."""
    try:
        source.read(1)
        source.seek(0)
    except BaseException:
        source.close()
        raise


def download(request: HttpRequest, thing: StoredFile | Export, *, file_name: str) -> FileResponse:
    """Streams the bytes as an attachment, once the access log and the audit trail have their lines.

    The caller has checked the permission. Raises files.Erased, vault.Damaged or vault.VaultUnavailable, each with
    `.sentence`, before anything is logged.
    """
    source = _logged(request, thing)
    return _streamed(source, thing, file_name)


def download_by_link(thing: StoredFile, *, file_name: str, through: str) -> FileResponse:
    """The same for somebody without an account who holds a link: `through` names it in the audit trail by number.

    The caller has checked the link. Raises as `download` does.
    """
    source = open_stored(thing)
    _check_start(source)
    audit.record(by=None, at=timezone.now(), action="file.downloaded", thing=thing, text=f"By {through}.")
    return _streamed(source, thing, file_name)


def _streamed(source: BinaryIO, thing: StoredFile | Export, file_name: str) -> FileResponse:
    response = FileResponse(
        source,
        as_attachment=True,
        filename=safe_name(file_name),
        content_type=thing.content_type or "application/octet-stream",
    )
    return _guarded(response, thing)


def show_picture(request: HttpRequest, stored: StoredFile) -> FileResponse:
    """The bytes of a picture, for a page of ours to show; logged as any copy that leaves.

    The caller has checked the permission, and that it is one of `PICTURES`: nothing else is shown in the browser.
    """
    if stored.content_type not in PICTURES:
        raise ValueError("Only pictures are shown.")
    response = FileResponse(_logged(request, stored), content_type=stored.content_type)
    response.headers["Content-Disposition"] = "inline"
    return _guarded(response, stored)


def _logged(request: HttpRequest, thing: StoredFile | Export) -> BinaryIO:
    """The open bytes, once both logs have their lines."""
    user, now = user_of(request), timezone.now()
    source = open_stored(thing)
    _check_start(source)
    with transaction.atomic():
        Download.objects.create(
            at=now,
            user=user,
            thing_type=thing._meta.label_lower,
            thing_id=str(thing.pk),
            thing_label=str(thing)[:300],
            sha256=thing.sha256,
            size=thing.size,
            marking=thing.marking,
        )
        noun = "export" if isinstance(thing, Export) else "file"
        audit.record(by=user, at=now, action=f"{noun}.downloaded", thing=thing)
    return source


def _guarded(response: FileResponse, thing: StoredFile | Export) -> FileResponse:
    response.headers["Content-Length"] = str(thing.size)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if thing.marking:
        response.headers["X-Marking"] = thing.marking
    return response
