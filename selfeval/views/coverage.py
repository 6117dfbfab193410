"""The grid of points, kinds of evidence and partners."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import user_of
from framework.gather import current_framework
from selfeval.forms.coverage import CoverageForm
from selfeval.gather.coverage import gather_coverage
from selfeval.gather.current import current_cycle
from selfeval.presenters.coverage import grid_shown
from selfeval.views.claims import reads_claims


@require_GET
@reads_claims
def coverage_show(request: HttpRequest) -> HttpResponseBase:
    """Where evidence lies and where none does, for the rulebook of the current cycle."""
    cycle = current_cycle()
    framework = cycle.framework if cycle else current_framework()
    context: dict[str, object] = {
        "framework": framework,
        "can_add": Permission.ADD_EVIDENCE in user_of(request).permissions,
    }
    if framework is not None:
        now = gather_coverage(framework)
        form = CoverageForm(request.GET, now=now)
        log_url = reverse("evidence:evidence-list")
        context |= {
            "filter": {"form": form},
            "is_filtered": form.is_filtered,
            "grid": grid_shown(now, form.choice(), timezone.localdate(), log_url=log_url),
            "unlinked": now.unlinked,
            "by_partner": form.choice().by_partner,
        }
    return TemplateResponse(request, "selfeval/coverage_show.html", context)
