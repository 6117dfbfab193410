"""Builds a pack in the foreground, with the code that the worker runs, and copies it out."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from documents.foreground import WAIT_SECONDS, NotMade, copied_out, finished
from documents.models import Export
from framework.gather import current_framework
from inspection.actions.packs import order_pack
from inspection.domain.packs.parts import PARTS
from inspection.models import Inspection, Pack

ISSUES = 1
UNUSABLE_INPUT = 2


class Command(BaseCommand):
    help = (
        "Builds the pack of the standing collection, or of one inspection, and prints its path, size and SHA-256. "
        "The pack stays stored as well. Exit code 0: whole; 1: made, but a document could not go in; 2: not made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        codes = [part.code for part in PARTS]
        parser.add_argument("--inspection", type=int, metavar="N", help="the number of an inspection")
        parser.add_argument("--part", action="append", choices=codes, help="one part only; may be given again")
        parser.add_argument("--out", type=Path, metavar="DIR", help="where to copy it; the current folder otherwise")
        parser.add_argument("--background", action="store_true", help="leave the work to the worker and wait for it")
        parser.add_argument(
            "--timeout", type=int, default=WAIT_SECONDS, metavar="SECONDS", help="how long to wait for a worker"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["out"] or Path()
        try:
            export = self._build(options)
            pack = Pack.objects.get(export=export)
        except DatabaseError as refused:
            raise CommandError(
                f"The database can't be used ({refused}). Set it up first: manage.py migrate.",
                returncode=UNUSABLE_INPUT,
            ) from refused
        try:
            target = copied_out(export, folder)
        except OSError as refused:
            raise CommandError(f"{folder}: {refused.strerror}.", returncode=UNUSABLE_INPUT) from refused
        if options["json"]:
            found = {
                "file": str(target),
                "size": export.size,
                "sha256": export.sha256,
                "export": export.pk,
                "version": export.version,
                "issues": pack.issue_count,
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"{target}\n{export.size} bytes\nSHA-256 {export.sha256}")
            if pack.issue_count:
                self.stderr.write(f"{pack.issue_count} approved documents could not go in: see the index of the pack.")
        if pack.issue_count:
            raise SystemExit(ISSUES)

    def _build(self, options: dict[str, Any]) -> Export:
        if current_framework() is None:
            raise CommandError("Load a rulebook first: manage.py load_framework FILE.", returncode=UNUSABLE_INPUT)
        key = options["inspection"]
        visit = Inspection.objects.filter(pk=key).first() if key else None
        if key and visit is None:
            raise CommandError(f"There is no inspection {key}.", returncode=UNUSABLE_INPUT)
        parts = tuple(options["part"] or [part.code for part in PARTS])
        export = order_pack(by=None, at=timezone.now(), inspection=visit, parts=parts)
        try:
            return finished(export, seconds=options["timeout"], here=not options["background"])
        except NotMade as refusal:
            raise CommandError(f"The pack was not made: {refusal}", returncode=UNUSABLE_INPUT) from None
