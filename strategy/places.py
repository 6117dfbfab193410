"""The place of an action in a plan."""

from django.db import models

from strategy.models import Action, Plan, PlanAction


def place(plan: Plan, action: Action, theme: str = "") -> PlanAction:
    """The row, at the end of the plan. Call it inside the transaction of an action that is permitted."""
    last: int = plan.memberships.aggregate(last=models.Max("order"))["last"] or 0
    return PlanAction.objects.create(plan=plan, action=action, theme=theme, order=last + 1)
