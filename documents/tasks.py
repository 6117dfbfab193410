"""What the background worker runs."""

import os
import socket
import threading
from datetime import datetime
from typing import Any

import structlog
from celery import current_app, shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from documents import charts, jobs, making, upkeep
from documents.models import WorkerPulse

log = structlog.get_logger(__name__)


@shared_task(name="documents.make_export")
def make_export(pk: int) -> None:
    making.make_export(pk)


@shared_task(name="documents.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep(at=timezone.now())


@shared_task(name="documents.keep_house")
def keep_house() -> None:
    """Once a day: erases what is due, tidies half-made files, removes bytes that no row names, forgets old sessions."""
    now = timezone.now()
    upkeep.erase_due(at=now)
    making.tidy_work_folders()
    charts.tidy_drawings()
    upkeep.remove_orphans(at=now)
    SessionStore.clear_expired()


class Sweeper(threading.Thread):
    """A thread of the worker's main process: shows that the worker lives and sweeps, with or without a beat service."""

    def __init__(self) -> None:
        super().__init__(name="sweeper", daemon=True)
        self.over = threading.Event()
        self.worker = f"{socket.gethostname()} {os.getpid()}"
        self.started_at = timezone.now()

    def run(self) -> None:
        while True:
            with jobs.own_connection():
                try:
                    self._once(timezone.now())
                except Exception:  # whatever befalls one round, the next one is due: nobody else sweeps
                    log.exception("a sweep was missed")
            if self.over.wait(settings.JOB_SWEEP_SECONDS):
                return

    def _once(self, now: datetime) -> None:
        WorkerPulse.objects.update_or_create(
            name=self.worker, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": self.started_at}
        )
        jobs.sweep(at=now)
        making.tidy_work_folders()


_sweepers: list[Sweeper] = []


@worker_ready.connect
def start_sweeping(**_: Any) -> None:
    sweeper = Sweeper()
    _sweepers.append(sweeper)
    sweeper.start()
    try:
        current_app.send_task("documents.keep_house", retry=False)
    except Exception as error:  # each broker has errors of its own; it is rung again tomorrow
        log.warning("the broker did not answer", reason=type(error).__name__)


@worker_shutting_down.connect
def stop_sweeping(**_: Any) -> None:
    for sweeper in _sweepers:
        sweeper.over.set()
