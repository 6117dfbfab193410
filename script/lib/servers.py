"""A PostgreSQL and a Redis of the tests' own, on free ports, for as long as the tests run."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.supervisor import end_with_parent
from lib.words import Stop

INITDB = ["initdb", "-U", "sendready", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
# Nothing here outlives the tests, so nothing waits for the disk.
POSTGRES = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
REDIS = ["redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
START_SECONDS = 30


def missing() -> list[str]:
    found = {"PostgreSQL": _postgresql_programs(), "Redis": shutil.which("redis-server")}
    return [name for name, program in found.items() if not program]


def _postgresql_programs() -> Path | None:
    """The folder of initdb and postgres; Debian keeps each version apart and off the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Gives the two variables that point the tests at both servers; stops and removes them in any case."""
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="sendready-servers-", ignore_cleanup_errors=True) as folder:
        try:
            yield {
                "SENDREADY_DATABASE_URL": _start_postgresql(Path(folder), started),
                "SENDREADY_REDIS_URL": _start_redis(Path(folder), started),
            }
        finally:
            for server in started:
                server.send_signal(signal.SIGINT)
            for server in started:
                try:
                    server.wait(15)
                except subprocess.TimeoutExpired:
                    server.kill()


def _start_postgresql(folder: Path, started: list[subprocess.Popen[bytes]]) -> str:
    programs, data, port = _postgresql_programs(), folder / "postgresql", _free_port()
    assert programs is not None, "missing() is asked first"
    data.mkdir()
    user = None
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        user = "postgres"
        try:
            owner = pwd.getpwnam(user)
        except KeyError:
            raise Stop("PostgreSQL does not run as root, and there is no user postgres. Use --embedded.") from None
        folder.chmod(0o755)
        os.chown(data, owner.pw_uid, owner.pw_gid)
    log = folder / "postgresql.log"
    made = _start([str(programs / INITDB[0]), *INITDB[1:], "-D", str(data)], log, user)
    if made.wait() != 0:
        raise Stop(f"initdb failed:\n{log.read_text(errors='replace')[-2000:]}")
    place = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}"]
    started.append(_start([str(programs / "postgres"), "-D", str(data), *place, *POSTGRES], log, user))
    _wait_for(port, started[-1], log)
    return f"postgres://sendready@127.0.0.1:{port}/sendready"


def _start_redis(folder: Path, started: list[subprocess.Popen[bytes]]) -> str:
    port, log = _free_port(), folder / "redis.log"
    started.append(_start([*REDIS, "--port", str(port), "--dir", str(folder)], log, None))
    _wait_for(port, started[-1], log)
    return f"redis://127.0.0.1:{port}/0"


def _start(command: list[str], log: Path, user: str | None) -> subprocess.Popen[bytes]:
    """Starts a server that ends with this script, whatever becomes of the script."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Stop(f"{log.stem} did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
