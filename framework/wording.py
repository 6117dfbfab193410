"""The rows that an official text can be pasted to, as the matcher reads them."""

from __future__ import annotations

from framework.domain.matching import Row
from framework.models import Criterion, CriterionGroup, CriterionPoint, Framework, PublishedRow

MODELS: dict[str, type[PublishedRow]] = {"group": CriterionGroup, "criterion": Criterion, "point": CriterionPoint}


def wording_rows(framework: Framework) -> tuple[Row, ...]:
    """Groups, criteria and points in the order in which they are published (three queries)."""
    standing = {"framework": framework, "is_archived": False}
    criteria: dict[int, list[Criterion]] = {}
    for criterion in Criterion.objects.filter(**standing):
        criteria.setdefault(criterion.group_id, []).append(criterion)
    points: dict[int, list[CriterionPoint]] = {}
    for point in CriterionPoint.objects.filter(**standing):
        points.setdefault(point.criterion_id, []).append(point)
    rows = []
    for group in CriterionGroup.objects.filter(**standing):
        rows.append(_row("group", group, group.summary))
        for criterion in criteria.get(group.pk, ()):
            rows.append(_row("criterion", criterion, criterion.summary))
            rows += [_row("point", point) for point in points.get(criterion.pk, ())]
    return tuple(rows)


def _row(kind: str, row: PublishedRow, summary: str = "") -> Row:
    return Row(kind=kind, code=row.code, title=f"{row.title} {summary}".strip(), wording=row.official_wording)
