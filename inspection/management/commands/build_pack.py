"""Builds a pack in the foreground, with the code that the worker runs, and copies it out."""

import json
import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from documents.files import copy_stored
from documents.making import make_export
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
        parser.add_argument("--timeout", type=int, default=600, metavar="SECONDS", help="how long to wait for a worker")
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
            target = _copy_out(export, folder)
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
        if not options["background"] and export.is_unfinished:
            make_export(export.pk)
        return _wait_for(export, options["timeout"])


def _wait_for(export: Export, seconds: int) -> Export:
    """The finished export: this process made it, or a worker that heard of it first."""
    ends = time.monotonic() + seconds
    export.refresh_from_db()
    while export.is_unfinished and time.monotonic() < ends:
        time.sleep(0.3)
        export.refresh_from_db()
    if export.is_unfinished:
        raise CommandError(f"No worker finished the pack within {seconds} seconds.", returncode=UNUSABLE_INPUT)
    if not export.is_done:
        raise CommandError(export.error or "The pack was cancelled.", returncode=UNUSABLE_INPUT)
    return export


def _copy_out(export: Export, folder: Path) -> Path:
    """Whole or not at all: a half-copied pack never stands under the pack's name."""
    folder.mkdir(parents=True, exist_ok=True)
    target, partial = folder / export.file_name, folder / f".{export.file_name}.part"
    try:
        with partial.open("wb") as out:
            copy_stored(export, out)
        shutil.move(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target
