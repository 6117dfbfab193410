"""`manage.py write_rules_page`: writes docs/rules.md from the tables of rules."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from children.loaders import load_schema
from children.rules_page import rules_page


class Command(BaseCommand):
    help = "Writes docs/rules.md, the list of every rule of the person-level lists."
    requires_system_checks: list[str] = []  # noqa: RUF012  # Django's own name

    def handle(self, *args: Any, **options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "rules.md"
        page.write_text(rules_page(load_schema()), encoding="utf-8")
        self.stdout.write(f"{page.name} is written.")
