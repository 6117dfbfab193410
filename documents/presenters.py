"""Values into page words. No queries here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from documents.domain.job_states import STATE_WORDS, JobState
from documents.models import Export, Job, StoredFile

COLOURS = {
    JobState.QUEUED: "blue",
    JobState.RUNNING: "blue",
    JobState.DONE: "green",
    JobState.FAILED: "red",
    JobState.CANCELLED: "grey",
}

# A worker that lives says so every few seconds, also in the middle of a long step.
QUIET = timedelta(seconds=15)
NO_WORKER = "The background worker is not running: this waits here, and goes on by itself when it is back"
INTERRUPTED = "Interrupted: it goes on by itself when the background worker is back"


@dataclass(frozen=True, slots=True)
class State:
    """A word and its colour."""

    word: str
    colour: str


def state_of(job: Job, *, is_out_of_date: bool = False, is_erased: bool = False) -> State:
    if is_erased:
        return State("Erased", "grey")
    if is_out_of_date:
        return State("Out of date", "yellow")
    state = JobState(job.state)
    if job.cancel_asked_at and state == JobState.RUNNING:
        return State("Stopping", "grey")
    return State(STATE_WORDS[state], COLOURS[state])


def elapsed_in_words(job: Job, *, at: datetime) -> str:
    """ "4 minutes 10 seconds so far"; empty before it runs."""
    if job.started_at is None or job.state == JobState.QUEUED:
        return ""
    spent = (job.finished_at or at) - job.started_at
    return duration_in_words(spent) + (" so far" if job.finished_at is None else "")


def duration_in_words(spent: timedelta) -> str:
    seconds = max(0, int(spent.total_seconds()))
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    counted = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    words = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in counted if number]
    return " ".join(words[:2]) or "less than a second"


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One row of the list."""

    export: Export
    kind_title: str
    state: State
    can_download: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """What the moving part of the page shows."""

    percent: int
    stage: str
    elapsed: str


def progress_of(job: Job, *, at: datetime, has_worker: bool = True) -> Progress:
    """`has_worker`: whether one was heard of lately; without one people are told what they wait for."""
    if job.state == JobState.QUEUED:
        waited = at - job.ordered_at
        stage = "Waiting for the background worker" if job.attempts == 0 else "Waiting to start again"
        stage = stage if has_worker or waited < QUIET else NO_WORKER
        return Progress(0, stage, f"waiting for {duration_in_words(waited)}" if waited > timedelta(seconds=5) else "")
    if job.state == JobState.RUNNING and job.heartbeat_at and at - job.heartbeat_at > QUIET:
        silent = duration_in_words(at - job.heartbeat_at)
        return Progress(job.progress, INTERRUPTED, f"nothing heard from it for {silent}")
    return Progress(job.progress, job.stage or "Working", elapsed_in_words(job, at=at))


@dataclass(frozen=True, slots=True)
class Record:
    """One kept thing, without the name of a file in the vault, which may name a child."""

    kept: StoredFile | Export
    label: str
    who: str
    since: datetime
    state: State


def record_of(kept: StoredFile | Export) -> Record:
    if isinstance(kept, StoredFile):
        who, since = kept.uploaded_by, kept.uploaded_at
    else:
        who, since = kept.ordered_by, kept.finished_at or kept.ordered_at
    return Record(kept, str(kept), who.name if who else "sendready itself", since, _keeping(kept))


def _keeping(kept: StoredFile | Export) -> State:
    if kept.erased_at is not None:
        return State("Erased", "grey")
    return State("Legal hold", "orange") if kept.has_legal_hold else State("Kept", "green")
