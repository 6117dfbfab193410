"""Checks a pack years later: whole, or the first file that differs, is missing or is extra."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspection.readers.packs import NotAPack, verify

DIFFERS = 1
UNUSABLE_INPUT = 2


class Command(BaseCommand):
    help = (
        "Checks that a pack holds exactly the files that it was made with. Exit code 0: whole; 1: a file differs, is "
        "missing or is extra; 2: not a whole pack, or unsafe to unpack. It needs no database."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012  # as the base class has it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the pack, a .zip file")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            verdict = verify(path)
        except NotAPack as refused:
            if options["json"]:
                self.stdout.write(json.dumps({"file": str(path), "state": "unusable", "reason": refused.sentence}))
                raise SystemExit(UNUSABLE_INPUT) from refused
            raise CommandError(refused.sentence, returncode=UNUSABLE_INPUT) from refused
        if options["json"]:
            found = {
                "file": str(path),
                "state": "whole" if verdict.is_whole else "differs",
                "files": verdict.file_count,
                "size": verdict.size,
                "area": verdict.area,
                "occasion": verdict.occasion,
                "as_at": verdict.as_at,
                "issues": list(verdict.issues),
                "differences": [
                    {"file": one.name, "fault": one.fault.value, "detail": one.detail} for one in verdict.differences
                ],
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        elif verdict.is_whole:
            self.stdout.write(f"{path.name} is whole: {verdict.file_count} files, {verdict.size} bytes.")
            for issue in verdict.issues:
                self.stdout.write(f"Left out when it was made: {issue}")
        else:
            first, *others = verdict.differences
            self.stderr.write(f"{path.name}: {first}")
            if others:
                self.stderr.write(f"and {len(others)} more; --json lists them all.")
        if not verdict.is_whole:
            raise SystemExit(DIFFERS)
