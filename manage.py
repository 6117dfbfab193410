#!/usr/bin/env python
"""Django's command line. Run by hand it speaks to the installation of this folder: var/real, else var/demo."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def choose_installation() -> None:
    """Takes the settings that script/serve or script/demo wrote, unless the environment brings its own."""
    if "SENDREADY_SECRET_KEY" in os.environ:
        return
    chosen = os.environ.get("SENDREADY_VAR")
    for folder in [Path(chosen)] if chosen else [ROOT / "var" / "real", ROOT / "var" / "demo"]:
        settings = folder / "environment"
        if settings.exists():
            os.environ["SENDREADY_VAR"] = str(folder)
            for line in settings.read_text().splitlines():
                name, is_setting, value = line.partition("=")
                if is_setting and not name.startswith("#"):
                    os.environ.setdefault(name, value)
            return


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendready.settings")
    choose_installation()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
