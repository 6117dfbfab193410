"""What stands in a plan, and under which theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from strategy.actions.rows import Conflict, add_row
from strategy.models import Action, Plan, PlanAction
from strategy.permissions import check_can_edit
from strategy.places import place
from strategy.stamps import themes_stamp


def place_actions(*, by: User, at: datetime, plan: Plan, actions: Sequence[Action], theme: str = "") -> int:
    """Adds actions that stand elsewhere already, without retyping; says how many are new in the plan."""
    check_can_edit(by)
    _check_standing(plan)
    with transaction.atomic():
        there = set(plan.memberships.values_list("action_id", flat=True))
        new = [action for action in actions if action.pk not in there]
        for action in new:
            place(plan, action, theme)
        if new:
            record(by=by, at=at, action="plan.actions_placed", thing=plan, text=f"{len(new)} actions.")
        return len(new)


def add_action(*, by: User, at: datetime, plan: Plan, fields: Mapping[str, Any]) -> Action:
    """A new action that stands in this plan from the start."""
    check_can_edit(by)
    _check_standing(plan)
    with transaction.atomic():
        action = add_row(by=by, at=at, model=Action, parent=None, fields=fields)
        place(plan, action)
        return action


def take_out(*, by: User, at: datetime, membership: PlanAction) -> Plan:
    """The action leaves this plan; it stays where else it stands."""
    check_can_edit(by)
    with transaction.atomic():
        record(by=by, at=at, action="plan.action_taken_out", thing=membership.plan, text=str(membership.action))
        PlanAction.objects.filter(pk=membership.pk).delete()
        return membership.plan


def set_themes(*, by: User, at: datetime, plan: Plan, themes: Mapping[int, tuple[str, int]], stamp: str) -> Plan:
    """Theme and place of each membership, by its key. Raises Conflict when they changed since `stamp`."""
    check_can_edit(by)
    _check_standing(plan)
    with transaction.atomic():
        rows = list(plan.memberships.select_for_update(of=("self",)))
        if themes_stamp(plan) != stamp:
            raise Conflict(plan)
        changed = []
        for row in rows:
            theme, order = themes.get(row.pk, (row.theme, row.order))
            if (theme, order) != (row.theme, row.order):
                row.theme, row.order = theme, order
                changed.append(row)
        PlanAction.objects.bulk_update(changed, ["theme", "order"])
        if changed:
            record(by=by, at=at, action="plan.themes_set", thing=plan, text=f"{len(changed)} actions.")
        return plan


def _check_standing(plan: Plan) -> None:
    if plan.archived_at is not None:
        raise NotAllowed("This plan is in the archive. Take it out again first.")
