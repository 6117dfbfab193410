"""Makes a checkout run: `.venv`, browser assets, collected static files. Each part is done again only when what it is
made from has changed; the stamp that says so is written last, so an interrupted part is simply done again."""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lib import machine
from lib.words import ROOT, Stop, run, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keeps two scripts that are started together from setting up the same folder at once."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / ".setup-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another sendready script is setting up this folder; waiting until it is done.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(requirements: str, system_packages: tuple[str, ...]) -> None:
    with one_at_a_time():
        machine.install_packages(system_packages)
        _make_venv()
        _install(requirements)
        _build_assets()
        _collect_static()


def _make_venv() -> None:
    if _venv_works():
        return
    if VENV.is_symlink() and not VENV.exists():
        raise Stop(f".venv is a link to a folder that does not exist ({VENV.readlink()}). Remove the link.")
    if importlib.util.find_spec("ensurepip") is None:
        # Debian keeps what a new environment needs to get pip in a package of its own.
        machine.install_packages(("python3-venv",))
    with step("Making the Python environment in .venv"), _unfinished("venv"):
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], why="python -m venv")


def _venv_works() -> bool:
    if not PYTHON.exists() or (BUILD / ".unfinished-venv").exists():
        return False
    test = (
        "import pip, sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 14) and sys.prefix != sys.base_prefix))"
    )
    return subprocess.run([str(PYTHON), "-c", test], capture_output=True).returncode == 0


def _install(requirements: str) -> None:
    stamp = VENV / f".sendready-{requirements}"
    made_from = digest([ROOT / requirements])
    if _read(stamp) == made_from:
        return
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements]
    if (BUILD / ".unfinished-packages").exists():
        # pip takes a package that it was interrupted in for a whole one.
        options.append("--ignore-installed")
    sentence = f"Installing the Python packages of {requirements}, each checked against its hash"
    with step(sentence), _unfinished("packages"):
        command = [str(PYTHON), "-m", "pip", "install", *options]
        run(command, environment=trusting_environment(), why=f"Installing {requirements}")
    stamp.write_text(made_from)


@contextmanager
def _unfinished(what: str) -> Iterator[None]:
    """Leaves a mark behind when the work inside does not come to its end."""
    mark = BUILD / f".unfinished-{what}"
    mark.touch()
    yield
    mark.unlink()


def _build_assets() -> None:
    """script/assets knows by itself when there is nothing to do; it can also be run by hand."""
    with step("Building styles and scripts for the browser"):
        run([str(PYTHON), "script/assets"], environment=trusting_environment(), why="script/assets")


def _collect_static() -> None:
    stamp = BUILD / ".sendready-collected"
    made_from = digest([ROOT / "requirements.txt", ROOT / "static", BUILD / "assets"])
    if _read(stamp) == made_from and (BUILD / "collected" / "staticfiles.json").exists():
        return
    with step("Collecting static files"):
        run(
            [str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear"],
            environment=bare_environment() | {"SENDREADY_STATIC": "manifest"},
            why="collectstatic",
        )
    stamp.write_text(made_from)


def trusting_environment() -> dict[str, str]:
    """Makes pip and npm trust what this machine trusts: a council's network often inspects what passes through it."""
    names = ("REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS") if SYSTEM_CERTIFICATES.exists() else ()
    return {name: str(SYSTEM_CERTIFICATES) for name in names} | os.environ


def bare_environment() -> dict[str, str]:
    """The person's own variables without those of an installation, and a key for commands that sign nothing."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SENDREADY_")}
    return own | {"SENDREADY_SECRET_KEY": "only for set-up and checks, nothing is signed", "PYTHONUNBUFFERED": "1"}


def digest(paths: Iterable[Path]) -> str:
    """One hash over files, and over all files of folders, by name and content."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""
