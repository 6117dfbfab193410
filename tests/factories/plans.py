"""Plans, actions, updates and areas for improvement."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from evidence.models import Evidence
from strategy.actions import reporting
from strategy.actions.reporting import Told
from strategy.domain.status import ActionState
from strategy.models import Action, ActionUpdate, Aim, AreaAction, AreaForImprovement, Plan, PlanAction, PlanKind

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def days(number: int) -> date:
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


def make_plan(*, title: str = "Improvement plan", kind: str = PlanKind.IMPROVEMENT, **fields: object) -> Plan:
    given = {"from_on": days(-300), "to_on": days(300)}
    return Plan.objects.create(title=title, kind=kind, **(given | fields))


def make_action(
    *,
    text: str = "Train every school",
    lead: User | None = None,
    aim: Aim | None = None,
    organisation: Organisation | None = None,
    starts: int | None = -100,
    due: int | None = 100,
    plan: Plan | None = None,
    theme: str = "",
    **fields: object,
) -> Action:
    """An action that runs since 100 days for 100 more; in a plan where one is given."""
    action = Action.objects.create(
        text=text,
        lead=lead,
        aim=aim,
        organisation=organisation,
        starts_on=None if starts is None else days(starts),
        due_on=None if due is None else days(due),
        **fields,
    )
    if plan:
        PlanAction.objects.create(plan=plan, action=action, theme=theme, order=plan.memberships.count() + 1)
    return action


def make_told(
    *, progress: ActionState = ActionState.ON_TARGET, on: int = -1, text: str = "Half of them are trained.", **fields
) -> Told:
    return Told(reported_on=days(on), progress=progress, text=text, **fields)


def make_update(
    *, action: Action, progress: ActionState = ActionState.ON_TARGET, on: int = -1, by: User | None = None
) -> ActionUpdate:
    """The row alone, as if reported long ago; `reporting.report` is the way of people."""
    return ActionUpdate.objects.create(
        action=action, reported_on=days(on), progress=progress.value, text="As told.", by=by, at=AT
    )


def make_impact(*, action: Action, evidence: Evidence, by: User) -> None:
    reporting.link_evidence(
        by=by, at=timezone.now(), action=action, evidence=evidence, relevance="It shows it.", is_impact=True
    )


def make_area_for_improvement(
    *, short_name: str = "Needs are found late", known: int | None = -900, action: Action | None = None
) -> AreaForImprovement:
    area = AreaForImprovement.objects.create(
        short_name=short_name,
        report="Area SEND inspection",
        known_since_on=None if known is None else days(known),
    )
    if action:
        AreaAction.objects.create(area=area, action=action)
    return area
