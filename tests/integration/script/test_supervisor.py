"""What script/demo and script/serve promise about keys, settings and processes that die."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from lib import installation, supervisor
from lib.installation import Installation
from lib.supervisor import Part
from lib.words import Stop


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the checkout."""
    monkeypatch.setattr(installation, "ROOT", tmp_path)
    monkeypatch.setattr(supervisor, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def sleeper(checkout: Path):
    """A part that sleeps in a child of its own, as a worker does."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    part = Part("The sleeper", [sys.executable, "-c", code], dict(os.environ), checkout / "sleeper.log")
    part.start()
    yield part
    part.kill()


def test_keys_are_made_once_and_for_the_owner_only(checkout: Path):
    Installation("real", is_demo=False).prepare()
    settings = checkout / "var" / "real" / "environment"
    first = settings.read_text()

    Installation("real", is_demo=False).prepare()

    assert settings.read_text() == first
    assert settings.stat().st_mode & 0o777 == 0o600
    assert settings.parent.stat().st_mode & 0o777 == 0o700
    assert "SENDREADY_STORAGE_KEY=" in first


def test_keys_after_an_interruption_are_made_whole(checkout: Path):
    folder = checkout / "var" / "real"
    folder.mkdir(parents=True)
    (folder / "environment.unfinished").write_text("SENDREADY_SEC")

    Installation("real", is_demo=False).prepare()

    assert "SENDREADY_SECRET_KEY=" in (folder / "environment").read_text()
    assert not (folder / "environment.unfinished").exists()


def test_demonstration_never_reaches_a_database_named_in_the_shell(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENDREADY_DATABASE_URL", "postgres://real")
    demo, real = Installation("demo", is_demo=True), Installation("real", is_demo=False)
    demo.prepare()
    real.prepare()

    assert "SENDREADY_DATABASE_URL" not in demo.environment()
    assert real.environment()["SENDREADY_DATABASE_URL"] == "postgres://real"
    assert (demo.environment()["SENDREADY_DEMO"], real.environment()["SENDREADY_DEMO"]) == ("1", "0")


def test_second_script_on_the_same_installation_is_refused(checkout: Path):
    first, second = Installation("demo", is_demo=True), Installation("demo", is_demo=True)
    first.prepare()
    first.lock()

    with pytest.raises(Stop, match="already"):
        second.lock()


def test_part_that_dies_is_started_again(sleeper: Part, capsys: pytest.CaptureFixture[str]):
    first = sleeper.process.pid
    os.kill(first, signal.SIGKILL)
    sleeper.process.wait()

    end = time.monotonic() + 20
    while sleeper.process.pid == first and time.monotonic() < end:
        sleeper.keep_running()
        time.sleep(0.1)

    assert sleeper.process.pid != first
    assert sleeper.process.poll() is None
    assert "The sleeper has stopped by itself" in capsys.readouterr().out


def test_part_that_dies_takes_its_children_along(sleeper: Part):
    os.kill(sleeper.process.pid, signal.SIGKILL)
    sleeper.process.wait()

    sleeper.keep_running()

    assert wait_until_gone(sleeper.process.pid)


def wait_until_gone(group: int) -> bool:
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_stopping_ends_every_part(sleeper: Part):
    supervisor.stop_all([sleeper])

    assert sleeper.process.poll() is not None


def test_manage_run_by_hand_prefers_the_real_installation(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    import manage

    monkeypatch.setattr(manage, "ROOT", checkout)
    monkeypatch.setattr(os, "environ", {})
    for name in ("demo", "real"):
        Installation(name, is_demo=name == "demo").prepare()

    manage.choose_installation()

    assert os.environ["SENDREADY_VAR"] == str(checkout / "var" / "real")
    assert os.environ["SENDREADY_DEMO"] == "0"
