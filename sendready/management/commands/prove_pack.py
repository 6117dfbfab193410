from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.domain.roles import Permission, roles_with
from accounts.models import RoleAssignment, User
from documents.foreground import NotMade, copied_out, finished
from documents.models import Export
from inspection.actions.packs import order_pack
from inspection.domain.packs.parts import PARTS
from inspection.readers.packs import NotAPack, verify


class Command(BaseCommand):
    help = (
        "Orders one pack as a person does on the page, waits until the background worker has made it, verifies it and "
        "prints its path, size and SHA-256. Exit code 0: whole; 1: otherwise, with the reason."
    )

    said = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to copy the pack")
        parser.add_argument("--timeout", type=int, default=300, metavar="SECONDS", help="how long to wait for a worker")

    def handle(self, *args: Any, out: Path, timeout: int, **options: Any) -> None:
        parts = tuple(part.code for part in PARTS)
        export = order_pack(by=self._officer(), at=timezone.now(), inspection=None, parts=parts)
        try:
            path = copied_out(finished(export, seconds=timeout, here=False, tell=self._tell), out)
        except NotMade as refusal:
            raise CommandError(f"The pack was not made: {refusal}") from None
        try:
            verdict = verify(path)
        except NotAPack as refused:
            raise CommandError(refused.sentence) from refused
        if not verdict.is_whole:
            raise CommandError(f"{path.name}: {verdict.differences[0]}")
        for issue in verdict.issues:
            self.stdout.write(f"Left out: {issue}")
        self.stdout.write(f"The pack is whole: {verdict.file_count} files.\n")
        self.stdout.write(f"{path}\n{path.stat().st_size} bytes\nSHA-256 {export.sha256}")

    def _officer(self) -> User:
        """Somebody who may prepare a pack today, as the page asks."""
        roles = [role.value for role in roles_with(Permission.PREPARE_PACK)]
        today = RoleAssignment.objects.in_force(timezone.localdate())
        found = today.filter(role__in=roles, user__is_active=True, deputy_for=None).order_by("pk").first()
        if found is None:
            raise CommandError("Nobody here may prepare a pack. Load an area, or give somebody the role.")
        self.stdout.write(f"{found.user.name} orders a pack.")
        return found.user

    def _tell(self, export: Export) -> None:
        """Says each step once, as the progress page does."""
        now = f"{export.progress:3} %  {export.stage or 'Waiting for the worker'}"
        if now != self.said:
            self.stdout.write(now)
        self.said = now
