"""The engine of background jobs.

The row is the truth and the broker only a bell: losing a bell, or ringing it twice, changes nothing. A worker claims a
row by a conditional update that sets a token; each heartbeat and the final store ask for that token, so that an
attempt which was given up for dead can't store anything.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseFault
from django.db import connection, models, transaction
from django.utils import timezone

from documents.domain.job_states import JobState
from documents.files import DiskFull, is_full_disk
from documents.models import Job

log = logging.getLogger(__name__)
J = TypeVar("J", bound=Job)
Work = Callable[[J, "Beat"], Mapping[str, Any] | None]

# How often a working job tells the database how far it is, at most.
BEAT_SECONDS = 0.7
# A bell that nobody heard is rung again after this.
RING_AGAIN_AFTER = timedelta(seconds=60)


class Cancelled(Exception):
    """Somebody asked for this job to stop."""


class Superseded(Exception):
    """This attempt was given up for dead; another one has the row."""


class JobFailed(Exception):
    """A failure that people can understand; raise it with a sentence that says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def job_models() -> Iterator[tuple[type[Job], str]]:
    """Each concrete job and the name of the task that works on it."""
    for label, task in settings.JOB_MODELS.items():
        model = apps.get_model(label)
        if not issubclass(model, Job):
            raise ImproperlyConfigured(f"{label} in JOB_MODELS is not a background job.")
        yield model, task


def rows(model: type[J]) -> models.QuerySet[J]:
    return model._default_manager.all()


# -- who works here


def process_name() -> str:
    """This process, so that another one on the same machine can tell whether it still lives."""
    pid = os.getpid()
    return f"{socket.gethostname()}:{pid}:{_started(pid)}"


def _started(pid: int) -> str:
    """When a process started, in ticks since the machine did: tells a reused number from the old one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_known_dead(worker: str) -> bool:
    """True only when `worker` ran on this machine and is gone; anything else is left to the heartbeat."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    started = worker.rpartition(":")[2]
    return bool(started) and host == socket.gethostname() and _started(int(rest)) != started


# -- the bell


def ring(job: Job) -> None:
    """Rings once the transaction is through. A broker that is away fails nobody: the sweep rings later."""
    transaction.on_commit(lambda: ring_now(job))


def ring_now(job: Job) -> bool:
    task = settings.JOB_MODELS[job._meta.label]
    try:
        current_app.send_task(task, args=[job.pk], retry=False)
    except Exception as error:  # each broker has errors of its own; the row waits in the database
        log.warning("the broker did not answer, %s %s waits: %s", job._meta.label, job.pk, type(error).__name__)
        return False
    rows(type(job)).filter(pk=job.pk).update(rung_at=timezone.now())
    return True


# -- the life of a row


def claim(model: type[J], pk: int) -> J | None:
    """Takes a waiting row for this process; None when somebody else has it or nothing is to be done."""
    now, token = timezone.now(), secrets.token_hex(16)
    won = (
        rows(model)
        .filter(pk=pk, state=JobState.QUEUED)
        .update(
            state=JobState.RUNNING,
            attempt_token=token,
            attempts=models.F("attempts") + 1,
            worker=process_name(),
            started_at=now,
            heartbeat_at=now,
            finished_at=None,
            progress=0,
            stage="Starting",
            error="",
        )
    )
    return rows(model).get(pk=pk) if won else None


def _mine(job: J) -> models.QuerySet[J]:
    return rows(type(job)).filter(pk=job.pk, attempt_token=job.attempt_token, state=JobState.RUNNING)


def _why_stopped(job: Job) -> Cancelled | Superseded:
    return Cancelled() if _mine(job).filter(cancel_asked_at__isnull=False).exists() else Superseded()


def finish(job: Job, **fields: Any) -> None:
    """The one way to done, conditional on the token. Call it inside the transaction that stores the result.

    Raises Cancelled or Superseded, and then nothing of that transaction may stay.
    """
    now = timezone.now()
    values = {
        "state": JobState.DONE,
        "progress": 100,
        "stage": "Done",
        "finished_at": now,
        "heartbeat_at": now,
    } | fields
    if not _mine(job).filter(cancel_asked_at__isnull=True).update(**values):
        raise _why_stopped(job)
    for name, value in values.items():
        setattr(job, name, value)


def fail(job: Job, *, sentence: str) -> bool:
    """Ends this attempt with a sentence for people; False when the row is no longer this attempt's."""
    return bool(_mine(job).update(state=JobState.FAILED, error=sentence, stage="Failed", finished_at=timezone.now()))


def cancel(job: Job, *, at: datetime) -> bool:
    """Waiting: cancelled at once. Running: asked to stop, which it does at its next beat. False: it had ended."""
    waiting = rows(type(job)).filter(pk=job.pk, state=JobState.QUEUED)
    if waiting.update(state=JobState.CANCELLED, cancel_asked_at=at, finished_at=at, stage="Cancelled"):
        return True
    running = rows(type(job)).filter(pk=job.pk, state=JobState.RUNNING)
    return bool(running.update(cancel_asked_at=at, stage="Stopping"))


def queue_again(job: Job, *, at: datetime) -> bool:
    """Starts a failed or cancelled job again, with its attempts counted from nought. False: it is not one of those."""
    ended = rows(type(job)).filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    fresh = {"state": JobState.QUEUED, "ordered_at": at, "cancel_asked_at": None, "finished_at": None, "error": ""}
    won = ended.update(**fresh, attempts=0, attempt_token="", progress=0, stage="", heartbeat_at=None, rung_at=None)
    if won:
        ring(job)
    return bool(won)


