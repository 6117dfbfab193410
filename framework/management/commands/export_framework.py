from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from framework.gather import rulebook_of
from framework.models import Framework
from framework.writers import rulebook_as_yaml


class Command(BaseCommand):
    help = "Prints a loaded rulebook as the YAML file that load_framework reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        framework = Framework.objects.filter(code=code).first()
        if framework is None:
            known = ", ".join(Framework.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"“{code}” isn't loaded. Loaded: {known}.", returncode=2)
        self.stdout.write(rulebook_as_yaml(rulebook_of(framework)), ending="")
