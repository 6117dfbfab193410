"""The log of what was done to hear people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.requests import user_of
from documents.actions import order_export
from selfeval.actions import heard
from selfeval.actions.rounds import Conflict
from selfeval.filters import ActivityFilter
from selfeval.forms.heard import ActivityForm
from selfeval.gather.current import current_cycle
from selfeval.models import ConsultationActivity
from selfeval.presenters.hearing import differing
from selfeval.views.rounds import reads_hearing, runs_hearing

ROWS_ON_PAGE = 50


def no_cycle(request: HttpRequest) -> HttpResponseBase:
    """What is heard belongs to a self-evaluation: without one the first step is to start it."""
    messages.error(request, "Start a self-evaluation first: what is heard belongs to it.")
    return redirect("selfeval:cycle-open")


@require_http_methods(["GET", "POST"])
@reads_hearing
def activity_list(request: HttpRequest) -> HttpResponseBase:
    """The log with its filter; a press of the button orders the same rows as a workbook."""
    rows = ConsultationActivity.objects.select_related("evidence").prefetch_related("criteria")
    if request.method == "POST":
        params = {name: request.POST[name] for name in ("q", "group", "kind", "criterion") if request.POST.get(name)}
        export = order_export(by=user_of(request), at=timezone.now(), kind="consultation-activities", params=params)
        return redirect("documents:export-show", pk=export.pk)
    found = ActivityFilter(request.GET, queryset=rows.order_by("-held_on", "-pk"))
    asked = {name: request.GET.get(name, "") for name in ("q", "group", "kind", "criterion")}
    context = {
        "filter": found,
        "is_filtered": any(request.GET.get(name) for name in found.filters),
        "page": Paginator(found.qs, ROWS_ON_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "can_run": Permission.RUN_CONSULTATION in user_of(request).permissions,
    }
    return TemplateResponse(request, "selfeval/activity_list.html", context)


@require_http_methods(["GET", "POST"])
@runs_hearing
def activity_add(request: HttpRequest) -> HttpResponseBase:
    cycle = current_cycle()
    if cycle is None:
        return no_cycle(request)
    if request.method == "GET":
        return _page(request, ActivityForm())
    form = ActivityForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    heard.add_activity(
        by=user_of(request),
        at=timezone.now(),
        cycle=cycle,
        facts=form.facts(),
        criteria=form.cleaned_data["criteria"],
    )
    messages.success(request, "It stands in the log.")
    return redirect("selfeval:activity-list")


@require_http_methods(["GET", "POST"])
@runs_hearing
def activity_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(ConsultationActivity, pk=pk)
    if request.method == "GET":
        return _page(request, ActivityForm(row=row, initial=ActivityForm.initial_of(row)), row)
    form = ActivityForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, form, row, status=400)
    try:
        heard.change_activity(
            by=user_of(request),
            at=timezone.now(),
            activity=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            criteria=form.cleaned_data["criteria"],
        )
    except Conflict as conflict:
        mine = request.POST.copy()
        mine["version"] = str(conflict.theirs.version)
        again = ActivityForm(mine, row=row)
        fields = differing(again, ActivityForm.initial_of(conflict.theirs))
        return _page(request, again, row, status=409, conflict_fields=fields)
    messages.success(request, "It is changed.")
    return redirect("selfeval:activity-list")


def _page(
    request: HttpRequest,
    form: ActivityForm,
    row: ConsultationActivity | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> TemplateResponse:
    return TemplateResponse(request, "selfeval/activity_edit.html", {"form": form, "row": row, **more}, status=status)


@require_POST
@runs_hearing
def activity_move(request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
    row = get_object_or_404(ConsultationActivity, pk=pk)
    heard.archive_row(by=user_of(request), at=timezone.now(), row=row, is_archived=move == "archive")
    messages.success(request, "It is in the archive." if move == "archive" else "It is back from the archive.")
    return redirect(reverse("selfeval:activity-list"))
