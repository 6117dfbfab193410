"""What every export of lists is made from: an upload, its fingerprint, its marking. The same for all of them."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from accounts.models import LocalArea
from accounts.permissions import NotAllowed
from children.gather import current_upload
from children.models import ListUpload
from documents.exports import Params
from documents.jobs import JobFailed
from documents.models import Export

DEFAULT_MARKING = "OFFICIAL-SENSITIVE"


def marking_in_force() -> str:
    area = LocalArea.objects.first()
    return area.marking if area and area.marking else DEFAULT_MARKING


def fingerprint_of(upload: ListUpload | None, *more: str) -> str:
    """Rows never change once they are read, so the upload and its reading stand for them; empty where there is none.

    The marking, which stands on each page, is always part of it.
    """
    if upload is None:
        return ""
    read_at = upload.finished_at.isoformat() if upload.finished_at else ""
    words = (str(upload.pk), read_at, upload.schema_code, marking_in_force(), *more)
    return hashlib.sha256("|".join(words).encode()).hexdigest()


def as_at_of(upload: ListUpload) -> datetime:
    return upload.finished_at or upload.ordered_at


def person_level_upload() -> ListUpload:
    """The lists that count now. Raises NotAllowed where there are none."""
    upload = current_upload()
    if upload is None or not upload.has_rows:
        raise NotAllowed("No person-level lists are there to export. Upload them first.")
    return upload


def upload_in(params: Params) -> ListUpload | None:
    """The upload that was chosen, whatever became of it."""
    return ListUpload.objects.filter(pk=int(params["upload"])).first()


def upload_with_rows(params: Params) -> ListUpload:
    """The upload that was chosen. Raises NotAllowed where its rows are gone."""
    upload = ListUpload.objects.with_rows().filter(pk=int(params["upload"])).first()
    if upload is None:
        raise NotAllowed("The rows of this upload were erased, or never read. Choose lists that are still kept.")
    return upload


def check_rows_stand(upload_id: int) -> ListUpload:
    """Asked where a file is stored: rows that were erased while it was made must not live on in it."""
    upload = ListUpload.objects.with_rows().select_for_update().filter(pk=upload_id).first()
    if upload is None:
        raise JobFailed("The rows of these lists were erased while this file was made, so it was not kept.")
    return upload


def go_with_upload(export: Export, inputs: object) -> None:
    """For a copy of the upload that `params` name: it is held where the upload is."""
    if check_rows_stand(int(export.params["upload"])).has_legal_hold:
        Export.objects.filter(pk=export.pk).update(has_legal_hold=True)


def titled(what: str) -> Callable[[Params], str]:
    """The title of an export of one upload."""

    def subject(params: Params) -> str:
        upload = upload_in(params)
        return f"{what} as at {upload.extracted_on:%-d %B %Y}" if upload else what

    return subject
