import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from framework.readers.lines import UnusableFile
from indicators.actions import load_areas
from indicators.loaders import read_areas


class Command(BaseCommand):
    help = "Loads the national list of areas with their statistical neighbours. Loading again changes what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.FIXTURES_DIR / "benchmarks" / "areas.yaml"
        parser.add_argument("file", type=Path, nargs="?", default=default, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, file: Path, json: bool, **options: Any) -> None:
        try:
            loaded = load_areas(by=None, at=timezone.now(), file=read_areas(file))
        except UnusableFile as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(
            _as_json(asdict(loaded))
            if json
            else f"{loaded.created} areas created, {loaded.changed} changed, {loaded.unchanged} as before; "
            f"{loaded.neighbours} neighbours written."
        )


def _as_json(values: dict[str, int]) -> str:
    return json.dumps(values)
