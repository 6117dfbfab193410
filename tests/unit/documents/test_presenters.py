"""What a progress page says, as long as a job is not done."""

from datetime import UTC, datetime, timedelta

import pytest

from documents.models import Export, JobState
from documents.presenters import INTERRUPTED, NO_WORKER, progress_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("silent", "stage"),
    [
        pytest.param(5, "Adding document 3 of 9", id="heard from a moment ago"),
        pytest.param(40, INTERRUPTED, id="not heard from since the worker was killed"),
    ],
)
def test_running_job_is_interrupted_once_its_worker_is_silent(silent, stage):
    job = Export(
        state=JobState.RUNNING,
        stage="Adding document 3 of 9",
        progress=31,
        started_at=AT - timedelta(minutes=2),
        heartbeat_at=AT - timedelta(seconds=silent),
    )

    progress = progress_of(job, at=AT)

    assert (progress.stage, progress.percent) == (stage, 31)
    assert (progress.elapsed == "nothing heard from it for 40 seconds") is (silent == 40)


@pytest.mark.parametrize(
    ("waited", "has_worker", "stage"),
    [
        pytest.param(60, True, "Waiting for the background worker", id="it is busy with something else"),
        pytest.param(60, False, NO_WORKER, id="none was heard of lately"),
        pytest.param(2, False, "Waiting for the background worker", id="ordered a moment ago"),
    ],
)
def test_waiting_job_says_when_no_worker_runs(waited, has_worker, stage):
    job = Export(state=JobState.QUEUED, ordered_at=AT - timedelta(seconds=waited))

    assert progress_of(job, at=AT, has_worker=has_worker).stage == stage
