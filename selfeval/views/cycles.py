"""A cycle: its overview, its head, its outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.roles import Permission
from accounts.permissions import reason_not_to
from accounts.requests import permission_required, user_of
from selfeval.actions import cycles as actions
from selfeval.actions.rows import save_row
from selfeval.forms.judgements import OutcomeForm, is_scale_on
from selfeval.forms.rows import CycleForm
from selfeval.gather.citing import book_of
from selfeval.gather.current import current_cycle
from selfeval.gather.cycles import cycle_lines, cycles, overview_of, texts_of_overview
from selfeval.models import SelfEvaluation
from selfeval.permissions import (
    INSIDERS,
    check_can_edit_cycle,
    check_can_set_outcome,
)
from selfeval.presenters.words import cycle_crumbs, home_crumb
from selfeval.views.editing import conflict_page, form_page
from selfeval.views.told import tell_marker_faults
from strategy.actions.rows import Conflict


@require_GET
@permission_required(*INSIDERS)
def cycle_open(request: HttpRequest) -> HttpResponseBase:
    """The current cycle; who has no part in the whole is led to one's own part."""
    permissions = user_of(request).permissions
    if Permission.READ_DRAFTS not in permissions:
        return redirect("selfeval:thing-list" if Permission.EDIT_OWN_CRITERION in permissions else "selfeval:view-list")
    return _overview(request, current_cycle())


@require_GET
@permission_required(Permission.READ_DRAFTS)
def cycle_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _overview(request, get_object_or_404(SelfEvaluation.objects.select_related("framework", "previous"), pk=pk))


def _overview(request: HttpRequest, cycle: SelfEvaluation | None) -> TemplateResponse:
    user = user_of(request)
    context: dict[str, object] = {"cycle": cycle, "may_start": Permission.EDIT_SELF_EVALUATION in user.permissions}
    if cycle:
        overview = overview_of(cycle, timezone.localdate())
        context |= {
            "overview": overview,
            "book": book_of(user, texts_of_overview(cycle, overview)),
            "can_edit": not reason_not_to(check_can_edit_cycle, user, cycle),
            "can_judge": not reason_not_to(check_can_set_outcome, user, cycle),
            "counts": _counts(overview.lines),
            "crumbs": [] if cycle.is_current else [home_crumb()],
        }
    return TemplateResponse(request, "selfeval/cycle_show.html", context)


def _counts(lines: object) -> dict[str, int]:
    rows = [line.evaluation for line in lines]  # type: ignore[attr-defined]  # the lines of the overview
    return {
        "all": len(rows),
        "signed_off": sum(row.state == "signed_off" for row in rows),
        "moderated": sum(row.state == "moderated" for row in rows),
    }


@require_GET
@permission_required(Permission.READ_DRAFTS)
def criterion_list(request: HttpRequest) -> HttpResponseBase:
    """Every criterion of the current cycle with its lead, state, grade and what partners have given."""
    cycle = current_cycle()
    context = {
        "cycle": cycle,
        "lines": cycle_lines(cycle, timezone.localdate()) if cycle else (),
        "is_graded": is_scale_on(),
        "shows_grades": Permission.GIVE_PARTNER_VIEW not in user_of(request).permissions,
        "crumbs": [home_crumb()],
    }
    return TemplateResponse(request, "selfeval/criterion_list.html", context)


@require_GET
@permission_required(Permission.READ_DRAFTS)
def cycle_list(request: HttpRequest) -> HttpResponseBase:
    may_start = Permission.EDIT_SELF_EVALUATION in user_of(request).permissions
    context = {"cycles": cycles(), "may_start": may_start, "crumbs": [home_crumb()]}
    return TemplateResponse(request, "selfeval/cycle_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_SELF_EVALUATION)
def cycle_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    user = user_of(request)
    check_can_edit_cycle(user, cycle)
    page: dict[str, Any] = {
        "heading": "The journey since the last inspection",
        "back": reverse("selfeval:cycle-show", args=[pk]),
        "crumbs": cycle_crumbs(cycle),
    }
    form = CycleForm(request.POST or None, initial=CycleForm.initial_of(cycle))
    if request.method == "GET":
        return form_page(request, form, **page)
    if not form.is_valid():
        return form_page(request, form, **page, status=400)
    version = form.cleaned_data["version"] or 0
    try:
        save_row(by=user, at=timezone.now(), row=cycle, version=version, fields=form.words())
    except Conflict as conflict:
        return conflict_page(request, CycleForm, conflict, **page)
    messages.success(request, "Saved.")
    tell_marker_faults(request, form.words())
    return redirect("selfeval:cycle-show", pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MODERATE, Permission.SIGN_OFF_SELF_EVALUATION)
def outcome_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    user = user_of(request)
    check_can_set_outcome(user, cycle)
    page: dict[str, Any] = {
        "heading": "How we see the whole",
        "back": reverse("selfeval:cycle-show", args=[pk]),
        "crumbs": cycle_crumbs(cycle),
    }
    form = OutcomeForm(request.POST or None, initial=OutcomeForm.initial_of(cycle))
    if request.method == "GET":
        return form_page(request, form, **page)
    if not form.is_valid():
        return form_page(request, form, **page, status=400)
    said = form.words()
    try:
        actions.set_outcome(
            by=user,
            at=timezone.now(),
            cycle=cycle,
            version=form.cleaned_data["version"] or 0,
            outcome=said["outcome"],
            reason=said["outcome_reason"],
        )
    except Conflict as conflict:
        return conflict_page(request, OutcomeForm, conflict, **page)
    messages.success(request, "Saved.")
    return redirect("selfeval:cycle-show", pk=pk)
