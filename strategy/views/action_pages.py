"""The actions: the list across plans, and the page of one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.history import history_lines
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import has_permission, reason_not_to
from accounts.requests import permission_required, user_of
from evidence.gather import points_by_criterion
from evidence.permissions import evidence_of
from strategy.action_forms import CoProducerForm, MilestoneForm, PlansForm, PointForm, ProofForm
from strategy.action_gather import ActionDetail, action_detail, action_lines
from strategy.action_permissions import READERS, actions_of, check_can_edit_action, check_can_report
from strategy.domain.history import FIELDS, VERBS
from strategy.domain.status import NEEDS_IMPACT
from strategy.filters import ActionFilter
from strategy.gather import just_archived
from strategy.models import Action
from strategy.permissions import can_edit
from strategy.presenters import strategy_crumb
from strategy.stamps import plans_stamp

ROWS_ON_PAGE = 50


def fetch_action(request: HttpRequest, pk: int) -> Action:
    """The action, if this person may open it: what is closed to them does not exist."""
    rows = actions_of(user_of(request)).select_related("aim__priority", "lead", "organisation")
    return get_object_or_404(rows, pk=pk)


@require_GET
@permission_required(*READERS)
def action_list(request: HttpRequest) -> HttpResponseBase:
    user, today = user_of(request), timezone.localdate()
    found = ActionFilter(request.GET, queryset=actions_of(user).filter(archived_at=None), user=user)
    lines = found.narrow(action_lines(found.qs, today))
    context = {
        "filter": found,
        "page": Paginator(lines, ROWS_ON_PAGE).get_page(request.GET.get("page")),
        "overdue": sum(line.status.is_overdue for line in lines),
        "unowned": sum(line.action.is_unowned for line in lines),
        "reads_all": has_permission(user, Permission.READ_STRATEGY),
        "can_edit": can_edit(user),
        "undo": just_archived(request.GET.get("archived", "")) if can_edit(user_of(request)) else None,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/action_list.html", context)


@require_GET
@permission_required(*READERS)
def action_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return show_page(request, fetch_action(request, pk))


def show_page(
    request: HttpRequest, action: Action, *, problems: tuple[str, ...] = (), status: int = 200, **forms: Any
) -> TemplateResponse:
    """The page of an action, with what went wrong above it and the form that was filled in."""
    user = user_of(request)
    detail = action_detail(action, timezone.localdate())
    context: dict[str, Any] = {
        "detail": detail,
        "history": history_lines(detail.history, verbs=VERBS, fields=FIELDS),
        "action": detail.action,
        "report_reason": reason_not_to(check_can_report, user, action),
        "edit_reason": reason_not_to(check_can_edit_action, user, action),
        "reader": user.pk,
        "complete_reason": "" if detail.has_impact else NEEDS_IMPACT,
        "complete_url": reverse("strategy:action-report", args=[action.pk]) + "?progress=completed",
        "readable": set(evidence_of(user).values_list("pk", flat=True)),
        "can_edit": can_edit(user),
        "reads_all": has_permission(user, Permission.READ_STRATEGY),
        "problems": problems,
        "undo": detail.action if detail.action.archived_at and can_edit(user) else None,
        "crumbs": [strategy_crumb()] if has_permission(user, Permission.READ_STRATEGY) else [],
    }
    context |= _forms(detail, user, context)
    return TemplateResponse(request, "strategy/action_show.html", context | forms, status=status)


def _forms(detail: ActionDetail, user: User, context: dict[str, Any]) -> dict[str, Any]:
    """The small forms of the page that this person may use."""
    forms: dict[str, Any] = {}
    if not context["report_reason"]:
        forms["proof_form"] = ProofForm(user=user)
    if not context["edit_reason"]:
        plans = [membership.plan_id for membership in detail.action.memberships.all()]
        forms |= {
            "milestone_form": MilestoneForm(),
            "point_form": PointForm(points=points_by_criterion()),
            "co_producer_form": CoProducerForm(),
            "plans_form": PlansForm(initial={"plans": plans, "stamp": plans_stamp(detail.action)}),
        }
    return forms
