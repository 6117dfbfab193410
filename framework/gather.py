"""The rulebook as the apps above read it: each function asks the database once."""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Prefetch

from framework.domain import rulebook as values
from framework.domain.rulebook import Rulebook
from framework.models import (
    AreaOfFocus,
    Criterion,
    CriterionGroup,
    CriterionPoint,
    FirstHourTask,
    Framework,
    Lens,
    LensStatement,
    Outcome,
    PublishedRow,
    RequestItem,
    TimetableRule,
)
from framework.models.kinds import LINKS, MODELS, PARENT_FIELDS


def current_framework() -> Framework | None:
    """The framework that the next visit follows; None until one is loaded."""
    return Framework.objects.filter(is_current=True).first()


def request_items(framework: Framework) -> tuple[RequestItem, ...]:
    """What may be asked for, in order, archived rows left out; each with its deadline rule."""
    items = RequestItem.objects.filter(framework=framework, is_archived=False).select_related("deadline")
    return tuple(items)


def timetable_rules(framework: Framework) -> tuple[TimetableRule, ...]:
    """The timetable of a visit, in order, archived rows left out."""
    return tuple(TimetableRule.objects.filter(framework=framework, is_archived=False))


def first_hour_tasks(framework: Framework) -> tuple[FirstHourTask, ...]:
    """What to do when the call has come, in order, archived rows left out."""
    return tuple(FirstHourTask.objects.filter(framework=framework, is_archived=False))


def rulebook_of(framework: Framework) -> Rulebook:
    """The whole rulebook as values, archived rows left out: what a file of it would hold."""
    rows = {kind: _rows_by_parent(framework, kind) for kind in MODELS}

    def under(kind: str, parent: int | None = None) -> list[PublishedRow]:
        return rows[kind].get(parent, [])

    groups = tuple(
        values.Group(
            **_values(group, values.Group),
            criteria=tuple(
                values.Criterion(
                    **_values(criterion, values.Criterion),
                    points=tuple(
                        values.Point(**_values(point, values.Point)) for point in under("point", criterion.pk)
                    ),
                )
                for criterion in under("criterion", group.pk)
            ),
        )
        for group in under("group")
    )
    lenses = tuple(
        values.Lens(
            **_values(lens, values.Lens),
            statements=tuple(values.Statement(**_values(row, values.Statement)) for row in under("statement", lens.pk)),
        )
        for lens in under("lens")
    )
    return values.Rulebook(
        code=framework.code,
        name=framework.name,
        about=framework.about,
        in_force_from=framework.in_force_from,
        in_force_to=framework.in_force_to,
        source=framework.source,
        confirmed_on=framework.confirmed_on,
        list_layouts=framework.list_layout_codes,
        groups=groups,
        areas_of_focus=tuple(values.AreaOfFocus(**_values(row, values.AreaOfFocus)) for row in under("area_of_focus")),
        lenses=lenses,
        outcomes=tuple(values.Outcome(**_values(row, values.Outcome)) for row in under("outcome")),
        timetable=tuple(values.TimetableRule(**_values(row, values.TimetableRule)) for row in under("timetable_rule")),
        request_items=tuple(values.RequestItem(**_values(row, values.RequestItem)) for row in under("request_item")),
        first_hour_tasks=tuple(
            values.FirstHourTask(**_values(row, values.FirstHourTask)) for row in under("first_hour_task")
        ),
        mappings=tuple(values.Mapping(**_values(row, values.Mapping)) for row in under("mapping")),
    )


def _rows_by_parent(framework: Framework, kind: str) -> dict[int | None, list[PublishedRow]]:
    parent_field = PARENT_FIELDS.get(kind)
    rows = MODELS[kind]._default_manager.filter(framework=framework, is_archived=False)
    links = [LINKS[kind]] if kind in LINKS else []
    found: dict[int | None, list[PublishedRow]] = {}
    for row in rows.select_related(*links) if links else rows:
        parent = getattr(row, f"{parent_field}_id") if parent_field else None
        found.setdefault(parent, []).append(row)
    return found


def _values(row: PublishedRow, shape: type[values.Row]) -> dict[str, Any]:
    """The values of a row for a dataclass of the rulebook; a link to another row becomes its code."""
    found = {}
    for each in fields(shape):
        if each.name not in values.CHILDREN:
            value = getattr(row, each.name)
            found[each.name] = value.code if isinstance(value, PublishedRow | Framework) else value
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCriteria:
    """What the page of criteria shows, archived rows left out."""

    groups: tuple[CriterionGroup, ...]
    lenses: tuple[Lens, ...]
    outcomes: tuple[Outcome, ...]
    areas_of_focus: tuple[AreaOfFocus, ...]


def published_criteria(framework: Framework) -> PublishedCriteria:
    """Groups with their criteria and points, lenses with their statements, outcomes, areas of focus: 7 queries."""
    standing = {"framework": framework, "is_archived": False}
    points = Prefetch("points", CriterionPoint.objects.filter(**standing))
    criteria = Prefetch("criteria", Criterion.objects.filter(**standing).prefetch_related(points))
    statements = Prefetch("statements", LensStatement.objects.filter(**standing))
    return PublishedCriteria(
        groups=tuple(CriterionGroup.objects.filter(**standing).prefetch_related(criteria)),
        lenses=tuple(Lens.objects.filter(**standing).prefetch_related(statements)),
        outcomes=tuple(Outcome.objects.filter(**standing)),
        areas_of_focus=tuple(AreaOfFocus.objects.filter(**standing)),
    )
