"""One deadline: who answers for it, whether it was met, what stood when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from inspection.actions.deadlines import assign_deadline, meet_deadline, unmeet_deadline
from inspection.forms.visits import AssignForm
from inspection.gather.calendar import gather_calendar
from inspection.gather.deliveries import deliveries_for
from inspection.gather.people import gather_people
from inspection.gather.visit_pages import gather_changes
from inspection.gather.visits import fact_of_deadline
from inspection.models import Deadline
from inspection.permissions.deliveries import HANDOVER_READERS
from inspection.permissions.visits import can_change, can_meet
from inspection.presenters.visits import make_row, visit_crumbs


def _deadline(visit: int, pk: int) -> Deadline:
    rows = Deadline.objects.select_related("inspection", "met_by", "person", "deputy")
    return get_object_or_404(rows, inspection=visit, pk=pk)


@permission_required(Permission.READ_ITEMS, Permission.READ_READINESS)
def deadline_show(request: HttpRequest, visit: int, pk: int) -> HttpResponseBase:
    return _page(request, _deadline(visit, pk), None)


def _page(request: HttpRequest, deadline: Deadline, form: AssignForm | None) -> TemplateResponse:
    at, user = timezone.now(), user_of(request)
    today = timezone.localdate(at)
    visit = deadline.inspection
    people = gather_people(min(today, visit.notified_on))
    fact = fact_of_deadline(deadline, people, today)
    is_changeable = can_change(user, visit) and not deadline.is_dropped
    context = {
        "visit": visit,
        "deadline": deadline,
        "row": make_row(fact, at, gather_calendar(today)),
        "form": form or (AssignForm(deadline=deadline) if is_changeable else None),
        "changes": gather_changes(deadline=deadline),
        "items": list(deadline.items.all()),
        "deliveries": deliveries_for(deadline),
        "opens_deliveries": bool(user.permissions & set(HANDOVER_READERS)),
        "can_meet": can_meet(user, deadline) and not deadline.is_dropped,
        "crumbs": visit_crumbs(visit),
    }
    status = 400 if form is not None else 200
    return TemplateResponse(request, "inspection/deadline_show.html", context, status=status)


@require_POST
@permission_required(Permission.RUN_CLOCK)
def deadline_assign(request: HttpRequest, visit: int, pk: int) -> HttpResponseBase:
    deadline = _deadline(visit, pk)
    form = AssignForm(request.POST, deadline=deadline)
    if not form.is_valid():
        return _page(request, deadline, form)
    assign_deadline(by=user_of(request), at=timezone.now(), deadline=deadline, **form.cleaned_data)
    messages.success(request, f"{deadline.title}: the owner is kept.")
    return redirect("inspection:deadline-show", visit=visit, pk=pk)


@require_POST
@permission_required(Permission.READ_ITEMS)
def deadline_meet(request: HttpRequest, visit: int, pk: int) -> HttpResponseBase:
    """Met, or (with `undo`) not met after all. Goes back to the page from which it was pressed."""
    deadline = _deadline(visit, pk)
    act = unmeet_deadline if "undo" in request.POST else meet_deadline
    deadline = act(by=user_of(request), at=timezone.now(), deadline=deadline)
    messages.success(request, f"{deadline.title}: {'met' if deadline.is_met else 'not met after all'}.")
    if "stay" in request.POST:
        return redirect("inspection:deadline-show", visit=visit, pk=pk)
    return redirect("inspection:visit-show", pk=visit)
