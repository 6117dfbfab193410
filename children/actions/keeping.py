"""How long lists are kept, which upload counts, and erasing."""

from collections.abc import Sequence
from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.permissions import NotAllowed
from children.counting import forget_children
from children.gather import copies_of
from children.models import ListFinding, ListRow, ListUpload, RowErasure
from children.owners import forget_owners
from children.permissions import check_can_change, check_can_erase, check_can_hold
from documents.actions.stored import erase

log = structlog.get_logger(__name__)


def make_current(*, by: User, at: datetime, upload: ListUpload) -> ListUpload:
    """Lets an upload count instead of the one that does: the way back from a wrong file."""
    check_can_change(by, upload)
    if not upload.is_done:
        raise NotAllowed("These lists were not read to the end.")
    if not upload.row_count:
        raise NotAllowed("Not one row could be read from this upload, so it can't count. Upload the lists again.")
    with transaction.atomic():
        ListUpload.objects.filter(is_current=True).exclude(pk=upload.pk).update(is_current=False)
        ListUpload.objects.filter(pk=upload.pk).update(is_current=True, became_current_at=at)
        audit.record(by=by, at=at, action="lists.made_current", thing=upload, fields=["is_current"])
    upload.refresh_from_db()
    return upload


def set_keep_until(*, by: User, at: datetime, upload: ListUpload, keep_until_on: date, reason: str) -> ListUpload:
    """Moves the day until which rows and files are kept."""
    check_can_change(by, upload)
    if keep_until_on < timezone.localdate(at):
        raise NotAllowed("Choose today or a later day. To erase the rows now, press Erase.")
    with transaction.atomic():
        upload.keep_until_on = keep_until_on
        upload.save(update_fields=["keep_until_on"])
        upload.files.filter(erased_at__isnull=True).update(keep_until_on=keep_until_on)
        audit.record(
            by=by,
            at=at,
            action="lists.keep_until_changed",
            thing=upload,
            text=f"Now kept until {keep_until_on:%d/%m/%Y}. {reason}",
            fields=["keep_until_on"],
        )
    return upload


def hold_rows(*, by: User, at: datetime, upload: ListUpload, is_held: bool, reason: str) -> ListUpload:
    """Sets or lifts a legal hold: what is held is not erased, whatever its day."""
    check_can_hold(by, upload)
    with transaction.atomic():
        upload.has_legal_hold = is_held
        upload.save(update_fields=["has_legal_hold"])
        upload.files.filter(erased_at__isnull=True).update(has_legal_hold=is_held)
        copies_of(upload).update(has_legal_hold=is_held)
        verb = "held" if is_held else "released"
        audit.record(by=by, at=at, action=f"lists.{verb}", thing=upload, text=reason, fields=["has_legal_hold"])
    return upload


def erase_rows(*, by: User | None, at: datetime, upload: ListUpload, reason: str) -> RowErasure:
    """Erases rows, findings and files; the totals and a record without identifiers stay.

    `by=None` is sendready itself, when the time of keeping is over.
    """
    with transaction.atomic():
        upload.refresh_from_db(from_queryset=ListUpload.objects.select_for_update())
        if by is not None:
            check_can_erase(by, upload)
        elif upload.has_legal_hold or upload.rows_erased_at is not None or upload.is_unfinished:
            raise NotAllowed("This upload is held, was erased already, or is being read.")
        findings, _ = ListFinding.objects.filter(upload=upload).delete()
        rows, _ = ListRow.objects.filter(upload=upload).delete()
        files = [*upload.files.filter(erased_at__isnull=True), *copies_of(upload).filter(has_legal_hold=False)]
        for kept in files:
            erase(by=None, at=at, kept=kept, reason=reason)
        forget_children(upload)
        forget_owners()
        upload.is_current = False
        upload.rows_erased_at = at
        upload.save(update_fields=["is_current", "rows_erased_at"])
        record = RowErasure.objects.create(
            upload_id=upload.pk, at=at, by=by, rows=rows, findings=findings, files=len(files), reason=reason[:300]
        )
        audit.record(
            by=by,
            at=at,
            action="lists.erased",
            thing=upload,
            text=f"{rows} rows, {findings} findings and {len(files)} file(s) erased. {reason}",
        )
    return record


def erase_due(*, by: User | None, at: datetime) -> Sequence[RowErasure]:
    """Erases every upload whose day has passed and that no hold keeps; one that may not go keeps no other."""
    due = ListUpload.objects.due(timezone.localdate(at))
    records = []
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        upload = due.filter(pk=pk).first()
        if upload is None or upload.is_unfinished:
            continue
        try:
            records.append(
                erase_rows(by=by, at=at, upload=upload, reason=f"Kept until {upload.keep_until_on:%d/%m/%Y}.")
            )
        except NotAllowed as refusal:
            log.warning("rows that are due were not erased", upload=pk, reason=refusal.reason)
    return records
