"""The first-hour list."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.audit import record
from accounts.models import User
from inspection.models import Inspection, VisitTask
from inspection.permissions.visits import check_can_change, check_can_tick


def tick_task(*, by: User, at: datetime, task: VisitTask, is_done: bool) -> VisitTask:
    """Done, or not done after all. The first tick stands: a second one changes neither who nor when."""
    with transaction.atomic():
        task = VisitTask.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=task.pk)
        check_can_tick(by, task)
        if is_done == (task.done_at is not None):
            return task
        task.done_at, task.done_by = (at, by) if is_done else (None, None)
        task.save(update_fields=["done_at", "done_by"])
        record(by=by, at=at, action="task.done" if is_done else "task.not-done", thing=task)
    return task


def add_task(*, by: User, at: datetime, visit: Inspection, title: str, owner_role: str) -> VisitTask:
    with transaction.atomic():
        check_can_change(by, visit)
        last = VisitTask.objects.filter(inspection=visit).aggregate(last=Max("order"))["last"] or 0
        task = VisitTask.objects.create(inspection=visit, title=title, owner_role=owner_role, order=last + 1)
        record(by=by, at=at, action="task.added", thing=task)
    return task
