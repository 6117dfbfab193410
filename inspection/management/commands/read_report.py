"""`manage.py read_report F.pdf…`: reads published inspection reports, without a database where there is none."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from inspection.actions.published import CannotStore, store_report
from inspection.domain.reports.taken import Taken, as_json
from inspection.gather.published_lists import known_anyhow
from inspection.readers.report_files import read_files

GOOD, INCOMPLETE, UNUSABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Reads published area SEND inspection reports (PDF). Exit code 0: all read whole; 1: some part could not be "
    help += "read, and says which; 2: a file can't be used."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own name
    requires_migrations_checks = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="F.pdf", type=Path)
        parser.add_argument(
            "--json", metavar="OUT", help="writes the JSON into a file and prints a line for each report"
        )
        parser.add_argument("--store", action="store_true", help="keeps what was read in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        known = known_anyhow()
        read: list[Taken] = []
        refused: list[str] = []
        for path, report in read_files(options["files"], known.lists.wording):
            if isinstance(report, str):
                refused.append(report)
                self.stderr.write(report)
            else:
                read.append(known.take(report, file=path.name))
        unstored = self._store(read) if options["store"] else []
        self._print(read, options["json"])
        for sentence in unstored:
            self.stderr.write(sentence)
        if refused or any("the database" in sentence for sentence in unstored):
            raise SystemExit(UNUSABLE)
        raise SystemExit(INCOMPLETE if unstored or any(each.unread for each in read) else GOOD)

    def _store(self, read: list[Taken]) -> list[str]:
        unstored = []
        for taken in read:
            try:
                store_report(by=None, at=timezone.now(), taken=taken)
            except CannotStore as refusal:
                unstored.append(refusal.sentence)
            except DatabaseError as error:
                unstored.append(f"{taken.file}: the database can't keep it: {error}. Run manage.py migrate first.")
        return unstored

    def _print(self, read: list[Taken], out: str | None) -> None:
        text = json.dumps({"reports": [as_json(each) for each in read]}, ensure_ascii=False, indent=1)
        if not out or out == "-":
            self.stdout.write(text)
            return
        try:
            Path(out).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            self.stderr.write(f"{out} can't be written: {error.strerror}.")
            raise SystemExit(UNUSABLE) from error
        for each in read:
            self.stdout.write(_line(each))


def _line(taken: Taken) -> str:
    counted = {kind: sum(one.kind == kind for one in taken.todos) for kind in ("improvement", "priority")}
    said = (
        f"{taken.file}: {taken.area or 'area not read'}, outcome {taken.outcome or 'not read'}, "
        f"{counted['improvement']} areas for improvement, {counted['priority']} priority actions"
    )
    return f"{said}. Not read: {' '.join(taken.unread)}" if taken.unread else f"{said}. Read whole."
