"""A real background worker on the test's own database, that can be killed as a power cut would."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

COMMAND = [sys.executable, "-m", "celery", "-A", "sendready", "worker", "--loglevel", "INFO", "--concurrency", "1"]
COMMAND += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def database_url() -> str:
    """The address of the test database, as a worker in another process has to be told."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    user = f"{quote(values['USER'])}:{quote(values['PASSWORD'])}".rstrip(":")
    return f"postgres://{user}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


class WorkerProcess:
    """`start`, `stop` (lets the task in hand finish), `kill` (the whole process group, at once), and start again.

    Extra environment variables, such as a short SENDREADY_EXPORT_STALE_SECONDS, go into `environment` before `start`.
    """

    def __init__(self, folder: Path) -> None:
        self.environment: dict[str, str] = {}
        self.log_path = folder / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def start(self, *options: str, within: float = 40) -> None:
        assert not self.is_running, "This worker runs already."
        ready_before = self.log.count(" ready.")
        environment = os.environ | {
            "SENDREADY_DATABASE_URL": database_url(),
            "SENDREADY_VAR": str(settings.VAR_DIR),
            "SENDREADY_REDIS_URL": settings.REDIS_URL,
            "PYTHONUNBUFFERED": "1",
        }
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, *options],
                cwd=settings.BASE_DIR,
                env=environment | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(lambda: self.log.count(" ready.") > ready_before, within=within, what="the worker is ready")

    def wait_until(self, true: Callable[[], object], *, within: float = 30, what: str = "it happens") -> None:
        """Waits in real time, and shows the worker's log when it waited for nothing."""
        end = time.monotonic() + within
        while not true():
            assert time.monotonic() < end, f"Waited {within} s until {what}. The worker said:\n{self.log[-4000:]}"
            assert self.is_running, f"The worker ended before {what}. It said:\n{self.log[-4000:]}"
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 of the worker and all its children: nothing is handed back, nothing is tidied up."""
        self._signal(signal.SIGKILL)

    def hold(self) -> None:
        """The worker stands still, as on a machine that is busy with other things; `go_on` lets it go on."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self, within: float = 20) -> None:
        self._signal(signal.SIGTERM, within)

    def _signal(self, number: signal.Signals, within: float = 10) -> None:
        if self.process is None:
            return
        if number is signal.SIGKILL or not self.is_running:
            self._kill_group()
        else:
            self.process.send_signal(number)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self._kill_group()
            self.process.wait(10)
        self._kill_group()

    def _kill_group(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def empty_queue() -> None:
    """Forgets what earlier tests rang for."""
    if settings.REDIS_URL:
        import redis

        with redis.Redis.from_url(settings.REDIS_URL) as server:
            server.flushdb()
        return
    shutil.rmtree(settings.VAR_DIR / "broker", ignore_errors=True)
    (settings.VAR_DIR / "broker" / "queue").mkdir(parents=True)


@pytest.fixture
def idle_worker(transactional_db, tmp_path: Path) -> Iterator[WorkerProcess]:
    """A worker that the test starts itself; nothing is left in the queue."""
    empty_queue()
    worker = WorkerProcess(tmp_path)
    yield worker
    worker.kill()
    empty_queue()


@pytest.fixture
def worker_process(idle_worker: WorkerProcess) -> WorkerProcess:
    """A worker that runs when the test begins. Mark the test `worker`."""
    idle_worker.start()
    return idle_worker
