"""Reads how the service is, for the status page."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.domain.findings import Finding
from accounts.models import OutgoingMail
from accounts.permissions import protection_findings
from documents.domain.job_states import JobState
from documents.jobs import job_models
from documents.models import WorkerPulse
from documents.upkeep import PULSE_LATE
from framework.gather import current_framework
from sendready.status.lines import Condition, Line, status_lines

LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    at: datetime
    lines: tuple[Line, ...]
    protections: tuple[Finding, ...]
    is_demo: bool


def gather_status(*, at: datetime) -> Status:
    """Everything that the page says. Touches the disk; asks the database a fixed number of times."""
    disk = shutil.disk_usage(_existing(Path(settings.VAR_DIR)))
    pulse = WorkerPulse.objects.values_list("beat_at", flat=True).first()
    framework = current_framework()
    condition = Condition(
        at=at,
        version=settings.VERSION,
        is_worker_alive=bool(pulse and at - pulse <= PULSE_LATE),
        worker_seen=f"{timezone.localtime(pulse):%H:%M on %-d %B %Y}" if pulse else "",
        free_bytes=disk.free,
        total_bytes=disk.total,
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor),
        database_bytes=_database_bytes(),
        broker="Redis" if settings.REDIS_URL else "Files beside the database",
        has_mail_server=bool(settings.MAIL_SERVER_URL),
        waiting_mails=OutgoingMail.objects.filter(sent_at__isnull=True).count(),
        has_virus_scanner=bool(settings.CLAMAV_ADDRESS),
        framework=framework.name if framework else "",
        **_job_counts(at),
    )
    return Status(at=at, lines=status_lines(condition), protections=protection_findings(), is_demo=settings.DEMO)


def _job_counts(at: datetime) -> dict[str, Any]:
    """Waiting, running and lately failed jobs of all kinds: one query a kind."""
    counts: dict[str, Any] = {"waiting_jobs": 0, "running_jobs": 0, "failed_jobs": 0, "oldest_waiting_at": None}
    waiting = Q(state=JobState.QUEUED)
    for model, _task in job_models():
        found = model._default_manager.aggregate(
            waiting_jobs=Count("pk", filter=waiting),
            running_jobs=Count("pk", filter=Q(state=JobState.RUNNING)),
            failed_jobs=Count("pk", filter=Q(state=JobState.FAILED, finished_at__gte=at - LOOKS_BACK)),
            oldest=Min("ordered_at", filter=waiting),
        )
        oldest = [one for one in (found.pop("oldest"), counts["oldest_waiting_at"]) if one]
        counts = {name: counts[name] + number for name, number in found.items()}
        counts["oldest_waiting_at"] = min(oldest, default=None)
    return counts


def _database_bytes() -> int:
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return sum(os.path.getsize(name + part) for part in ("", "-wal") if Path(name + part).exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder
