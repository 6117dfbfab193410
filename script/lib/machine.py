"""What the machine has to bring: a Python and some system packages."""

from __future__ import annotations  # an older Python has to get as far as the sentence about it

import os
import shutil
import subprocess
import sys

from lib.words import Stop, run, say, step

OLDEST, FIRST_UNKNOWN = (3, 11), (3, 14)
# WeasyPrint draws and shapes text with these; the fonts are what packs and reports are set in.
FOR_SERVING = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig", "fonts-liberation")
FOR_TESTING = ("chromium", "poppler-utils")
FOR_TESTING_SERVERS = ("postgresql", "redis-server")


def check_python() -> None:
    """Goes on in a Python that sendready runs on, or says which one to install."""
    if OLDEST <= sys.version_info[:2] < FIRST_UNKNOWN:
        return
    for minor in range(FIRST_UNKNOWN[1] - 1, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    raise Stop(f"sendready needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}. Install one of them.")


def missing_packages(names: tuple[str, ...]) -> list[str]:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names], capture_output=True, text=True
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in there]


def install_packages(names: tuple[str, ...]) -> None:
    """Installs what is missing where it may, else stops with the command that an administrator has to run."""
    if not shutil.which("dpkg-query"):
        say(f"This is not Debian, so the system packages are yours to provide. Debian calls them: {' '.join(names)}.")
        return
    missing = missing_packages(names)
    if not missing:
        return
    apt = _apt()
    by_hand = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if apt is None:
        raise Stop(
            "These system packages are missing, and installing them needs an administrator:\n"
            f"    {' '.join(missing)}\nAsk somebody who may to run this, then start again:\n    sudo sh -c '{by_hand}'"
        )
    with step(f"Installing system packages: {' '.join(missing)}"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        # An installation that was interrupted earlier is finished first.
        run([*apt[:-1], "dpkg", "--configure", "-a"], environment=environment, why="dpkg --configure -a")
        run([*apt, "update", "-q"], environment=environment, why="apt-get update")
        options = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
        run([*apt, *options, *missing], environment=environment, why=f"apt-get install {' '.join(missing)}")


def _apt() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None
