"""Taking files of figures in. The reading itself happens in the background."""

from datetime import date, datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents import jobs
from documents.actions import store_upload
from documents.actions.stored import erase
from documents.files import digest
from documents.intake import Refused
from documents.intake.types import CSV
from indicators.models import Release, StatisticsImport


class SeenBefore(Exception):
    """The very same bytes were taken in already."""

    def __init__(self, job: StatisticsImport) -> None:
        self.job = job
        self.sentence = f"This file was imported before, as “{job.release or job.title}”. Nothing was stored twice."
        super().__init__(self.sentence)


def import_file(
    *, by: User | None, at: datetime, upload: "File[bytes]", title: str = "", published_on: date | None = None
) -> StatisticsImport:
    """Stores the file and queues its reading. Raises SeenBefore, intake.Refused or files.DiskFull.

    `by=None` is the command line. A file of which nothing could be used may be sent again.
    """
    if by is not None:
        check_permission(by, Permission.EDIT_INDICATORS)
    _check_size(upload)
    _check_not_seen(upload)
    stored = store_upload(by=by, at=at, upload=upload, accepted=[CSV])
    try:
        with transaction.atomic():
            job = StatisticsImport.objects.create(
                stored=stored, title=title[:200], published_on=published_on, ordered_by=by, ordered_at=at
            )
            audit.record(by=by, at=at, action="statistics.ordered", thing=job, text=f"{stored.size} bytes.")
            jobs.ring(job)
    except BaseException:
        erase(by=None, at=at, kept=stored, reason="Its import could not be ordered.")
        raise
    return job


def _check_size(upload: "File[bytes]") -> None:
    """Before anything of it is read."""
    limit, size = settings.UPLOAD_LIMIT_MB, (upload.size or 0) / (1024 * 1024)
    if size > limit:
        raise Refused(
            f"This file has {size:,.0f} MB; {limit} MB is the most. Files of that size mostly list schools: choose the "
            "data set by local authority, or ask the administrator to raise SENDREADY_UPLOAD_LIMIT_MB.",
            status=413,
        )


def _check_not_seen(upload: "File[bytes]") -> None:
    upload.seek(0)
    sha256, _ = digest(cast(BinaryIO, upload.file or upload))
    upload.seek(0)
    known = StatisticsImport.objects.filter(stored__sha256=sha256).exclude(state__in=["failed", "cancelled"])
    if (job := known.select_related("release").first()) is not None:
        raise SeenBefore(job)


def read_again(*, by: User | None, at: datetime, release: Release) -> StatisticsImport:
    """Queues another reading of a held file, for what was confirmed since."""
    if by is not None:
        check_permission(by, Permission.EDIT_INDICATORS)
    last = StatisticsImport.objects.filter(release=release).select_related("stored").first()
    if last is None or not last.stored.has_bytes:
        raise NotAllowed("The file of these figures isn't kept here. Import it again.")
    waiting = StatisticsImport.objects.filter(release=release, state="queued").first()
    if waiting is not None:  # one that runs may have passed by what was changed just now
        return waiting
    with transaction.atomic():
        job = StatisticsImport.objects.create(
            stored=last.stored, release=release, title=release.title, ordered_by=by, ordered_at=at
        )
        audit.record(by=by, at=at, action="statistics.read_again", thing=release)
        jobs.ring(job)
    return job


def cancel_import(*, by: User, at: datetime, job: StatisticsImport) -> StatisticsImport:
    check_permission(by, Permission.EDIT_INDICATORS)
    if not job.is_unfinished:
        raise NotAllowed("This file was read already.")
    with transaction.atomic():
        if jobs.cancel(job, at=at):
            audit.record(by=by, at=at, action="statistics.cancelled", thing=job)
    job.refresh_from_db()
    return job


def retry_import(*, by: User, at: datetime, job: StatisticsImport) -> StatisticsImport:
    check_permission(by, Permission.EDIT_INDICATORS)
    twins = StatisticsImport.objects.filter(stored__sha256=job.stored.sha256).exclude(pk=job.pk)
    if twins.exclude(stored=job.stored).exclude(state__in=["failed", "cancelled"]).exists():
        raise NotAllowed("This file was sent again and is read there.")
    if twins.filter(state__in=["queued", "running"]).exists():
        raise NotAllowed("This file is being read already.")
    with transaction.atomic():
        if jobs.queue_again(job, at=at):
            audit.record(by=by, at=at, action="statistics.retried", thing=job)
    job.refresh_from_db()
    return job
