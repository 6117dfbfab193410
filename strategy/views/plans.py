"""The plans: the list, one plan in three views, what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from strategy.action_permissions import actions_of
from strategy.actions import plans as actions
from strategy.actions.rows import Conflict
from strategy.domain.keys import is_key
from strategy.filters import ActionFilter
from strategy.gather import just_archived
from strategy.models import Action, Plan, PlanAction
from strategy.permissions import can_edit
from strategy.plan_forms import ActionForm
from strategy.plan_gather import lines_of_plan, memberships_of, plan_line, plan_lines
from strategy.plan_presenters import VIEWS, board_columns, by_theme, theme_rows, timeline_of
from strategy.presenters import Differing, strategy_crumb
from strategy.stamps import themes_stamp

MOST_PLACES = 999
# More than this nobody reads before ticking; the filter brings the others.
MOST_ROWS = 150


@require_GET
@permission_required(Permission.READ_STRATEGY)
def plan_list(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    lines = plan_lines(Plan.objects.filter(archived_at=None), today)
    context = {
        "running": [line for line in lines if line.plan.to_on >= today],
        "over": [line for line in lines if line.plan.to_on < today],
        "can_edit": can_edit(user_of(request)),
        "undo": just_archived(request.GET.get("archived", "")) if can_edit(user_of(request)) else None,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/plan_list.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def plan_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Progress by theme, then the actions as a list, as columns by state, or on the scale of the plan."""
    user, today = user_of(request), timezone.localdate()
    plan = get_object_or_404(Plan.objects.select_related("priority", "board"), pk=pk)
    memberships = memberships_of(plan)
    view = request.GET.get("view", "list")
    view = view if view in VIEWS else "list"
    standing = actions_of(user).filter(archived_at=None)
    chosen = ActionFilter(request.GET, queryset=standing, user=user, without=("plan", "priority", "undated"))
    every = lines_of_plan(memberships, standing, today)
    keys = set(chosen.qs.values_list("pk", flat=True)) if chosen.is_filtered else None
    shown = chosen.narrow(tuple(line for line in every if keys is None or line.action.pk in keys))
    context = {
        "plan": plan,
        "line": plan_line(plan, every),
        "themes": theme_rows(every),
        "filter": chosen,
        "view": view,
        "views": VIEWS,
        "count": len(shown),
        "groups": by_theme(shown) if view == "list" else (),
        "columns": board_columns(shown) if view == "board" else (),
        "timeline": timeline_of(plan, shown, today) if view == "timeline" else None,
        "can_edit": can_edit(user) and plan.archived_at is None,
        "undo": plan if plan.archived_at and can_edit(user) else None,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/plan_show.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def plan_add_action(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new action that stands in this plan from the start."""
    plan = get_object_or_404(Plan, pk=pk, archived_at=None)
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = actions.add_action(by=user_of(request), at=timezone.now(), plan=plan, fields=form.words())
        messages.success(request, "The action is added and stands in the plan.")
        return redirect("strategy:action-show", pk=action.pk)
    context = {
        "form": form,
        "heading": f"Add an action to {plan.title}",
        "back": reverse("strategy:plan-show", args=[pk]),
        "crumbs": [strategy_crumb()],
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "strategy/row_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def plan_place(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Puts actions that stand elsewhere into the plan, without retyping."""
    user = user_of(request)
    plan = get_object_or_404(Plan, pk=pk, archived_at=None)
    found = ActionFilter(
        request.GET,
        queryset=Action.objects.filter(archived_at=None).exclude(pk__in=plan.memberships.values("action")),
        user=user,
        without=("state", "overdue", "mine", "unowned", "undated", "lead"),
    )
    problem = ""
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("chosen") if is_key(key)]
        rows = list(Action.objects.filter(pk__in=keys, archived_at=None))
        if rows:
            theme = request.POST.get("theme", "").strip()[:120]
            count = actions.place_actions(by=user, at=timezone.now(), plan=plan, actions=rows, theme=theme)
            messages.success(request, f"{count} action{'' if count == 1 else 's'} now in the plan.")
            return redirect("strategy:plan-show", pk=pk)
        problem = "Tick at least one action."
    context = {
        "plan": plan,
        "filter": found,
        "rows": list(found.qs.select_related("aim__priority")[:MOST_ROWS]),
        "left_out": max(0, found.qs.count() - MOST_ROWS),
        "problems": [problem] if problem else [],
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/plan_place.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def plan_sort(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The theme and the place of each action of the plan."""
    plan = get_object_or_404(Plan, pk=pk, archived_at=None)
    rows = memberships_of(plan)
    if request.method == "POST":
        themes = {row.pk: _typed(request, row) for row in rows}
        stamp = request.POST.get("stamp", "")
        try:
            actions.set_themes(by=user_of(request), at=timezone.now(), plan=plan, themes=themes, stamp=stamp)
        except Conflict:
            return _sort_page(request, plan, rows, themes, status=409)
        messages.success(request, "Themes and order are saved.")
        return redirect("strategy:plan-show", pk=pk)
    return _sort_page(request, plan, rows)


def _sort_page(
    request: HttpRequest,
    plan: Plan,
    rows: Sequence[PlanAction],
    mine: Mapping[int, tuple[str, int]] | None = None,
    status: int = 200,
) -> TemplateResponse:
    """`mine`: what was typed while somebody else saved; both stand on the page."""
    known = list(dict.fromkeys(row.theme for row in rows if row.theme))
    both = []
    for row in rows if mine is not None else ():
        assert mine is not None  # noqa: S101  # tells the type checker
        theme, place = mine[row.pk]
        if (theme, place) != (row.theme, row.order):
            saved, yours = f"Place {row.order}, theme {row.theme or 'none'}", f"Place {place}, theme {theme or 'none'}"
            both.append(Differing(label=str(row.action), theirs=saved, yours=yours))
        row.theme, row.order = theme, place
    context = {
        "plan": plan,
        "rows": rows,
        "known": known,
        "stamp": themes_stamp(plan),
        "is_conflict": mine is not None,
        "conflict_fields": both,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/plan_sort.html", context, status=status)


def _typed(request: HttpRequest, row: PlanAction) -> tuple[str, int]:
    theme = request.POST.get(f"theme-{row.pk}", row.theme).strip()[:120]
    place = request.POST.get(f"place-{row.pk}", "")
    return theme, min(int(place), MOST_PLACES) if place.isdecimal() and len(place) < 4 else row.order


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def plan_take_out(request: HttpRequest, pk: int, action: int) -> HttpResponseBase:
    rows = PlanAction.objects.select_related("plan", "action")
    membership = get_object_or_404(rows, plan_id=pk, action_id=action)
    actions.take_out(by=user_of(request), at=timezone.now(), membership=membership)
    messages.success(request, f"“{membership.action}” is taken out of this plan. It stands where else it stood.")
    return redirect("strategy:plan-show", pk=pk)
