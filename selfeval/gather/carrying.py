"""Database → what an earlier cycle says, and where it would go in a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from framework.models import Criterion, CriterionMapping, CriterionPoint, Framework
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.carrying import CarriedText, CarryPlan, plan_carry
from selfeval.models import AreaForDevelopment, Evaluation, SelfEvaluation, Strength


def criteria_of(framework: Framework) -> list[Criterion]:
    """The standing criteria of a rulebook in its order."""
    rows = Criterion.objects.filter(framework=framework, is_archived=False).select_related("group")
    return list(rows.order_by("group__order", "order", "pk"))


def carry_plan(earlier: SelfEvaluation, framework: Framework) -> CarryPlan:
    """What of a cycle goes where under this rulebook, in seven queries at most."""
    wanted = [(criterion.code, criterion.title) for criterion in criteria_of(framework)]
    mapping = None if earlier.framework_id == framework.pk else mapping_between(earlier.framework, framework)
    return plan_carry(carried_texts(earlier), wanted, mapping)


def carried_texts(cycle: SelfEvaluation) -> list[CarriedText]:
    strengths: dict[int, int] = defaultdict(int)
    areas: dict[int, int] = defaultdict(int)
    for pk in Strength.objects.filter(evaluation__self_evaluation=cycle, archived_at=None).values_list(
        "evaluation_id", flat=True
    ):
        strengths[pk] += 1
    for pk in AreaForDevelopment.objects.filter(evaluation__self_evaluation=cycle, archived_at=None).values_list(
        "evaluation_id", flat=True
    ):
        areas[pk] += 1
    rows = Evaluation.objects.filter(self_evaluation=cycle).select_related("criterion__group")
    return [
        CarriedText(
            code=row.criterion.code,
            title=row.criterion.title,
            texts={name: getattr(row, name) for name in EVALUATION_FIELDS},
            strengths=strengths[row.pk],
            areas=areas[row.pk],
        )
        for row in rows.order_by("criterion__group__order", "criterion__order")
    ]


def mapping_between(old: Framework, new: Framework) -> Mapping[str, Sequence[str]]:
    """Old criterion → new criteria. A row about a point counts for its criterion, where the criterion has no row."""
    old_points = dict(_criterion_of_points(old))
    new_points = dict(_criterion_of_points(new))
    direct: dict[str, list[str]] = defaultdict(list)
    derived: dict[str, list[str]] = defaultdict(list)
    rows = CriterionMapping.objects.filter(framework=new, old_framework=old, is_archived=False)
    for row in rows.order_by("order", "pk"):
        target = new_points.get(row.new_code, row.new_code)
        if row.old_code in old_points:
            if target:
                derived[old_points[row.old_code]].append(target)
        else:
            direct[row.old_code] += [target] if target else []
    return {**derived, **direct}


def _criterion_of_points(framework: Framework) -> list[tuple[str, str]]:
    points = CriterionPoint.objects.filter(framework=framework)
    return list(points.values_list("code", "criterion__code"))
