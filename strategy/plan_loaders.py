"""Actions, plans and areas for improvement of a folder → rows. Loading again doubles nothing and undoes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.gather import organisation_of_folder
from accounts.models import User
from framework.models import CriterionPoint
from framework.readers.lines import Fault, UnusableFile
from strategy.loaders import StrategyLoad, bring
from strategy.models import (
    Action,
    ActionPoint,
    ActionUpdate,
    AreaAction,
    AreaForImprovement,
    AreaIndicator,
    AreaPoint,
    CoProducer,
    Milestone,
    Plan,
)
from strategy.places import place
from strategy.readers.folder import STRATEGY_FILE
from strategy.readers.plans import ActionRef, AreaWords, Course, PlansFile, PlanWords

NOON = time(12)


@dataclass(slots=True)
class PlansLoad:
    """What loading did."""

    actions: dict[ActionRef, Action] = field(default_factory=dict)
    plans: int = 0
    areas: int = 0
    updates: int = 0
    unknown_indicators: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        said = (
            f"Plans: {len(self.actions)} actions in {self.plans} plans and {self.areas} areas for improvement stand as "
            f"in the folder or as somebody edited them; {self.updates} updates are new."
        )
        if self.unknown_indicators:
            names = ", ".join(sorted(self.unknown_indicators))
            said += f" Not linked, as no such indicator is loaded yet: {names}."
        return said


def points_of(file: PlansFile, framework_code: str) -> dict[str, CriterionPoint]:
    """The points that the file names, by code. Raises UnusableFile with the unknown ones: ask before writing."""
    rows = CriterionPoint.objects.filter(framework__code=framework_code, is_archived=False)
    points = {point.code: point for point in rows}
    named = [(each.row.line, each.points) for under in file.actions.values() for each in under]
    named += [(area.row.line, area.points) for area in file.areas]
    faults = [
        Fault(STRATEGY_FILE, line, f"“{code}” is no point of the framework {framework_code}.")
        for line, codes in named
        for code in codes
        if code not in points
    ]
    if faults:
        raise UnusableFile(faults)
    return points


@transaction.atomic
def load_plans(*, at: datetime, file: PlansFile, strategy: StrategyLoad, framework_code: str) -> PlansLoad:
    """Every row of the file, in one transaction; load people, organisations and the strategy first."""
    load, today = PlansLoad(), timezone.localdate(at)
    points = points_of(file, framework_code)
    for aim_ref, under in file.actions.items():
        rows = bring(strategy, Action, {"aim": strategy.aims[aim_ref]}, [each.row for each in under], at)
        for number, (words, action) in enumerate(zip(under, rows, strict=True), 1):
            load.actions[(*aim_ref, number)] = action
            _set_course(load, action, words.course, today)
            _link_points(action, [points[code] for code in words.points])
    plans = bring(strategy, Plan, {}, [each.row for each in file.plans], at)
    for plan_words, plan in zip(file.plans, plans, strict=True):
        _fill_plan(load, plan_words, plan, strategy, today)
    areas = bring(strategy, AreaForImprovement, {}, [each.row for each in file.areas], at)
    for area_words, area in zip(file.areas, areas, strict=True):
        _fill_area(load, area_words, area, strategy, points)
    load.plans, load.areas = len(plans), len(areas)
    record(by=None, at=at, action="plans.loaded", thing=strategy.strategy, text=str(load))
    return load


def _set_course(load: PlansLoad, action: Action, course: Course, today: date) -> None:
    """Lead, dates, milestones and updates, once: what stands there already, or was edited, is left alone."""
    if action.edited_at is None:
        _set_once(action, course, today)
    for name in course.co_produced_with:
        # One that was taken out here stays out.
        if organisation := organisation_of_folder(name):
            CoProducer.objects.get_or_create(action=action, organisation=organisation)
    if course.milestones and not action.milestones.exists():
        Milestone.objects.bulk_create(
            Milestone(
                action=action,
                title=each.title,
                due_on=each.due.seen_from(today),
                reached_on=each.reached.seen_from(today) if each.reached else None,
                months=each.months,
            )
            for each in course.milestones
        )
    if course.updates and not action.updates.exists():
        for said in course.updates:
            ActionUpdate.objects.create(
                action=action,
                reported_on=said.on.seen_from(today),
                progress=said.progress,
                text=said.text,
                by=action.lead,
                at=_noon(said.on.seen_from(today)),
            )
            load.updates += 1


def _set_once(action: Action, course: Course, today: date) -> None:
    wanted = {
        "lead": User.objects.get(email=course.lead) if course.lead else None,
        "organisation": organisation_of_folder(course.organisation) if course.organisation else None,
        "starts_on": course.starts.seen_from(today) if course.starts else None,
        "due_on": course.due.seen_from(today) if course.due else None,
    }
    fresh = {name: value for name, value in wanted.items() if value and getattr(action, name) is None}
    for name, value in fresh.items():
        setattr(action, name, value)
    if fresh:
        action.save(update_fields=list(fresh))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, NOON))


def _link_points(action: Action, points: Iterable[CriterionPoint]) -> None:
    """Once: an action that has points keeps those that it has."""
    if action.edited_at is None and not action.point_links.exists():
        ActionPoint.objects.bulk_create(ActionPoint(action=action, point=point) for point in points)


def _fill_plan(load: PlansLoad, words: PlanWords, plan: Plan, strategy: StrategyLoad, today: date) -> None:
    if plan.edited_at is None:
        plan.board = strategy.boards.get(words.board)
        plan.priority = strategy.priorities.get(words.priority) if words.priority else None
        plan.save(update_fields=["board", "priority"])
        # A plan that holds actions was filled before: what is missing in it, somebody took out.
        if not plan.memberships.exists():
            for each in words.actions:
                place(plan, load.actions[each.ref], each.theme)
    for each in words.actions:
        _set_course(load, load.actions[each.ref], each.course, today)


def _fill_area(
    load: PlansLoad,
    words: AreaWords,
    area: AreaForImprovement,
    strategy: StrategyLoad,
    points: dict[str, CriterionPoint],
) -> None:
    if area.edited_at is not None:
        return
    if not area.action_links.exists():
        AreaAction.objects.bulk_create(AreaAction(area=area, action=load.actions[ref]) for ref in words.actions)
    if not area.point_links.exists():
        AreaPoint.objects.bulk_create(AreaPoint(area=area, point=points[code]) for code in words.points)
    linked = set(area.indicator_links.values_list("indicator__code", flat=True))
    for code in words.indicators:
        if code not in strategy.indicators:
            load.unknown_indicators.add(code)
        elif code not in linked:
            AreaIndicator.objects.create(area=area, indicator=strategy.indicators[code])
