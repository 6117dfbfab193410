"""What every page shows: whose service this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import LocalArea


def service(request: HttpRequest) -> dict[str, Any]:
    return {
        "local_area": LocalArea.objects.first(),
        "is_demo": settings.DEMO,
        "has_mail_server": bool(settings.MAIL_SERVER_URL),
        "session_idle_minutes": settings.SESSION_IDLE_MINUTES,
    }
