"""The first-hour list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from inspection.actions.tasks import add_task, tick_task
from inspection.forms.visits import TaskForm
from inspection.gather.people import gather_people
from inspection.gather.visit_pages import gather_tasks, visit_by_number
from inspection.models import VisitTask
from inspection.permissions.visits import can_change, can_tick, check_can_change
from inspection.presenters.tasks import away_findings, task_rows
from inspection.presenters.visits import visit_crumbs


@permission_required(Permission.READ_ITEMS, Permission.READ_READINESS)
def task_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    visit = get_object_or_404(visit_by_number(pk))
    if request.method == "POST":
        check_can_change(user, visit)
    form = TaskForm(request.POST or None) if can_change(user, visit) else None
    if request.method == "POST" and form and form.is_valid():
        add_task(by=user, at=timezone.now(), visit=visit, **form.cleaned_data)
        messages.success(request, "Added to the list.")
        return redirect("inspection:task-list", pk=pk)
    today = timezone.localdate()
    people = gather_people(min(today, visit.notified_on))
    tasks = gather_tasks(visit)
    context = {
        "visit": visit,
        "rows": task_rows(tasks, people, today, can_tick=lambda task: can_tick(user, task)),
        "findings": away_findings(tasks, people, today),
        "form": form,
        "crumbs": visit_crumbs(visit),
        "done": sum(task.done_at is not None for task in tasks),
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/task_list.html", context, status=status)


@require_POST
@permission_required(Permission.READ_ITEMS)
def task_tick(request: HttpRequest, visit: int, pk: int) -> HttpResponseBase:
    """Done, or (with `undo`) not done after all."""
    task = get_object_or_404(VisitTask.objects.select_related("inspection"), inspection=visit, pk=pk)
    tick_task(by=user_of(request), at=timezone.now(), task=task, is_done="undo" not in request.POST)
    return redirect("inspection:task-list", pk=visit)
