import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from framework.readers.lines import UnusableFile
from inspection.actions.published import tie_again
from inspection.published_loading import load_published
from inspection.readers.benchmarks import read_facts, read_patterns, read_word_lists


class Command(BaseCommand):
    help = (
        "Loads published inspections of every area, the words by which reports are read, and patterns of visits. "
        "Loading again changes what differs and leaves alone what somebody edited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.FIXTURES_DIR / "benchmarks"
        parser.add_argument("folder", type=Path, nargs="?", default=default, metavar="FOLDER")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            loaded = load_published(
                words=read_word_lists(folder / "report-words.yaml"),
                facts=read_facts(folder / "inspections.yaml"),
                patterns=read_patterns(folder / "term-patterns.yaml"),
            )
        except UnusableFile as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if loaded.lists:
            tie_again(by=None, at=timezone.now())
        self.stdout.write(json.dumps(asdict(loaded)) if options["json"] else str(loaded))
