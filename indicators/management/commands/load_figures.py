import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from framework.readers.lines import UnusableFile
from indicators.loading import load_catalogue, load_figures
from indicators.readers.catalogue import read_catalogue, read_figures


class Command(BaseCommand):
    help = "Loads the catalogue of indicators and the published figures beside it. Loading again doubles nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.FIXTURES_DIR / "benchmarks"
        parser.add_argument("folder", type=Path, nargs="?", default=default, metavar="FOLDER")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        at = timezone.now()
        try:
            catalogue = read_catalogue(folder / "indicators.yaml")
            releases = read_figures(folder / "figures.yaml")
            loaded = load_catalogue(at=at, file=catalogue)
            figures = load_figures(at=at, releases=releases, own_area=None, file="figures.yaml")
        except UnusableFile as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        loaded.releases, loaded.figures = figures.releases, figures.figures
        self.stdout.write(json.dumps(asdict(loaded)) if options["json"] else str(loaded))
