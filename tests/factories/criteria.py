"""Criteria with points, as a rulebook has them."""

from framework.models import Criterion, CriterionGroup, CriterionPoint, Framework


def make_criterion(
    *, framework: Framework, code: str = "A1", title: str = "Needs are identified early", order: int = 0
) -> Criterion:
    group, _ = CriterionGroup.objects.get_or_create(framework=framework, code="A", defaults={"title": "Children"})
    return Criterion.objects.create(framework=framework, group=group, code=code, title=title, order=order)


def make_point(
    *, criterion: Criterion, code: str = "", title: str = "Needs are found without delay", order: int = 0
) -> CriterionPoint:
    return CriterionPoint.objects.create(
        framework=criterion.framework,
        criterion=criterion,
        code=code or f"{criterion.code}.{order + 1}",
        title=title,
        order=order,
    )
