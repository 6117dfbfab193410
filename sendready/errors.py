"""What a request gets that cannot be served: a page that says what happened, what was kept, and what to do next."""

import shutil
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.response import TemplateResponse

from documents.files import is_full_disk

RETRY_SECONDS = 5
# What the databases and the disk say when it was not the request's fault.
BUSY_WORDS = ("locked", "busy", "deadlock", "lock timeout", "could not connect", "connection", "too many clients")
TOO_LITTLE_BYTES = 1024 * 1024

PLAIN_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Sorry – sendready</title></head>
<body><main><h1>Sorry, something went wrong on our side</h1><p>Nothing was stored. Try again in a moment; if it goes on,
tell the administrator of sendready.</p></main></body></html>"""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the request was too large; 503 when a busy database kept the session from being noted."""
    if (fault := _database_fault(exception)) is not None:
        return fault_page(request, fault)
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return TemplateResponse(request, "413.html", status=413).render()
    return TemplateResponse(request, "400.html", status=400).render()


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if exception.args else ""
    return TemplateResponse(request, "403.html", {"reason": reason}, status=403).render()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return TemplateResponse(request, "404.html", status=404).render()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was older than the session (signed in elsewhere meanwhile), or came from another site."""
    return TemplateResponse(request, "csrf.html", status=403).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 with Retry when the database is busy; 507 when the disk is full. Asks the database nothing."""
    return fault_page(request, sys.exc_info()[1])


def _database_fault(error: BaseException | None) -> OperationalError | None:
    """The fault of the database behind an error that speaks of something else."""
    while error is not None and not isinstance(error, OperationalError):
        error = error.__cause__ or error.__context__
    return error


def fault_page(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    template, status = kind_of(error)
    content: str
    try:
        content = loader.render_to_string(
            template, {"path": request.get_full_path(), "is_read": request.method == "GET"}
        )
    except Exception:  # the page that reports a fault must not fail itself
        content = PLAIN_PAGE
    response = HttpResponse(content, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def kind_of(error: BaseException | None) -> tuple[str, int]:
    """The template and the status for what was raised."""
    words = str(error).lower()
    if is_full_disk(error):
        return "507.html", 507
    if isinstance(error, OperationalError) and "disk i/o error" in words and is_disk_full():
        return "507.html", 507
    if isinstance(error, OperationalError) and any(word in words for word in BUSY_WORDS):
        return "503.html", 503
    return "500.html", 500


def is_disk_full() -> bool:
    """SQLite says no more than "disk I/O error" when there is no room left even to open the database."""
    try:
        return shutil.disk_usage(settings.VAR_DIR).free < TOO_LITTLE_BYTES
    except OSError:
        return False
