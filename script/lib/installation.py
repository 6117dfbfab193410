"""One installation's own folder under var/: its database, files, queue, logs, and the file with its settings."""

import base64
import fcntl
import os
import secrets
import shutil
import subprocess

from lib.setup import PYTHON
from lib.words import ROOT, Stop, run, step


class Installation:
    """`var/<name>`; its `environment` file holds one NAME=value a line and is readable by its owner only."""

    def __init__(self, name: str, *, is_demo: bool, url: str = "") -> None:
        self.folder = ROOT / "var" / name
        self.is_demo = is_demo
        self.url = url

    def prepare(self) -> None:
        """Makes the folder, and the keys once; they are never made again."""
        for part in ("log", "broker/queue", "broker/control"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        settings = self.folder / "environment"
        if settings.exists():
            return
        lines = [
            f"SENDREADY_DEMO={int(self.is_demo)}",
            f"SENDREADY_SECRET_KEY={secrets.token_urlsafe(48)}",
            f"SENDREADY_STORAGE_KEY={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}",
        ]
        unfinished = self.folder / "environment.unfinished"
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(settings)

    def lock(self) -> None:
        """Only one script serves an installation."""
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)  # held until this process ends
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise Stop(f"Another script serves {self.folder.relative_to(ROOT)} already. Stop that one first.") from None

    def empty(self) -> None:
        """Throws everything away but the lock."""
        for path in self.folder.iterdir():
            if path.name != ".lock":
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def environment(self) -> dict[str, str]:
        """What every process of this installation is started with.

        A real installation may be changed by variables of the person who starts it. A demonstration never is: it
        must not reach a database that a real area has named in the same shell.
        """
        kept = dict(
            line.split("=", 1) for line in (self.folder / "environment").read_text().splitlines() if "=" in line
        )
        own = {name: value for name, value in os.environ.items() if name.startswith("SENDREADY_")}
        rest = {name: value for name, value in os.environ.items() if name not in own}
        fixed = {"SENDREADY_VAR": str(self.folder), "SENDREADY_DEMO": str(int(self.is_demo)), "PYTHONUNBUFFERED": "1"}
        if self.url:
            kept.setdefault("SENDREADY_URL", self.url)
        return rest | kept | ({} if self.is_demo else own) | fixed

    def manage(self, *arguments: str, sentence: str) -> None:
        with step(sentence):
            run([str(PYTHON), "manage.py", *arguments], environment=self.environment(), why=f"manage.py {arguments[0]}")

    def bring_up_to_date(self) -> None:
        """The database's tables and what is published; rows that people edited stay as they are."""
        self.manage("migrate", "--noinput", sentence="Bringing the database up to date")
        self.manage("load_areas", sentence="Loading the areas of England and their neighbours")
        self.manage("load_figures", sentence="Loading the catalogue of indicators and published figures")
        self.manage("load_inspections", sentence="Loading what inspectors published of every area")
        for rulebook in sorted((ROOT / "fixtures" / "frameworks").glob("*.yaml")):
            file = str(rulebook.relative_to(ROOT))
            self.manage("load_framework", file, sentence=f"Loading the published rulebook {rulebook.stem}")

    def show(self, *arguments: str) -> int:
        """Runs a command whose words are for the person at the screen."""
        return subprocess.run([str(PYTHON), "manage.py", *arguments], cwd=ROOT, env=self.environment()).returncode
