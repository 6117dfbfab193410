"""Reading an uploaded report in the background, and what becomes of it."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.files import File
from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents import jobs
from documents.actions import store_upload
from documents.actions.stored import erase
from documents.intake import PDF
from indicators.models import Area
from inspection.actions.published import store_report
from inspection.domain.reports.taken import from_json
from inspection.models import PublishedInspection, ReportReading

if TYPE_CHECKING:
    Upload = File[bytes]
else:
    Upload = File


def read_upload(*, by: User, at: datetime, upload: Upload) -> ReportReading:
    """Stores the file and queues its reading. Raises intake.Refused or files.DiskFull."""
    check_permission(by, Permission.EDIT_INDICATORS)
    stored = store_upload(by=by, at=at, upload=upload, accepted=[PDF])
    try:
        with transaction.atomic():
            job = ReportReading.objects.create(stored=stored, ordered_by=by, ordered_at=at)
            audit.record(by=by, at=at, action="report.ordered", thing=job, text=f"{stored.size} bytes.")
            jobs.ring(job)
    except BaseException:
        erase(by=None, at=at, kept=stored, reason="Its reading could not be ordered.")
        raise
    return job


def store_reading(
    *, by: User, at: datetime, reading: ReportReading, area: Area, published_on: date | None
) -> PublishedInspection:
    """Keeps what was read, under the area and day that a person confirmed. Raises CannotStore."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        row = ReportReading.objects.select_for_update(of=("self",)).select_related("stored").get(pk=reading.pk)
        _check_waits(row)
        taken = from_json(row.result)
        taken = replace(taken, area=area.name, area_code=area.code, published_on=published_on)
        row.inspection = store_report(by=by, at=at, taken=taken, stored=row.stored)
        row.standing, row.decided_by, row.decided_at = "stored", by, at
        row.save(update_fields=["inspection", "standing", "decided_by", "decided_at"])
    return row.inspection


def put_aside(*, by: User, at: datetime, reading: ReportReading) -> ReportReading:
    """Nothing of it is kept; the file stays until it is erased among what is kept."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        row = ReportReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if row.is_unfinished:
            jobs.cancel(row, at=at)
        elif row.standing != "waiting":
            raise NotAllowed("This report was decided on already.")
        row.refresh_from_db()
        row.standing, row.decided_by, row.decided_at = "aside", by, at
        row.save(update_fields=["standing", "decided_by", "decided_at"])
        audit.record(by=by, at=at, action="report.put_aside", thing=row)
    return row


def _check_waits(row: ReportReading) -> None:
    if not row.is_done or not row.result:
        raise NotAllowed("This report isn't read yet. Wait for it, then look at it.")
    if row.standing != "waiting":
        raise NotAllowed("This report was decided on already.")
