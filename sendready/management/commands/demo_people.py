from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, Role
from accounts.models import RoleAssignment
from sendready.management.commands.load_area import DEMONSTRATION_PASSWORD


class Command(BaseCommand):
    help = "Prints who can sign in to a demonstration, and with which password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: nobody's password is known here.", returncode=2)
        held = RoleAssignment.objects.in_force(timezone.localdate()).filter(user__is_active=True)
        roles: dict[str, list[str]] = {}
        for email, role, deputy_for in held.order_by("user_id").values_list("user__email", "role", "deputy_for"):
            roles.setdefault(email, []).append(ROLE_NAMES[Role(role)] + (" (deputy)" if deputy_for else ""))
        width = max((len(email) for email in roles), default=0)
        self.stdout.write(f"Sign in as one of these people; the password of each is {DEMONSTRATION_PASSWORD}\n")
        for email, names in roles.items():
            self.stdout.write(f"  {email:<{width}}  {', '.join(names)}")
