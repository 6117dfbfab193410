"""What belongs to one action: its milestones, points, co-producers, and the plans that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import Organisation, User
from accounts.permissions import NotAllowed
from framework.models import CriterionPoint
from strategy.action_permissions import check_can_edit_action, check_can_report
from strategy.actions.rows import Conflict
from strategy.domain.status import add_months
from strategy.models import Action, ActionPoint, CoProducer, Milestone, Plan, PlanAction
from strategy.places import place
from strategy.stamps import plans_stamp

# The rhythm of improvement plans.
USUAL_MONTHS = (3, 6, 12)


def add_milestone(
    *, by: User, at: datetime, action: Action, title: str, due_on: date, months: int | None = None
) -> Milestone:
    check_can_edit_action(by, action)
    with transaction.atomic():
        milestone = Milestone.objects.create(action=action, title=title, due_on=due_on, months=months)
        record(by=by, at=at, action="action.milestone_added", thing=action, text=title)
        return milestone


def add_usual_milestones(*, by: User, at: datetime, action: Action) -> list[Milestone]:
    """Milestones 3, 6 and 12 months after the start; those that are there already, or lie after the due day, are
    left out."""
    check_can_edit_action(by, action)
    if action.starts_on is None:
        raise NotAllowed("Give the action a start date first: the months are counted from it.")
    there = set(action.milestones.values_list("months", flat=True))
    with transaction.atomic():
        made = []
        for months in USUAL_MONTHS:
            due_on = add_months(action.starts_on, months)
            if months in there or (action.due_on and due_on > action.due_on):
                continue
            title = f"After {months} months"
            made.append(Milestone.objects.create(action=action, title=title, due_on=due_on, months=months))
        if made:
            text = ", ".join(milestone.title for milestone in made)
            record(by=by, at=at, action="action.milestone_added", thing=action, text=text)
        return made


def change_milestone(*, by: User, at: datetime, milestone: Milestone, title: str, due_on: date) -> Milestone:
    check_can_edit_action(by, milestone.action)
    with transaction.atomic():
        milestone.title, milestone.due_on = title, due_on
        milestone.save(update_fields=["title", "due_on"])
        record(by=by, at=at, action="action.milestone_changed", thing=milestone.action, text=title)
        return milestone


def reach_milestone(*, by: User, at: datetime, milestone: Milestone, reached_on: date | None) -> Milestone:
    """Says on which day it was reached; None takes that back."""
    check_can_report(by, milestone.action)
    with transaction.atomic():
        milestone.reached_on = reached_on
        milestone.save(update_fields=["reached_on"])
        verb = "milestone_reached" if reached_on else "milestone_reopened"
        record(by=by, at=at, action=f"action.{verb}", thing=milestone.action, text=milestone.title)
        return milestone


def remove_milestone(*, by: User, at: datetime, milestone: Milestone) -> Action:
    check_can_edit_action(by, milestone.action)
    if milestone.reached_on:
        raise NotAllowed("A milestone that was reached is part of the history. Take the day back first.")
    with transaction.atomic():
        record(by=by, at=at, action="action.milestone_removed", thing=milestone.action, text=milestone.title)
        Milestone.objects.filter(pk=milestone.pk).delete()
        return milestone.action


def link_point(*, by: User, at: datetime, action: Action, point: CriterionPoint, why: str) -> ActionPoint:
    """Says that the action answers a point of the criteria; said again, the newer sentence stands."""
    check_can_edit_action(by, action)
    with transaction.atomic():
        link, _ = ActionPoint.objects.update_or_create(action=action, point=point, defaults={"why": why})
        record(by=by, at=at, action="action.point_linked", thing=action, text=point.code)
        return link


def unlink_point(*, by: User, at: datetime, link: ActionPoint) -> Action:
    check_can_edit_action(by, link.action)
    with transaction.atomic():
        record(by=by, at=at, action="action.point_unlinked", thing=link.action, text=link.point.code)
        ActionPoint.objects.filter(pk=link.pk).delete()
        return link.action


def add_co_producer(*, by: User, at: datetime, action: Action, organisation: Organisation, how: str) -> CoProducer:
    check_can_edit_action(by, action)
    with transaction.atomic():
        made, _ = CoProducer.objects.update_or_create(action=action, organisation=organisation, defaults={"how": how})
        record(by=by, at=at, action="action.co_producer_added", thing=action, text=organisation.name)
        return made


def remove_co_producer(*, by: User, at: datetime, co_producer: CoProducer) -> Action:
    check_can_edit_action(by, co_producer.action)
    with transaction.atomic():
        name = co_producer.organisation.name
        record(by=by, at=at, action="action.co_producer_removed", thing=co_producer.action, text=name)
        CoProducer.objects.filter(pk=co_producer.pk).delete()
        return co_producer.action


def set_plans(*, by: User, at: datetime, action: Action, plans: Sequence[Plan], stamp: str) -> Action:
    """Puts the action into exactly these plans; where it stood already, it keeps its theme and place.

    Raises Conflict when somebody changed its plans since `stamp`.
    """
    check_can_edit_action(by, action)
    with transaction.atomic():
        Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if plans_stamp(action) != stamp:
            raise Conflict(action)
        there = {row.plan_id: row for row in action.memberships.filter(plan__archived_at=None)}
        wanted = {plan.pk: plan for plan in plans}
        gone = [row.pk for key, row in there.items() if key not in wanted]
        new = [plan for key, plan in wanted.items() if key not in there]
        PlanAction.objects.filter(pk__in=gone).delete()
        for plan in new:
            place(plan, action)
        if gone or new:
            record(by=by, at=at, action="action.plans_set", thing=action, text=f"{len(wanted)} plans.")
        return action
