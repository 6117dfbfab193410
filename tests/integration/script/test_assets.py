"""Two who build the browser assets at once: a test run in two halves does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
INSTALL = """
for taken in govuk-frontend/dist/govuk/govuk-frontend.min.js htmx.org/dist/htmx.min.js; do
    mkdir -p "node_modules/$(dirname $taken)" && touch "node_modules/$taken"
done
"""
BUILD = """
mkdir busy || exit 1
sleep 0.5
for pair in "$@"; do
    case "$pair" in *.css) echo "a{}" > "${pair#*:}";; esac
done
echo built >> builds
rmdir busy
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose `sass` is a stand-in that takes its time and complains when it meets another at work."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "script").mkdir()
    shutil.copy(ROOT / "script" / "assets", tmp_path / "script" / "assets")
    for folder in ("js", "images"):
        (tmp_path / "static" / folder).mkdir(parents=True)
    commands = tmp_path / "bin"
    commands.mkdir()
    _command(commands / "npm", INSTALL)
    _command(commands / "node", BUILD)
    return tmp_path


def _command(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh{body}", encoding="utf-8")
    path.chmod(0o755)


def test_assets_built_by_two_at_once_are_built_once(checkout: Path):
    environment = os.environ | {"PATH": f"{checkout / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, str(checkout / "script" / "assets")]

    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], said
    assert (checkout / "builds").read_text(encoding="utf-8").split() == ["built"]
    assert (checkout / "build" / "assets" / "css" / "app.css").exists()
