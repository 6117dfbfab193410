"""Keeping what inspectors published: storing a report that was read, putting facts and ties right."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents.models import StoredFile
from indicators.models import Area
from inspection.domain.reports.facts import FACT_NAMES, is_same_visit
from inspection.domain.reports.taken import Taken
from inspection.gather.published_lists import known_from_rows
from inspection.models import PublishedInspection, PublishedTodo, TodoTie
from inspection.published_loading import say, tie_all, tie_todo


class CannotStore(Exception):
    """The report says too little to be stored; `sentence` says what is missing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Stale(Exception):
    """Somebody else saved in between."""


@transaction.atomic
def store_report(
    *, by: User | None, at: datetime, taken: Taken, stored: StoredFile | None = None
) -> PublishedInspection:
    """The visit that a report tells of, with everything to be done, tied to criteria. Raises CannotStore.

    `by=None` is the command line. The same report again changes nothing.
    """
    if by is not None:
        check_permission(by, Permission.EDIT_INDICATORS)
    area = Area.objects.local_authorities().filter(code=taken.area_code).first() if taken.area_code else None
    if area is None:
        raise CannotStore(f"{taken.file}: no area of the national list is called “{taken.area}”. Choose the area.")
    if not (taken.inspection_start or taken.published_on):
        raise CannotStore(f"{taken.file}: neither the days on site nor the publication are known.")
    facts = taken.facts()
    held = PublishedInspection.objects.select_for_update(of=("self",)).select_related("area").filter(area=area)
    row = next((row for row in held if is_same_visit(row.facts(), facts)), None)
    source = f"Report “{taken.file}”"
    if row is None:
        row = PublishedInspection.objects.create(area=area, kind=taken.kind, source=source)
    changed = say(row, facts, source=source[:300], is_report=True)
    row.refresh_from_db()
    if not row.edited_at and row.next_activity != taken.next_activity:
        row.next_activity = taken.next_activity
        changed = True
    if stored is not None and row.report_id != stored.pk:
        row.report = stored
        changed = True
    row.save(update_fields=["next_activity", "report"])
    changed |= _write_todos(row, taken)
    if changed:
        audit.record(
            by=by, at=at, action="published_inspection.stored", thing=row, text=f"{len(taken.todos)} things to be done."
        )
    return row


def _write_todos(row: PublishedInspection, taken: Taken) -> bool:
    """The texts of the report; one that is as before keeps what people decided about it."""
    before = {(todo.kind, todo.text): todo for todo in row.todos.all()}
    kept, changed = set(), False
    lists = known_from_rows().lists
    for order, one in enumerate(taken.todos, 1):
        todo = before.get((one.kind, one.text))
        if todo is None:
            todo = PublishedTodo.objects.create(
                inspection=row, kind=one.kind, order=order, text=one.text, responsible=one.responsible, page=one.page
            )
            changed = True
        changed |= tie_todo(todo, lists)
        kept.add(todo.pk)
    gone = row.todos.exclude(pk__in=kept)
    return bool(gone.delete()[0]) or changed


@transaction.atomic
def correct_inspection(
    *,
    by: User,
    at: datetime,
    inspection: PublishedInspection,
    version: int,
    values: Mapping[str, date | int | str | None],
) -> PublishedInspection:
    """A person's word counts; what the sources say stays beside it. Raises Stale."""
    check_permission(by, Permission.EDIT_INDICATORS)
    row = PublishedInspection.objects.select_for_update().get(pk=inspection.pk)
    if row.version != version:
        raise Stale
    names = [*FACT_NAMES, "next_activity"]
    changed = [name for name in names if name in values and getattr(row, name) != values[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.edited_at, row.version = at, row.version + 1
    row.save()
    audit.record(by=by, at=at, action="published_inspection.corrected", thing=row, fields=changed)
    return row


_STEPS = {"confirm": "confirmed", "remove": "removed"}


@transaction.atomic
def decide_tie(*, by: User, at: datetime, tie: TodoTie, step: str) -> TodoTie | None:
    """Confirms a tie or takes it out; one that a person added is gone when it is taken out."""
    check_permission(by, Permission.EDIT_INDICATORS)
    if step not in _STEPS:
        raise NotAllowed("Confirm it, or take it out.")
    audit.record(by=by, at=at, action=f"tie.{_STEPS[step]}", thing=tie.todo, text=tie.code)
    if step == "remove" and tie.state == "added" and not tie.because:
        tie.delete()
        return None
    tie.state, tie.decided_by, tie.decided_at = _STEPS[step], by, at
    tie.save(update_fields=["state", "decided_by", "decided_at"])
    return tie


@transaction.atomic
def add_tie(*, by: User, at: datetime, todo: PublishedTodo, kind: str, code: str) -> TodoTie:
    """Ties a text to a criterion or theme by hand."""
    check_permission(by, Permission.EDIT_INDICATORS)
    values: dict[str, Any] = {"state": "added", "decided_by": by, "decided_at": at}
    tie, _ = TodoTie.objects.update_or_create(todo=todo, kind=kind, code=code, defaults=values)
    audit.record(by=by, at=at, action="tie.added", thing=todo, text=code)
    return tie


@transaction.atomic
def tie_again(*, by: User | None, at: datetime) -> int:
    """After the lists were edited: every stored text is tied anew; says how many changed."""
    if by is not None:
        check_permission(by, Permission.MANAGE_FRAMEWORKS)
    return tie_all(known_from_rows().lists)
