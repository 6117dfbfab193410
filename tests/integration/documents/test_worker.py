"""Real worker processes, killed as a power cut would."""

import time

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from accounts.domain.roles import Role
from documents import actions, files, jobs
from documents.models import Export, JobState, WorkerPulse
from tests.factories.accounts import make_user
from tests.harness import export_kinds

pytestmark = [pytest.mark.worker, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def worker(idle_worker):
    idle_worker.environment = {"SENDREADY_EXPORT_KINDS": export_kinds.TABLE, "SENDREADY_JOB_SWEEP_SECONDS": "1"}
    return idle_worker


def order(kind="words", **params):
    person = make_user(Role.LANO)
    return actions.order_export(by=person, at=timezone.now(), kind=kind, params=params)


def is_(export, state):
    export.refresh_from_db()
    return export.state == state


def stored_exports():
    storage = storages["default"]
    folders = storage.listdir("exports")[0] if storage.exists("exports") else []
    return [f"exports/{folder}/{name}" for folder in folders for name in storage.listdir(f"exports/{folder}")[1]]


def test_worker_killed_ten_times_in_the_middle_leaves_exactly_one_complete_result(worker):
    before = set(stored_exports())
    export = order(text="hello", steps=60, pause=0.08)
    for attempt in range(1, 11):
        halfway = Export.objects.filter(pk=export.pk, state=JobState.RUNNING, attempts=attempt, progress__gte=5)
        worker.start()
        worker.wait_until(halfway.exists, what=f"attempt {attempt} is on its way")
        worker.kill()

    worker.start()
    worker.wait_until(lambda: is_(export, JobState.DONE), within=60, what="the export is done")

    assert export.attempts == 11
    assert export.sha256 == export_kinds.digest_of("hello", 60)
    with files.open_stored(export) as source:
        assert files.digest(source) == (export.sha256, export.size)
    assert set(stored_exports()) - before == {export.path}
    assert (export.version, Export.objects.count()) == (1, 1)


def test_worker_killed_finished_parts_are_kept(worker):
    export = order("kept", text="hello", steps=12, pause=0.5)
    worker.start()
    worker.wait_until(Export.objects.filter(pk=export.pk, progress__gte=60).exists, what="most is made")
    worker.kill()
    started = time.monotonic()

    worker.start()
    worker.wait_until(lambda: is_(export, JobState.DONE), within=60, what="the export is done")

    assert (export.finished_at - export.started_at).total_seconds() < 4, "six seconds would be all of it again"
    assert time.monotonic() - started < 30
    assert export.sha256 == export_kinds.digest_of("hello", 12)


def test_cancel_in_the_middle_stops_and_stores_nothing(worker):
    before = set(stored_exports())
    export = order(text="hello", steps=600, pause=0.1)
    worker.start()
    worker.wait_until(lambda: is_(export, JobState.RUNNING), what="it runs")

    actions.cancel_export(by=export.ordered_by, at=timezone.now(), export=export)
    worker.wait_until(lambda: is_(export, JobState.CANCELLED), within=10, what="it stops")

    assert not export.path
    assert set(stored_exports()) == before


def test_long_single_step_outlives_the_stale_time(worker):
    worker.environment["SENDREADY_EXPORT_STALE_SECONDS"] = "3"
    export = order("long", text="hello", pause=8)
    worker.start()

    worker.wait_until(lambda: is_(export, JobState.DONE), within=30, what="the long step is over")

    assert export.attempts == 1


def test_bell_lost_is_rung_again_by_the_sweep(worker, monkeypatch):
    monkeypatch.setattr(jobs, "ring_now", lambda job: False)  # the broker was away when it was ordered
    export = order(text="hello")
    assert export.rung_at is None

    worker.start()

    worker.wait_until(lambda: is_(export, JobState.DONE), what="the export is done")


def test_worker_alive_leaves_a_pulse(worker):
    worker.start()

    worker.wait_until(WorkerPulse.objects.exists, what="there is a pulse")
