"""With what an export was made: our own press, the libraries beneath it and the fonts of this machine."""

import hashlib
import subprocess
from functools import cache
from importlib.metadata import version

# Raise it when a change here alters the bytes of what is printed.
PRESS = 1
_LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "xlsxwriter", "rustpy-xlsxwriter", "fonttools", "vl-convert-python")


@cache
def made_with() -> str:
    """A fingerprint that changes when equal inputs might no longer give equal bytes."""
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    return hashlib.sha256("\n".join([f"press {PRESS}", *versions, _fonts()]).encode()).hexdigest()


def _fonts() -> str:
    try:
        command = ["fc-list", "--format", "%{file} %{fontversion}\n"]
        listing = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603  # fixed words
    except (OSError, subprocess.TimeoutExpired):
        return "no fontconfig"
    return "\n".join(sorted(line for line in listing.stdout.splitlines() if "iberation" in line))
