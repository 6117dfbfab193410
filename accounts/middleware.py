"""Refusals become a page with the reason; what is shown to one person stays in no cache; sessions live while used."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.permissions import NotAllowed

NOTED = "noted_at"


class pages_out_of_caches:  # noqa: N801  # named in settings as the step that it is
    """A browser or proxy keeps nothing that was shown to somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class sessions_noted_alive:  # noqa: N801  # named in settings as the step that it is
    """Puts off the end of a session that is used, at most once each SESSION_NOTED_SECONDS.

    Saving it with each request would let every page wait for whoever writes to the database just then. Only that of
    somebody who is signed in: an invented cookie must not leave a row behind with each request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = int(time.time())
            if not 0 <= now - request.session.get(NOTED, 0) < settings.SESSION_NOTED_SECONDS:
                request.session[NOTED] = now
        return self.get_response(request)


class refusals_as_pages:  # noqa: N801  # named in settings as the step that it is
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            # A button's address that was opened as a page: by Retry, after signing in again, from the history.
            page = TemplateResponse(request, "405.html", status=405).render()
            page["Allow"] = response.get("Allow", "POST")
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            context = {"reason": exception.reason, "fix_url": exception.fix_url, "fix_label": exception.fix_label}
            return TemplateResponse(request, "403.html", context, status=403).render()
        return None
