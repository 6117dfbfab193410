"""Prints the one-time link that opens the first-run page, for whoever sits at the machine."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions.first_run import make_first_run_link
from accounts.permissions import NotAllowed


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = make_first_run_link(by=None, at=timezone.now())
        except NotAllowed:
            self.stdout.write(f"This installation is set up. Sign in at {settings.SITE_URL}.")
            return
        self.stdout.write("Set up your area: open this link once, on this machine.")
        self.stdout.write(link)
