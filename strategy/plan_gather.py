"""Plans with how their actions stand: a fixed number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from framework.gather import current_framework
from framework.models import Criterion, CriterionPoint
from strategy.action_gather import ActionLine, action_lines, standing_lines
from strategy.domain.status import ActionState, count_states
from strategy.models import Action, ActionPoint, Plan, PlanAction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    plan: Plan
    counts: dict[ActionState, int]
    overdue: int
    unowned: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def plan_lines(plans: QuerySet[Plan], day: date) -> tuple[PlanLine, ...]:
    """Each plan with how many of its actions stand where."""
    standing = PlanAction.objects.filter(action__archived_at=None)
    rows = list(plans.select_related("priority", "board").prefetch_related(Prefetch("memberships", queryset=standing)))
    keys = {membership.action_id for plan in rows for membership in plan.memberships.all()}
    lines = {line.action.pk: line for line in standing_lines(Action.objects.filter(pk__in=keys), day)}
    return tuple(
        plan_line(plan, [lines[membership.action_id] for membership in plan.memberships.all()]) for plan in rows
    )


def plan_line(plan: Plan, lines: Sequence[ActionLine]) -> PlanLine:
    return PlanLine(
        plan=plan,
        counts=count_states(line.status.state for line in lines),
        overdue=sum(line.status.is_overdue for line in lines),
        unowned=sum(line.action.is_unowned for line in lines),
    )


def memberships_of(plan: Plan) -> tuple[PlanAction, ...]:
    """The places of the plan in their order, archived actions left out."""
    rows = plan.memberships.filter(action__archived_at=None).select_related("action__aim__priority")
    return tuple(rows.order_by("order", "pk"))


def lines_of_plan(memberships: Sequence[PlanAction], actions: QuerySet[Action], day: date) -> tuple[ActionLine, ...]:
    """The actions of a plan (those of `actions` alone), in the order of the plan, each with its theme."""
    order = {membership.action_id: place for place, membership in enumerate(memberships)}
    themes = {membership.action_id: membership.theme for membership in memberships}
    lines = action_lines(actions.filter(pk__in=list(order)), day, themes=themes)
    return tuple(sorted(lines, key=lambda line: order[line.action.pk]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredPoint:
    """A point of the criteria with the actions that answer it."""

    point: CriterionPoint
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`criteria`: each with its points; `lines`: every action asked about; `codes`: by action and criterion."""

    criteria: tuple[tuple[Criterion, tuple[CoveredPoint, ...]], ...]
    lines: tuple[ActionLine, ...]
    codes: dict[tuple[int, int], tuple[str, ...]]
    makers: dict[int, tuple[str, ...]]


def coverage_of(actions: QuerySet[Action], day: date) -> Coverage:
    """Which actions answer which points of the current framework, and who co-produced them."""
    framework = current_framework()
    lines = standing_lines(actions.prefetch_related("co_producers__organisation"), day)
    by_key = {line.action.pk: line for line in lines}
    links = ActionPoint.objects.filter(action__in=list(by_key), point__framework=framework).order_by("point__order")
    answering: dict[int, list[ActionLine]] = {}
    codes: dict[tuple[int, int], list[str]] = {}
    for link in links.select_related("point"):
        answering.setdefault(link.point_id, []).append(by_key[link.action_id])
        codes.setdefault((link.action_id, link.point.criterion_id), []).append(link.point.code)
    points = CriterionPoint.objects.filter(is_archived=False)
    criteria = (
        Criterion.objects.filter(framework=framework, is_archived=False) if framework else Criterion.objects.none()
    )
    return Coverage(
        criteria=tuple(
            (
                criterion,
                tuple(
                    CoveredPoint(point=point, lines=tuple(answering.get(point.pk, ())))
                    for point in criterion.points.all()
                ),
            )
            for criterion in criteria.prefetch_related(Prefetch("points", queryset=points))
        ),
        lines=lines,
        codes={key: tuple(found) for key, found in codes.items()},
        makers={
            line.action.pk: tuple(maker.organisation.name for maker in line.action.co_producers.all()) for line in lines
        },
    )