def keep_others_out(job: Job) -> None:
    """Call it first in a transaction that stores a part: no other attempt can begin before that transaction ends.

    Raises Cancelled or Superseded, and then nothing of that transaction may stay.
    """
    if not _mine(job).update(heartbeat_at=timezone.now()):
        raise _why_stopped(job)


# -- the heartbeat


class Beat:
    """Call it as often as you like: `beat(40, "Copying 12 of 300")`. Raises Cancelled or Superseded.

    Writes at most every `BEAT_SECONDS`; between the calls a thread keeps the row alive, so a single long step is
    safe. Don't hold a write transaction for longer than the stale time: on SQLite the thread can't write beside it.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._progress, self._stage = 0, job.stage
        self._written = 0.0
        self._stopped: Cancelled | Superseded | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_alive, name=f"heartbeat {job.pk}", daemon=True)

    def __call__(self, progress: float, stage: str = "") -> None:
        """`progress` in percent. It never runs backwards."""
        self._progress = max(self._progress, min(99, int(progress)))
        self._stage = stage[:200] or self._stage
        if self._stopped is not None:
            raise self._stopped
        if time.monotonic() - self._written >= BEAT_SECONDS:
            self._write()
            if self._stopped is not None:
                raise self._stopped

    def _write(self) -> None:
        self._written = time.monotonic()
        fields = {"heartbeat_at": timezone.now(), "progress": self._progress, "stage": self._stage}
        if not _mine(self._job).filter(cancel_asked_at__isnull=True).update(**fields):
            self._stopped = _why_stopped(self._job)

    def _keep_alive(self) -> None:
        while not self._over.wait(settings.EXPORT_STALE_SECONDS / 6):
            try:
                self._write()
            except DatabaseFault as error:  # a closed connection is no DatabaseError
                log.info("a heartbeat was missed: %s", error)
            finally:
                connection.close()
            if self._stopped is not None:
                return

    def __enter__(self) -> "Beat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


# -- one attempt


def perform(model: type[J], pk: int, work: Work[J]) -> J | None:
    """Claims a row and works on it; None when there was nothing to claim.

    `work(job, beat)` either calls `finish` itself, inside the transaction that stores its result, or returns the
    fields to finish with. An exception with a `.sentence` is told to people; any other only to the log.
    """
    job = claim(model, pk)
    if job is None:
        return None
    try:
        with Beat(job) as beat:
            fields = work(job, beat)
        if job.state != JobState.DONE:
            finish(job, **(fields or {}))
    except Cancelled:
        _mine(job).update(state=JobState.CANCELLED, finished_at=timezone.now(), stage="Cancelled")
    except Superseded:
        log.warning("%s %s: this attempt was superseded and stored nothing", model._meta.label, pk)
    except Exception as error:
        log.exception("%s %s failed", model._meta.label, pk)
        fail(
            job,
            sentence=getattr(error, "sentence", "")
            or (DiskFull.sentence if is_full_disk(error) else "")
            or _unexpected(job),
        )
    job.refresh_from_db()
    return job


def _unexpected(job: Job) -> str:
    return (
        "Something happened that sendready did not expect. Try again; if it fails again, give the administrator "
        f"this reference: {job._meta.model_name} {job.pk}, attempt {job.attempt_token[:8]}."
    )


# -- the sweep


def sweep(*, at: datetime) -> int:
    """Queues again what a dead worker left, rings for what nobody heard; returns how many bells it rang."""
    return sum(_sweep(model, at) for model, _ in job_models())


def _sweep(model: type[Job], at: datetime) -> int:
    for job in rows(model).filter(state=JobState.RUNNING):
        if is_stale(job, at):
            _give_up_attempt(job, at)
    waiting = rows(model).filter(state=JobState.QUEUED)
    unheard = waiting.filter(models.Q(rung_at__isnull=True) | models.Q(rung_at__lt=at - RING_AGAIN_AFTER))
    rung = 0
    for job in unheard.order_by("ordered_at", "pk"):
        if not ring_now(job):
            break
        rung += 1
    return rung


def is_stale(job: Job, at: datetime) -> bool:
    """True when nobody works on a running row any more."""
    limit = at - timedelta(seconds=settings.EXPORT_STALE_SECONDS)
    return job.heartbeat_at is None or job.heartbeat_at < limit or is_known_dead(job.worker)


def _give_up_attempt(job: Job, at: datetime) -> None:
    """Moves one abandoned row on, unless it has moved by itself since it was read."""
    row = _mine(job)
    if job.cancel_asked_at is not None:
        row.update(state=JobState.CANCELLED, finished_at=at, stage="Cancelled")
    elif job.attempts >= settings.JOB_MAX_ATTEMPTS:
        row.update(
            state=JobState.FAILED,
            finished_at=at,
            stage="Failed",
            error=f"The background worker stopped {job.attempts} times while it was working on this, so it was given "
            "up. Ask the administrator to look at the worker's memory and disk, then try again.",
        )
    else:
        row.update(state=JobState.QUEUED, stage="Waiting to start again", rung_at=None)


@contextmanager
def own_connection() -> Iterator[None]:
    """For threads of the worker's main process: leaves no database connection open behind them."""
    try:
        yield
    finally:
        connection.close()
