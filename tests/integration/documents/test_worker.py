"""Real worker processes, killed as a power cut would."""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from accounts.domain.roles import Role
from documents import actions, files, jobs
from documents.models import Export, JobState, WorkerPulse
from sendready.settings import BASE_DIR
from tests.factories.accounts import make_user
from tests.harness import export_kinds
from tests.harness.worker import database_url

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


def test_worker_killed_half_made_child_data_goes_when_the_next_one_starts(worker):
    export = order("secret", text="SYN1", steps=40, pause=0.1)
    worker.start()
    worker.wait_until(Export.objects.filter(pk=export.pk, progress__gte=30).exists, what="some is made")
    worker.kill()
    (left,) = files.work_folder().glob("export-*")
    assert any(path.is_file() for path in left.rglob("*")), "this is what must not stay"

    worker.start()
    worker.wait_until(lambda: not left.exists(), what="what the killed worker left is gone")
    worker.wait_until(lambda: is_(export, JobState.DONE), within=60, what="the export is done")

    assert export.is_vaulted
    assert list(files.work_folder().glob("export-*")) == []


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


ORDER = """
import sys, time
import django
django.setup()
from django.utils import timezone
from accounts.models import User
from documents import actions
started = time.monotonic()
actions.order_export(by=User.objects.get(), at=timezone.now(), kind="words", params={"text": "hello"})
print(time.monotonic() - started)
"""


@pytest.fixture(params=["gone", "silent"])
def lost_broker(request):
    """The port of a broker that is not there, or that takes connections and never answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        if request.param == "silent":
            held.listen()
        yield held.getsockname()[1]


def test_broker_gone_export_waits_in_the_database_and_goes_when_it_is_back(worker, lost_broker):
    person = make_user(Role.LANO)
    environment = (
        os.environ
        | worker.environment
        | {
            "SENDREADY_DATABASE_URL": database_url(),
            "SENDREADY_REDIS_URL": f"redis://127.0.0.1:{lost_broker}/0",
            "DJANGO_SETTINGS_MODULE": "sendready.settings",
        }
    )

    ordered = subprocess.run(
        [sys.executable, "-c", ORDER],
        env=environment,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ordered.returncode == 0, ordered.stderr
    assert float(ordered.stdout.split()[-1]) < 5, "the person who orders does not wait for the broker"
    export = Export.objects.get(ordered_by=person)
    assert (export.state, export.rung_at) == (JobState.QUEUED, None)
    worker.start()
    worker.wait_until(lambda: is_(export, JobState.DONE), what="the export is done")


def test_worker_gone_for_good_leaves_a_row_that_another_worker_takes_over(worker):
    worker.environment["SENDREADY_EXPORT_STALE_SECONDS"] = "2"
    export = order(text="hello")
    jobs.claim(Export, export.pk)
    Export.objects.update(worker="another machine:1:1")  # nobody here can see whether it lives

    worker.start()
    worker.wait_until(lambda: is_(export, JobState.DONE), what="the export is done")

    assert export.attempts == 2
