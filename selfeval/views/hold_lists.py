"""The words that hold a comment, and the days before elections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from selfeval.actions import hold_lists
from selfeval.actions.hold_lists import Spoilt
from selfeval.actions.rounds import Conflict
from selfeval.domain.holds import TOKENS, look
from selfeval.forms.heard import LinesForm, PeriodForm, TryForm
from selfeval.gather.holds import lines_in_force, lists_in_force
from selfeval.models import ElectionPeriod, HoldKind, HoldList
from selfeval.presenters.hearing import differing
from selfeval.views.rounds import reads_hearing, runs_hearing

keeps_lists = permission_required(Permission.READ_HELD_COMMENTS)
ABOUT = {
    HoldKind.CHILD: "A comment that meets one of these waits until the LANO has looked. Its words stay as they are.",
    HoldKind.HARM: "A comment that meets one of these goes to the safeguarding lead at once.",
    HoldKind.ORDINARY: "Capitals do not make these a name. The area and its partners are added by themselves.",
}


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("text")
@runs_hearing
def hold_list_show(request: HttpRequest) -> HttpResponseBase:
    """The lists in force for whoever works with comments to see, and a place to try them. A try keeps nothing."""
    form = TryForm(request.POST if request.method == "POST" else None)
    tried = look(form.cleaned_data["text"], lists_in_force()) if form.is_bound and form.is_valid() else None
    own = {row.kind: row for row in HoldList.objects.select_related("changed_by")}
    context = {
        "lists": [(kind, ABOUT[kind], lines_in_force(kind), own.get(kind)) for kind in HoldKind],
        "can_edit": Permission.READ_HELD_COMMENTS in user_of(request).permissions,
        "form": form,
        "tried": tried,
    }
    return TemplateResponse(request, "selfeval/hold_list_show.html", context)


def _kind(kind: str) -> HoldKind:
    try:
        return HoldKind(kind)
    except ValueError as unknown:
        raise Http404 from unknown


@require_http_methods(["GET", "POST"])
@keeps_lists
def hold_list_edit(request: HttpRequest, kind: str) -> HttpResponseBase:
    which = _kind(kind)
    row = HoldList.objects.filter(kind=which).first()
    if request.method == "GET":
        return _page(request, which, LinesForm(initial=LinesForm.initial_of(row, lines_in_force(which))), row)
    form = LinesForm(request.POST)
    if not form.is_valid():
        return _page(request, which, form, row, status=400)
    try:
        hold_lists.save_list(
            by=user_of(request),
            at=timezone.now(),
            kind=which,
            version=form.cleaned_data["version"] or 0,
            text=form.cleaned_data["lines"],
        )
    except Spoilt as spoilt:
        for fault in spoilt.faults:
            form.add_error("lines", fault)
        return _page(request, which, form, row, status=400)
    except Conflict:
        stands = HoldList.objects.filter(kind=which).first()
        mine = request.POST.copy()
        mine["version"] = str(stands.version if stands else 0)
        again = LinesForm(mine)
        fields = differing(again, LinesForm.initial_of(stands, lines_in_force(which)))
        return _page(request, which, again, stands, status=409, conflict_fields=fields)
    messages.success(request, "The list is in force for every comment that comes from now on.")
    return redirect("selfeval:hold-list-show")


def _page(
    request: HttpRequest, kind: HoldKind, form: LinesForm, row: HoldList | None, *, status: int = 200, **more: Any
) -> TemplateResponse:
    context = {"form": form, "kind": kind, "about": ABOUT[kind], "row": row, "tokens": list(TOKENS), **more}
    return TemplateResponse(request, "selfeval/hold_list_edit.html", context, status=status)


@require_POST
@keeps_lists
def hold_list_reset(request: HttpRequest, kind: str) -> HttpResponseBase:
    hold_lists.reset_list(by=user_of(request), at=timezone.now(), kind=_kind(kind))
    messages.success(request, "The list that comes with sendready is in force again.")
    return redirect("selfeval:hold-list-show")


@require_GET
@reads_hearing
def period_list(request: HttpRequest) -> HttpResponseBase:
    context = {
        "periods": ElectionPeriod.objects.all(),
        "today": timezone.localdate(),
        "can_run": Permission.RUN_CONSULTATION in user_of(request).permissions,
    }
    return TemplateResponse(request, "selfeval/period_list.html", context)


@require_http_methods(["GET", "POST"])
@runs_hearing
def period_add(request: HttpRequest) -> HttpResponseBase:
    return _period(request, None)


@require_http_methods(["GET", "POST"])
@runs_hearing
def period_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _period(request, get_object_or_404(ElectionPeriod, pk=pk))


def _period(request: HttpRequest, period: ElectionPeriod | None) -> HttpResponseBase:
    shown: dict[str, Any] = {"period": period}
    if request.method == "GET":
        form = PeriodForm(initial=PeriodForm.initial_of(period) if period else {"version": 0})
        return TemplateResponse(request, "selfeval/period_edit.html", {"form": form, **shown})
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "selfeval/period_edit.html", {"form": form, **shown}, status=400)
    data = dict(form.cleaned_data)
    version = data.pop("version") or 0
    try:
        hold_lists.save_period(by=user_of(request), at=timezone.now(), period=period, version=version, **data)
    except Conflict as conflict:
        mine = request.POST.copy()
        mine["version"] = str(conflict.theirs.version)
        form = PeriodForm(mine)
        shown["conflict_fields"] = differing(form, PeriodForm.initial_of(conflict.theirs))
        return TemplateResponse(request, "selfeval/period_edit.html", {"form": form, **shown}, status=409)
    messages.success(request, "The days are kept. Rounds that touch them ask for a reason.")
    return redirect("selfeval:period-list")


@require_POST
@runs_hearing
def period_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    period = get_object_or_404(ElectionPeriod, pk=pk)
    hold_lists.remove_period(by=user_of(request), at=timezone.now(), period=period)
    messages.success(request, "The days are taken out.")
    return redirect("selfeval:period-list")
