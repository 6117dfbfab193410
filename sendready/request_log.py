"""What the log says of a request: which page, never what somebody looked for, nor a secret that opens something.

An address may hold a Unique ID (a filter of findings) or a token (an invitation, a calendar, a password reset). So the
log names the pattern of the address and its numbers, and nothing else of it.
"""

import logging
import re

import structlog
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

UNKNOWN = "an address that is not ours"


def page_of(path: str) -> str:
    """The address without its words: `/annex-a/<code>/2/`."""
    try:
        found = resolve(path)
    except Resolver404:
        return UNKNOWN

    def shown(match: re.Match[str]) -> str:
        value = found.kwargs.get(match["name"])
        return str(value) if isinstance(value, int) else f"<{match['name']}>"

    return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", shown, found.route)


def configure() -> None:
    """Plain lines, and plain tracebacks: never the values of variables, which may be a child's."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


class LoggedRequests(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {page_of(request.path_info)}"


class PagesOnly(logging.Filter):
    """The same for what Django itself logs of a request: "Not Found: …", "Forbidden (…): …"."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(page_of(request.path_info) if arg == request.path else arg for arg in record.args)
        return True
