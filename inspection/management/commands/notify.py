"""Starts the clock, or only computes it."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from accounts.domain.findings import Blocker, Finding, Gap
from accounts.domain.roles import ROLE_NAMES
from accounts.domain.typed_days import Unreadable, read_day
from inspection.actions.visits import AlreadyRunning, start_visit
from inspection.domain.calendar import OutsideCalendar
from inspection.domain.clock import WrongDays
from inspection.gather.previews import Preview, preview_visit
from inspection.models import Inspection
from inspection.presenters.deadlines import due_words, owner_words

FINDINGS_BLOCK = 1
UNUSABLE_INPUT = 2


class Command(BaseCommand):
    help = (
        "Starts the clock of a full inspection from the day of the call or from the first day on site, and prints "
        "every deadline, the call first. Exit code 0: done; 1: done, with findings that block; 2: the input can't be "
        "used, nothing was stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="the day of the call, as 2024-04-26 or 26/04/2024")
        parser.add_argument("--on-site", metavar="DATE", help="the first day on site, a Monday")
        parser.add_argument("--rehearsal", action="store_true", help="a rehearsal: everything but the inspectors")
        parser.add_argument("--any-weekday", action="store_true", help="keep a first day on site that is no Monday")
        parser.add_argument("--dry-run", action="store_true", help="only compute and print, store nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        if not (options["on"] or options["on_site"]):
            raise CommandError("Give --on DATE or --on-site DATE.", returncode=UNUSABLE_INPUT)
        try:
            notified_on = _day(options["on"])
            on_site_on = _day(options["on_site"])
            at = timezone.now()
            preview = preview_visit(
                at=at,
                notified_on=notified_on,
                on_site_on=on_site_on,
                is_rehearsal=options["rehearsal"],
                takes_any_weekday=options["any_weekday"],
            )
            if not preview.deadlines:
                raise CommandError(
                    "No timetable is loaded. Load a rulebook first: manage.py load_framework FILE.",
                    returncode=UNUSABLE_INPUT,
                )
            visit = None
            if not options["dry_run"]:
                visit = start_visit(
                    by=None,
                    at=at,
                    is_rehearsal=options["rehearsal"],
                    notified_on=notified_on,
                    on_site_on=on_site_on,
                    takes_any_weekday=options["any_weekday"],
                    # Whoever runs a command means the day that they typed; the warning is printed.
                    takes_future_call=True,
                )
        except (Unreadable, WrongDays, OutsideCalendar, AlreadyRunning) as refused:
            raise CommandError(refused.sentence, returncode=UNUSABLE_INPUT) from refused
        except DatabaseError as refused:
            raise CommandError(
                f"The database can't be used ({refused}). Set it up first: manage.py migrate.",
                returncode=UNUSABLE_INPUT,
            ) from refused
        if options["json"]:
            found = _object(preview, visit, is_rehearsal=options["rehearsal"])
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self._print(preview, visit, is_rehearsal=options["rehearsal"])
        if any(isinstance(warning, Blocker) for warning in preview.warnings):
            raise SystemExit(FINDINGS_BLOCK)

    def _print(self, preview: Preview, visit: Inspection | None, *, is_rehearsal: bool) -> None:
        title = "REHEARSAL of a full inspection" if is_rehearsal else "Full inspection"
        stored = f"stored as visit {visit.pk}" if visit else "only computed, nothing stored"
        self.stdout.write(f"{title}: {stored}. {preview.basis}")
        width = max(len(due_words(fact)) for fact in preview.deadlines)
        for fact in preview.deadlines:
            owner = owner_words(fact.owner) if fact.owner.person else f"nobody ({ROLE_NAMES[fact.owner_role]})"
            mark = "" if fact.is_rule_confirmed else " [default]"
            self.stdout.write(f"{due_words(fact):<{width}}  {fact.title}{mark} – {owner}")
            for other in fact.others:
                self.stdout.write(f"{'':<{width}}  or {other.day:%A} {other.day.day} {other.day:%B}: {other.basis}")
        for other in preview.others:
            self.stdout.write(f"Or on site from {other.day:%A} {other.day.day} {other.day:%B %Y}: {other.basis}")
        for warning in preview.warnings:
            self.stdout.write(f"{_level(warning).capitalize()}: {warning.sentence}")


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


def _level(finding: Finding) -> str:
    if isinstance(finding, Blocker):
        return "blocker"
    return "gap" if isinstance(finding, Gap) else "note"


def _object(preview: Preview, visit: Inspection | None, *, is_rehearsal: bool) -> dict[str, Any]:
    days = preview.days
    return {
        "inspection": visit.pk if visit else None,
        "kind": "full",
        "is_rehearsal": is_rehearsal,
        "notified_on": days.notified_on.isoformat(),
        "on_site_on": days.on_site_on.isoformat(),
        "last_day_on": days.last_day_on.isoformat(),
        "basis": preview.basis,
        "other_on_site_days": [{"day": other.day.isoformat(), "basis": other.basis} for other in preview.others],
        "deadlines": [
            {
                "code": fact.code,
                "title": fact.title,
                "due_on": fact.day.isoformat() if fact.day else None,
                "time": f"{fact.at_time:%H:%M}" if fact.at_time else None,
                "due_at": fact.due_at.isoformat() if fact.due_at else None,
                "ends_at": fact.ends_at.isoformat() if fact.ends_at else None,
                "batch": fact.batch,
                "owner_role": fact.owner_role.value,
                "owner": fact.owner.person or None,
                "deputy": fact.owner.deputy or None,
                "basis": fact.basis,
                "counted_as": fact.counted_as,
                "is_confirmed": fact.is_rule_confirmed,
                "others": [{"day": other.day.isoformat(), "basis": other.basis} for other in fact.others],
            }
            for fact in preview.deadlines
        ],
        "warnings": [
            {"code": warning.code, "level": _level(warning), "sentence": warning.sentence}
            for warning in preview.warnings
        ],
    }
