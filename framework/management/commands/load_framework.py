import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from framework.actions import Load, UnknownFramework, load_rulebook
from framework.loaders import read_rulebook
from framework.readers.lines import UnusableFile


class Command(BaseCommand):
    help = "Loads a published rulebook. Loading again changes only the rows that nobody edited, and prints the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="such as fixtures/frameworks/area-send-2023.yaml")
        parser.add_argument("--replace", action="store_true", help="also overwrite what was edited here")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, file: Path, replace: bool, json: bool, **options: Any) -> None:
        try:
            load = load_rulebook(by=None, at=timezone.now(), rulebook=read_rulebook(file), replace=replace)
        except (UnusableFile, UnknownFramework) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(_as_json(load) if json else _as_text(load))


def _as_json(load: Load) -> str:
    told = {name: getattr(load, name) for name in ("created", "changed", "archived", "kept", "unchanged")}
    return json.dumps({"framework": load.framework.code, **told}, ensure_ascii=False, indent=2)


def _as_text(load: Load) -> str:
    lines = [
        f"{load.framework.name} ({load.framework.code}): {len(load.created)} rows created, "
        f"{len(load.changed)} changed, {len(load.archived)} archived, {load.unchanged} as before."
    ]
    for words, rows in (("Changed", load.changed), ("Archived", load.archived)):
        lines += [f"  {words}: {row}" for row in rows]
    if load.kept:
        lines.append(f"{len(load.kept)} kept, because they were edited here (--replace overwrites them):")
        lines += [f"  {row}" for row in load.kept]
    return "\n".join(lines)
