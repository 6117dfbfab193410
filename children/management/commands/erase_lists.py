"""`manage.py erase_lists`: shows which rows are due to be erased, and erases them when told to."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from children import gather
from children.actions import erase_due
from children.upkeep import erase_rows_again


class Command(BaseCommand):
    help = "Shows which uploads of person-level lists have been kept long enough; --now erases their rows and files."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="erase what the plan shows")
        parser.add_argument(
            "--again", action="store_true", help="after restoring a backup: erase what had been erased before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self.stdout.write(f"Erased again: {erase_rows_again():,} rows.")
        now = timezone.now()
        plan = gather.erasure_plan(today=timezone.localdate(now))
        for line in plan:
            self.stdout.write(
                f"{line.upload}, kept until {line.upload.keep_until_on:%d/%m/%Y}: {line.rows:,} rows, "
                f"{line.findings:,} findings, {line.files} file(s)."
            )
        if not plan:
            self.stdout.write("Nothing is due.")
        elif options["now"]:
            records = erase_due(by=None, at=now)
            self.stdout.write(f"Erased: {sum(record.rows for record in records):,} rows of {len(records)} upload(s).")
        else:
            self.stdout.write("Nothing was erased. Run it again with --now to erase these.")
