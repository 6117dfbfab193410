"""Keeps the web server and the background worker running, and stops both together."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from lib.installation import Installation
from lib.setup import VENV
from lib.words import ROOT, Stop, say

STOPPING_SECONDS = 20
LONGEST_PAUSE = 30
SETTLED_SECONDS = 60
OLD_LOG_BYTES = 5_000_000
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """In a new process: asks Linux to end it when the script that started it is gone, however that went."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Part:
    """One process with its children, in a process group of its own."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.start_again_at = 0.0
        self.pause = 1

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > OLD_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.started, self.start_again_at = time.monotonic(), 0.0

    def keep_running(self) -> None:
        """Starts a part again that has died: at once, and more slowly when it dies again and again."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return
        if not self.start_again_at:
            self.kill()
            self.pause = 1 if now - self.started > SETTLED_SECONDS else min(LONGEST_PAUSE, self.pause * 2)
            self.start_again_at = now + self.pause
            log = self.log.relative_to(ROOT)
            say(f"{self.name} has stopped by itself (see {log}). It starts again in {self.pause} s.")
        elif now >= self.start_again_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends whatever is left of the process group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def web(installation: Installation, port: int) -> Part:
    command = [str(VENV / "bin" / "gunicorn"), "sendready.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "10"]
    return Part("The web server", command, installation.environment(), installation.folder / "log" / "web.log")


def worker(installation: Installation) -> Part:
    """The background worker, with the timetable of the minute sweep inside it."""
    command = [str(VENV / "bin" / "celery"), "-A", "sendready", "worker", "--loglevel", "INFO", "--concurrency", "2"]
    command += ["--without-gossip", "--without-mingle", "--beat", "--schedule", str(installation.folder / "beat")]
    log = installation.folder / "log" / "worker.log"
    return Part("The background worker", command, installation.environment(), log)


def stop_all(parts: list[Part]) -> None:
    try:
        for part in parts:
            part.ask_to_stop()
        end = time.monotonic() + STOPPING_SECONDS
        while time.monotonic() < end and any(part.process and part.process.poll() is None for part in parts):
            time.sleep(0.1)
    finally:
        for part in parts:
            part.kill()


def supervise(parts: list[Part], *, when_ready: Callable[[], None], port: int) -> None:
    """Runs until Ctrl-C or a termination."""
    try:
        for part in parts:
            part.start()
        wait_for_web(parts[0], port)
        when_ready()
        while True:
            for part in parts:
                part.keep_running()
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nStopping; work in hand gets a moment to finish, the rest goes on at the next start.")
    finally:
        stop_all(parts)
    say("Stopped.")


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(f"Something else listens on port {port}. Choose another: --port {port + 1}") from None


def wait_for_web(part: Part, port: int, within: float = 90) -> None:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if part.process is None or part.process.poll() is not None:
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            if connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return
            break
        time.sleep(0.2)
    raise Stop(f"The web server did not start. The end of its log:\n{part.log.read_text(errors='replace')[-3000:]}")
