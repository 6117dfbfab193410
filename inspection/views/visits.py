"""The visits, one visit with its clock, and the steps to its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from inspection.actions.visits import AlreadyRunning, Overtaken, correct_days, step_visit
from inspection.domain.calendar import OutsideCalendar
from inspection.domain.clock import WrongDays, check_days
from inspection.domain.states import VisitStep
from inspection.forms.visits import DaysForm, ReasonForm
from inspection.gather.moves import preview_moves
from inspection.gather.published import gather_windows, here
from inspection.gather.visit_pages import gather_visit, visit_by_number
from inspection.gather.visits import gather_visits
from inspection.models import Inspection
from inspection.permissions.visits import can_change, can_step_now
from inspection.presenters.published import window_line
from inspection.presenters.visits import list_context, move_rows, visit_context, visit_crumbs


def _visit(pk: int) -> Inspection:
    return get_object_or_404(visit_by_number(pk))


@permission_required(Permission.READ_ITEMS, Permission.READ_READINESS)
def visit_list(request: HttpRequest) -> HttpResponseBase:
    at = timezone.now()
    visits, call = gather_visits(at)
    context = list_context(visits, call)
    context["can_run"] = has_permission(user_of(request), Permission.RUN_CLOCK)
    context["sees_rows"] = has_permission(user_of(request), Permission.READ_CHILD_ROWS)
    context["sees_elsewhere"] = has_permission(user_of(request), Permission.READ_INDICATORS)
    if context["sees_elsewhere"]:
        context["next_window"] = window_line(gather_windows(timezone.localdate(at)).of(here().code))
    return TemplateResponse(request, "inspection/visit_list.html", context)


@permission_required(Permission.READ_ITEMS, Permission.READ_READINESS)
def visit_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    at = timezone.now()
    visit = _visit(pk)
    page = gather_visit(visit, at, fix_url=reverse("inspection:visit-correct", args=[pk]))
    return TemplateResponse(request, "inspection/visit_show.html", visit_context(page, user_of(request), at))


@permission_required(Permission.RUN_CLOCK)
def visit_correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Other days. The first button shows what would move, the second stores it."""
    at = timezone.now()
    visit = _visit(pk)
    form = DaysForm(request.POST or None, initial=DaysForm.initial_of(visit))
    context = {"visit": visit, "form": form, "crumbs": visit_crumbs(visit)}
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            check_days(form.days, timezone.localdate(at))
            if "save" in request.POST:
                moved = correct_days(
                    by=user_of(request),
                    at=at,
                    visit=visit,
                    days=form.days,
                    reason=form.cleaned_data["reason"],
                    version=form.cleaned_data["version"],
                )
                messages.success(request, f"The days are corrected; {len(moved)} deadlines moved.")
                return redirect(visit)
            context["moves"] = move_rows(preview_moves(visit, form.days, at))
            context["is_previewed"] = True
            status = 200
        except (WrongDays, OutsideCalendar) as refused:
            form.add_error(None, refused.sentence)
        except Overtaken as overtaken:
            context["theirs"] = conflict_fields(overtaken.visit, form)
            # Having seen both, the next save is meant.
            form.data = {**form.data.dict(), "version": str(overtaken.visit.version)}  # type: ignore[attr-defined]  # posted
            status = 409
    context["is_changeable"] = can_change(user_of(request), visit)
    return TemplateResponse(request, "inspection/visit_correct.html", context, status=status)


def conflict_fields(visit: Inspection, form: DaysForm) -> list[dict[str, str]]:
    """What stands now beside what was typed, for the days that differ."""
    return [
        {
            "label": str(form.fields[name].label),
            "theirs": f"{getattr(visit, name):%d/%m/%Y}" if getattr(visit, name) else "",
            "yours": str(form.data.get(name, "")),
        }
        for name in ("notified_on", "on_site_on", "last_day_on", "draft_on", "published_on")
        if getattr(visit, name) != form.cleaned_data.get(name)
    ]


@permission_required(Permission.RUN_CLOCK)
def visit_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step_with_reason(request, pk, VisitStep.WITHDRAW, "inspection/visit_withdraw.html")


@permission_required(Permission.RUN_CLOCK)
def visit_close(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step_with_reason(request, pk, VisitStep.CLOSE, "inspection/visit_close.html")


def _step_with_reason(request: HttpRequest, pk: int, step: VisitStep, template: str) -> HttpResponseBase:
    at = timezone.now()
    visit = _visit(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        visit = step_visit(by=user_of(request), at=at, visit=visit, step=step, reason=form.cleaned_data["reason"])
        messages.success(request, DONE[step])
        return redirect(visit)
    context = {
        "visit": visit,
        "form": form,
        "crumbs": visit_crumbs(visit),
        "is_possible": can_step_now(user_of(request), visit, step, at),
    }
    return TemplateResponse(request, template, context, status=400 if request.method == "POST" else 200)


@require_POST
@permission_required(Permission.RUN_CLOCK)
def visit_restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step_at_once(request, pk, VisitStep.RESTORE)


@require_POST
@permission_required(Permission.RUN_CLOCK)
def visit_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step_at_once(request, pk, VisitStep.REOPEN)


def _step_at_once(request: HttpRequest, pk: int, step: VisitStep) -> HttpResponseBase:
    visit = _visit(pk)
    try:
        step_visit(by=user_of(request), at=timezone.now(), visit=visit, step=step)
    except AlreadyRunning as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, DONE[step])
    return redirect(visit)


DONE = {
    VisitStep.WITHDRAW: "The visit is withdrawn. Nothing was deleted; you can take this back for a day.",
    VisitStep.CLOSE: "The visit is closed.",
    VisitStep.RESTORE: "The withdrawal is taken back: the clock runs again.",
    VisitStep.REOPEN: "The visit runs again.",
}
