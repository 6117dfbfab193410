from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.domain.typed_days import Unreadable, read_day
from strategy.actions.digest import send_digest
from strategy.digest_gather import digests_on


class Command(BaseCommand):
    help = "Puts the Monday digest of the plans into the outbox: what is due, overdue, unowned. Once a week for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", default="", help="as on this day, for example 2026-11-23 (default: today)")
        parser.add_argument("--dry-run", action="store_true", help="say who would get what, and send nothing")

    def handle(self, *args: Any, on: str, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        try:
            day = read_day(on) if on else timezone.localdate(at)
        except Unreadable as unreadable:
            raise CommandError(unreadable.sentence, returncode=2) from None
        if dry_run:
            for addressed in digests_on(day):
                self.stdout.write(f"{addressed.user.email}: {addressed.digest.counts}")
            self.stdout.write("Nothing was sent.")
            return
        run = send_digest(by=None, at=at, on=day)
        for addressed in run.sent:
            self.stdout.write(f"{addressed.user.email}: {addressed.digest.counts}")
        self.stdout.write(
            f"{len(run.sent)} in the outbox, {len(run.had)} had it this week, {len(run.off)} have switched it off."
        )
