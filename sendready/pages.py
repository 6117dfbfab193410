"""Pages about the service itself: help, accessibility, privacy, cookies for everybody; how the service is."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.reach import with_open_links
from accounts.requests import any_signed_in, permission_required, user_of
from sendready.glossary import TERMS
from sendready.status.gather import gather_status


@login_not_required
def help_show(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/help.html", {"terms": TERMS, "upload_limit_mb": settings.UPLOAD_LIMIT_MB})


@login_not_required
def accessibility_show(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/accessibility.html")


@login_not_required
def privacy_show(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/privacy.html")


@login_not_required
def cookies_show(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/cookies.html")


@permission_required(Permission.READ_STATUS)
def status_show(request: HttpRequest) -> HttpResponse:
    status = gather_status(at=timezone.now())
    elsewhere = [
        replace(finding, fix_url="") if finding.fix_url == request.path else finding for finding in status.protections
    ]
    context = {"status": status, "protections": with_open_links(elsewhere, user_of(request))}
    return TemplateResponse(request, "pages/status.html", context)


@require_POST
@any_signed_in
def session_keep(request: HttpRequest) -> HttpResponse:
    """The button of the warning: every request renews the session, so there is nothing else to do."""
    return HttpResponse(status=204)
