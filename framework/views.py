"""Reading the rulebook. Editing it happens on the admin site."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import any_signed_in, permission_required, user_of
from framework.gather import current_framework, published_criteria, request_items, timetable_rules
from framework.models import FocusKind
from framework.presenters import of_kind, request_groups, timetable_lines

READS_REQUESTS = (Permission.READ_ITEMS, Permission.MANAGE_FRAMEWORKS)


@any_signed_in
def criteria_read(request: HttpRequest) -> TemplateResponse:
    """What the partnership is judged by: criteria, points, lenses, outcomes."""
    user, framework = user_of(request), current_framework()
    context: dict[str, Any] = {
        "framework": framework,
        "can_edit": has_permission(user, Permission.MANAGE_FRAMEWORKS),
        "reads_requests": any(has_permission(user, permission) for permission in READS_REQUESTS),
    }
    if framework:
        published = published_criteria(framework)
        context |= {
            "groups": published.groups,
            "lenses": published.lenses,
            "outcomes": published.outcomes,
            "activities": of_kind(published.areas_of_focus, FocusKind.ALTERNATIVE_PROVISION),
            "evidence_areas": of_kind(published.areas_of_focus, FocusKind.EXTRA_EVIDENCE),
        }
    return TemplateResponse(request, "framework/criteria_read.html", context)


@permission_required(*READS_REQUESTS)
def requests_read(request: HttpRequest) -> TemplateResponse:
    """What is asked for and when, with the basis of each row."""
    user, framework = user_of(request), current_framework()
    context: dict[str, Any] = {
        "framework": framework,
        "can_edit": has_permission(user, Permission.MANAGE_FRAMEWORKS),
    }
    if framework:
        context |= {
            "lines": timetable_lines(timetable_rules(framework)),
            "groups": request_groups(request_items(framework)),
        }
    return TemplateResponse(request, "framework/requests_read.html", context)
