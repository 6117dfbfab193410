"""Which actions answer which points of the criteria."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from strategy.action_permissions import actions_of
from strategy.filters import ActionFilter
from strategy.plan_gather import coverage_of
from strategy.plan_presenters import grid_rows
from strategy.presenters import strategy_crumb


@require_GET
@permission_required(Permission.READ_STRATEGY)
def coverage_show(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    found = ActionFilter(
        request.GET,
        queryset=actions_of(user).filter(archived_at=None),
        user=user,
        without=("q", "state", "overdue", "mine", "unowned", "undated", "lead"),
    )
    coverage = coverage_of(found.qs, timezone.localdate())
    points = [covered for _, under in coverage.criteria for covered in under]
    bare = [covered.point for covered in points if not covered.lines]
    context = {
        "filter": found,
        "coverage": coverage,
        "rows": grid_rows(coverage) if found.is_filtered else (),
        "bare": bare,
        "total": len(points),
        "answered": len(points) - len(bare),
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/coverage_show.html", context)
