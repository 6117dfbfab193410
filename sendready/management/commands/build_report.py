"""Builds any report in the foreground, with the code that the worker runs, and copies it out."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.http import Http404
from django.utils import timezone

from accounts.permissions import NotAllowed
from documents.actions import order_export
from documents.exports import Params
from documents.foreground import NotMade, copied_out, finished
from documents.models import Export
from documents.reports import FORMATS, ReportKind
from sendready.report_kinds import REPORTS

NOTHING_THERE = 1
UNUSABLE_INPUT = 2


class Command(BaseCommand):
    help = (
        "Builds a report and prints path, size and SHA-256 of each file. The files stay stored as well. "
        f"KIND: {', '.join(REPORTS)}. Exit code 0: made; 1: there is nothing to report on; 2: not made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", help=", ".join(REPORTS))
        parser.add_argument("--format", default="pdf", metavar="F,…", help=f"{', '.join(FORMATS)}; pdf otherwise")
        parser.add_argument("--of", type=int, metavar="N", help="the number of the scorecard or meeting")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as at which day; today otherwise")
        parser.add_argument("--out", type=Path, metavar="DIR", help="where to copy it; the current folder otherwise")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = REPORTS.get(options["kind"])
        if kind is None:
            raise _unusable(f"There is no report “{options['kind']}”. There are: {', '.join(REPORTS)}.")
        forms = [form.strip().lower().lstrip(".") for form in options["format"].split(",") if form.strip()]
        if not forms or set(forms) - set(FORMATS):
            raise _unusable(f"--format takes {', '.join(FORMATS)}, with commas between.")
        folder: Path = options["out"] or Path()
        try:
            params = _params(kind, options)
            made = [_build(kind, form, params) for form in dict.fromkeys(forms)]
            files = [copied_out(export, folder) for export in made]
        except NotAllowed as refusal:
            raise CommandError(refusal.reason, returncode=NOTHING_THERE) from None
        except Http404:
            raise CommandError(f"There is no {options['of']} to report on.", returncode=NOTHING_THERE) from None
        except DatabaseError as refused:
            raise _unusable(f"The database can't be used ({refused}). Set it up first: manage.py migrate.") from refused
        except OSError as refused:
            raise _unusable(f"{folder}: {refused.strerror}.") from refused
        self._tell(made, files, as_json=options["json"])

    def _tell(self, made: list[Export], files: list[Path], *, as_json: bool) -> None:
        told = [
            {"file": str(path), "size": export.size, "sha256": export.sha256, "export": export.pk}
            for export, path in zip(made, files, strict=True)
        ]
        if as_json:
            self.stdout.write(json.dumps({"reports": told}, ensure_ascii=False, indent=2))
            return
        for one in told:
            self.stdout.write(f"{one['file']}\n{one['size']} bytes\nSHA-256 {one['sha256']}")


def _unusable(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=UNUSABLE_INPUT)


def _params(kind: ReportKind, options: dict[str, Any]) -> Params:
    on = options["on"] or timezone.localdate()
    if options["of"]:
        return {"of": options["of"], "on": on.isoformat()}
    return kind.standing_params(on)


def _build(kind: ReportKind, form: str, params: Params) -> Export:
    kind.gather(params)  # a refusal is told here, before anything is ordered
    export = order_export(by=None, at=timezone.now(), kind=kind.code_of(form), params=params)
    try:
        return finished(export)
    except NotMade as refusal:
        raise _unusable(f"The report was not made: {refusal}") from None
