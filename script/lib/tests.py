"""Every check and every test, part by part, with what each part took."""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field

from lib import machine, servers
from lib.setup import VENV, bare_environment, set_up
from lib.supervisor import end_with_parent
from lib.words import ROOT, Stop, say

BIN = VENV / "bin"
PYTEST = [str(BIN / "pytest"), "-q"]
TWO_AT_ONCE = ["-n", "2"]
NOTHING_SELECTED = 5
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")

CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "mypy": [str(BIN / "mypy"), "."],
    "djlint": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
    "deptry": [str(BIN / "deptry"), "."],
    # Lesser findings are ruff's (S), where each exception carries its reason.
    "bandit": [str(BIN / "bandit"), "-q", "-ll", "-c", "pyproject.toml", "-r", "."],
    "migrations": [str(BIN / "python"), "manage.py", "makemigrations", "--check", "--dry-run"],
}
WEAK_SPOTS = [str(BIN / "pip-audit"), "--require-hashes", "--disable-pip", "-r", "requirements.txt"]


@dataclass
class Run:
    """What has been counted so far."""

    environment: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def check(self, name: str, command: list[str]) -> None:
        started = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._note(name, started, is_good=done.returncode == 0)
        if done.returncode:
            self.counts["failed"] += 1
            say(done.stdout[-8000:].rstrip())

    def tests(self, name: str, arguments: Iterable[str], *, shape: dict[str, str]) -> None:
        """Runs pytest, shows what it says as it says it, and adds up its last line."""
        say(f"\n-- {name}")
        started, last = time.monotonic(), ""
        with subprocess.Popen(
            [*PYTEST, *arguments],
            cwd=ROOT,
            env=self.environment | shape,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=end_with_parent,
        ) as pytest:
            assert pytest.stdout is not None
            for line in pytest.stdout:
                if not line.startswith("bringing up nodes"):
                    sys.stdout.write(line)
                    sys.stdout.flush()
                last = line if COUNT.search(line) else last
            is_good = pytest.wait() in (0, NOTHING_SELECTED)
        counted = Counter({word: int(number) for number, word in COUNT.findall(last)})
        failures = counted["failed"] + counted["error"] + counted["errors"]
        # A run that broke down before it counted anything must not look like success.
        self.counts["failed"] += failures if is_good else max(failures, 1)
        self.counts["passed"] += counted["passed"]
        self.counts["skipped"] += counted["skipped"]
        self._note(name, started, is_good=is_good)

    def _note(self, name: str, started: float, *, is_good: bool) -> None:
        self.seconds[name] = time.monotonic() - started
        say(f"{'ok    ' if is_good else 'FAILED'} {name} ({self.seconds[name]:.0f} s)")
        if not is_good:
            self.failed.append(name)

    def report(self) -> int:
        say("\nSeconds per part:")
        for name, seconds in self.seconds.items():
            say(f"  {seconds:6.0f}  {name}")
        say(f"  {sum(self.seconds.values()):6.0f}  altogether")
        if self.failed:
            say(f"Failed: {', '.join(self.failed)}.")
        skipped = f", {self.counts['skipped']} skipped" if self.counts["skipped"] else ""
        say(f"{self.counts['passed']} passed, {self.counts['failed']} failed{skipped}")
        return 1 if self.failed else 0


def run_all(selection: list[str], *, is_embedded: bool) -> int:
    packages = machine.FOR_SERVING + machine.FOR_TESTING
    set_up("requirements-dev.txt", packages if is_embedded else packages + machine.FOR_TESTING_SERVERS)
    if not is_embedded and servers.missing():
        raise Stop(
            f"{' and '.join(servers.missing())} cannot be found, and the tests of databases and workers need them.\n"
            "Install them, or leave those tests out: script/test --embedded"
        )
    run = Run(bare_environment() | {"PYTHONPATH": str(ROOT)})
    if not selection:
        for name, command in CHECKS.items():
            run.check(name, command)
        _look_for_weak_spots(run)
    with nullcontext(None) if is_embedded else servers.servers() as both:
        if selection:
            _selected(run, selection, both)
        else:
            _everything(run, both)
    return run.report()


def _everything(run: Run, both: dict[str, str] | None) -> None:
    run.tests("unit tests and conventions", ["tests/unit", "tests/conventions", *TWO_AT_ONCE], shape={})
    integration = "tests/integration"
    run.tests("integration on SQLite", [integration, "-m", "not worker", *TWO_AT_ONCE], shape={})
    run.tests("real workers on SQLite with the embedded broker", [integration, "-m", "worker"], shape={})
    run.tests("browser on SQLite", ["tests/functional", "-m", "not worker", *TWO_AT_ONCE], shape={})
    run.tests("browser and worker on SQLite", ["tests/functional", "-m", "worker"], shape={})
    if both is None:
        say("\nPostgreSQL and Redis were left out, as --embedded asks.")
        return
    run.tests("database on PostgreSQL", [integration, "-m", "database and not worker", *TWO_AT_ONCE], shape=both)
    run.tests("real workers on PostgreSQL with Redis", [integration, "-m", "worker"], shape=both)
    run.tests("browser on PostgreSQL with Redis", ["tests/functional", "-m", "browser and worker"], shape=both)


def _selected(run: Run, selection: list[str], both: dict[str, str] | None) -> None:
    run.tests("selected, on SQLite with the embedded broker", selection, shape={})
    if both is not None and not any(word in ("-m", "--collect-only") for word in selection):
        marked = [*selection, "-m", "database or worker"]
        run.tests("selected and marked database or worker, on PostgreSQL with Redis", marked, shape=both)


def _look_for_weak_spots(run: Run) -> None:
    """Known weaknesses of dependencies, where the machine can reach the data about them."""
    if not (BIN / "pip-audit").exists():
        say("Known weaknesses of dependencies were not looked up: pip-audit is not installed here.")
        return
    done = subprocess.run(WEAK_SPOTS, cwd=ROOT, capture_output=True, text=True)
    unknown = done.stdout.count("could not be audited")
    if unknown and not done.returncode:
        # Behind a council's own copy of the registry: nothing found is then no finding.
        say(f"Known weaknesses could not be looked up for {unknown} dependencies: their data is not to be had here.")
    if done.returncode and "vulnerabilit" not in done.stderr:
        say("Known weaknesses of dependencies were not looked up: their data cannot be reached from here.")
    elif done.returncode:
        run.failed.append("pip-audit")
        say(f"FAILED pip-audit\n{done.stdout}{done.stderr}")
