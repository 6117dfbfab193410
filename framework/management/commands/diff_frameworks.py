import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from framework.domain.differences import Difference, differences
from framework.domain.rulebook import KIND_NAMES, Rulebook
from framework.gather import rulebook_of
from framework.loaders import read_rulebook
from framework.models import Framework
from framework.readers.lines import UnusableFile


class Command(BaseCommand):
    help = "Prints what differs between two rulebooks, row by row. Each is a file or the code of a loaded one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, old: str, new: str, json: bool, **options: Any) -> None:
        found = differences(_rulebook(old), _rulebook(new))
        self.stdout.write(_as_json(old, new, found) if json else _as_text(found))


def _rulebook(name: str) -> Rulebook:
    """The rulebook of a file, or of a loaded framework where no such file exists."""
    if not Path(name).exists() and (framework := Framework.objects.filter(code=name).first()):
        return rulebook_of(framework)
    if not Path(name).exists():
        raise CommandError(f"“{name}” is neither a file nor the code of a loaded framework.", returncode=2)
    try:
        return read_rulebook(Path(name))
    except UnusableFile as refusal:
        raise CommandError(str(refusal), returncode=2) from None


def _as_json(old: str, new: str, found: tuple[Difference, ...]) -> str:
    return json.dumps(
        {"old": old, "new": new, "differences": [asdict(each) for each in found]}, ensure_ascii=False, indent=2
    )


def _as_text(found: tuple[Difference, ...]) -> str:
    if not found:
        return "The two are the same."
    lines = []
    for each in found:
        label = f"{KIND_NAMES.get(each.kind, each.kind)} {each.code}"
        if each.change == "changed":
            lines += [f"{label}, {each.field.replace('_', ' ')}:", f"  old: {each.old}", f"  new: {each.new}"]
        else:
            lines.append(f"{label} {each.change}: {each.old or each.new}")
    return "\n".join([*lines, f"{len(found)} {'difference' if len(found) == 1 else 'differences'}."])
