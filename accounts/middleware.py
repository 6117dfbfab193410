"""Refusals become a page with the reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.permissions import NotAllowed


class refusals_as_pages:  # noqa: N801  # named in settings as the step that it is
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            context = {"reason": exception.reason, "fix_url": exception.fix_url, "fix_label": exception.fix_label}
            return TemplateResponse(request, "403.html", context, status=403).render()
        return None
