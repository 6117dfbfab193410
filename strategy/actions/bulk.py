"""Many actions changed at once, and the whole change undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from strategy.action_permissions import check_can_edit_action
from strategy.actions.reporting import Told, report
from strategy.domain.status import ActionState
from strategy.models import Action, ActionUpdate, BulkChange, Plan, PlanAction
from strategy.permissions import check_can_edit
from strategy.places import place


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What to set for every chosen action; what is None stays as it is."""

    lead: User | None = None
    due_on: date | None = None
    plan: Plan | None = None
    told: Told | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.lead or self.due_on or self.plan or self.told)


class Moved(Exception):
    """Somebody changed one of the actions since the preview. Nothing was changed."""

    def __init__(self, action: Action) -> None:
        self.sentence = f"“{action}” was changed by somebody since the preview, so nothing was done. Look again."
        super().__init__(self.sentence)


def change_many(*, by: User, at: datetime, chosen: Sequence[tuple[Action, int]], change: Change) -> BulkChange:
    """Changes all of these actions or none. Each comes with the version that the preview showed.

    Raises Moved where one changed since, NotAllowed where one may not be changed so.
    """
    check_can_edit(by)
    if change.is_empty or not chosen:
        raise NotAllowed("Choose at least one action and at least one thing to set.")
    with transaction.atomic():
        before: dict[str, Any] = {"actions": {}, "updates": [], "memberships": []}
        keys = [action.pk for action, _ in chosen]
        rows = {row.pk: row for row in Action.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
        for action, version in chosen:
            row = rows[action.pk]
            check_can_edit_action(by, row)
            if row.version != version:
                raise Moved(row)
            if change.due_on and row.starts_on and change.due_on < row.starts_on:
                raise NotAllowed(f"“{row}” starts after that day. Take it out, or give a later day.")
            _set(row, change, by, at, before)
        count = len(chosen)
        text = f"{count} action{'' if count == 1 else 's'}: {_words(change)}"
        made = BulkChange.objects.create(at=at, by=by, text=text[:300], before=before)
        record(by=by, at=at, action="action.changed_in_bulk", thing=made, text=text)
        return made


def _set(row: Action, change: Change, by: User, at: datetime, before: dict[str, Any]) -> None:
    was: dict[str, Any] = {}
    if change.lead and row.lead_id != change.lead.pk:
        was["lead"], row.lead = row.lead_id, change.lead
    if change.due_on and row.due_on != change.due_on:
        was["due_on"], row.due_on = (row.due_on.isoformat() if row.due_on else None), change.due_on
    if was:
        row.version += 1
        row.edited_at, row.edited_by = at, by
        row.save()
        before["actions"][str(row.pk)] = {**was, "version": row.version}
        record(by=by, at=at, action="action.saved", thing=row, fields=sorted(was))
    if change.plan and not PlanAction.objects.filter(plan=change.plan, action=row).exists():
        before["memberships"].append(place(change.plan, row).pk)
    if change.told:
        before["updates"].append(report(by=by, at=at, action=row, told=change.told).pk)


def _words(change: Change) -> str:
    parts = [
        f"lead {change.lead.name}" if change.lead else "",
        f"due {change.due_on:%d/%m/%Y}" if change.due_on else "",
        f"into “{change.plan}”" if change.plan else "",
        f"reported as {ActionState(change.told.progress).value.replace('_', ' ')}" if change.told else "",
    ]
    return ", ".join(part for part in parts if part) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """`left` names actions that somebody changed again since: they stay as they are."""

    change: BulkChange
    left: tuple[str, ...]


def undo_many(*, by: User, at: datetime, change: BulkChange) -> Undone:
    """Puts back what the change found, withdraws the updates that it made."""
    check_can_edit(by)
    with transaction.atomic():
        row = BulkChange.objects.select_for_update().get(pk=change.pk)
        if row.undone_at is not None:
            raise NotAllowed("This change was undone already.")
        left = _put_back(by, at, row.before["actions"])
        PlanAction.objects.filter(pk__in=row.before["memberships"]).delete()
        ActionUpdate.objects.filter(pk__in=row.before["updates"], withdrawn_at__isnull=True).update(
            withdrawn_at=at, withdrawn_by=by
        )
        row.undone_at, row.undone_by = at, by
        row.save(update_fields=["undone_at", "undone_by"])
        record(by=by, at=at, action="action.bulk_undone", thing=row, text=row.text)
        return Undone(change=row, left=tuple(left))


def _put_back(by: User, at: datetime, before: dict[str, dict[str, Any]]) -> list[str]:
    left = []
    for row in Action.objects.select_for_update(of=("self",)).filter(pk__in=[int(key) for key in before]):
        was = before[str(row.pk)]
        if row.version != was["version"]:
            left.append(str(row))
            continue
        if "lead" in was:
            row.lead_id = was["lead"]
        if "due_on" in was:
            row.due_on = date.fromisoformat(was["due_on"]) if was["due_on"] else None
        row.version += 1
        row.edited_at, row.edited_by = at, by
        row.save()
        record(by=by, at=at, action="action.saved", thing=row, fields=sorted(set(was) - {"version"}))
    return left
