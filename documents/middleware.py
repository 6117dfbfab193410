"""What may not come in is refused before it is read, and with a page."""

import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from documents.files import DiskFull
from documents.intake import Refused

# How long and how much of a refused body is read and thrown away, so that the browser gets round to our answer.
LINGER_SECONDS = 10
LINGER_BYTES = 1024 * 1024 * 1024


class refuse_oversize:  # noqa: N801  # named in settings as the step that it is
    """Answers 413 from the announced length alone; turns what intake and the store refuse into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.REQUEST_LIMIT_MB * 1024 * 1024
        if announced_length(request) <= limit:
            return self.get_response(request)
        reason = (
            f"This is more than {settings.REQUEST_LIMIT_MB} MB at once, so it was not read and nothing was stored. "
            f"A single file may have {settings.UPLOAD_LIMIT_MB} MB."
        )
        response = TemplateResponse(request, "413.html", {"reason": reason}, status=413).render()
        # The server calls this after the answer has been sent.
        response._resource_closers.append(lambda: throw_away(request))  # type: ignore[attr-defined]  # no public hook
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DiskFull):
            return TemplateResponse(request, "507.html", status=507).render()
        if isinstance(exception, Refused):
            template = "413.html" if exception.status == 413 else "documents/refused.html"
            return TemplateResponse(request, template, {"reason": exception.sentence}, status=exception.status).render()
        return None


def announced_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def throw_away(request: HttpRequest) -> None:
    """Reads on for a little: a browser that is still sending would not look at the answer of a closed connection."""
    end, left = time.monotonic() + LINGER_SECONDS, min(announced_length(request), LINGER_BYTES)
    with suppress(OSError, ValueError):
        stream = request.META.get("wsgi.input", request)
        while left > 0 and time.monotonic() < end:
            piece = stream.read(min(left, 256 * 1024))
            if not piece:
                return
            left -= len(piece)
