"""What answers an area for improvement: actions, indicators, points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from evidence.gather import points_by_criterion
from evidence.models import Evidence
from evidence.permissions import evidence_of
from framework.models import CriterionPoint
from indicators.models import Indicator
from strategy.actions.rows import Conflict
from strategy.models import Action, AreaAction, AreaEvidence, AreaForImprovement, AreaIndicator, AreaPoint
from strategy.permissions import check_can_edit
from strategy.stamps import ties_stamp


def tie_area(
    *,
    by: User,
    at: datetime,
    area: AreaForImprovement,
    actions: Sequence[Action],
    indicators: Sequence[Indicator],
    points: Sequence[CriterionPoint],
    stamp: str,
) -> AreaForImprovement:
    """Ties the area to exactly these actions, indicators and points. Raises Conflict when they changed since `stamp`.

    What nobody can tick (an archived action, a retired indicator, a point of older criteria) stays tied.
    """
    check_can_edit(by)
    with transaction.atomic():
        AreaForImprovement.objects.select_for_update(of=("self",)).get(pk=area.pk)
        if ties_stamp(area) != stamp:
            raise Conflict(area)
        changed = [
            name
            for name, model, wanted, offered in (
                ("action", AreaAction, actions, Action.objects.filter(archived_at=None)),
                ("indicator", AreaIndicator, indicators, Indicator.objects.in_use()),
                ("point", AreaPoint, points, CriterionPoint.objects.filter(pk__in=_points_offered())),
            )
            if _tie(model, area, name, [row.pk for row in wanted], offered)
        ]
        if changed:
            record(by=by, at=at, action="area.tied", thing=area, fields=[f"{name}s" for name in changed])
        return area


def _points_offered() -> list[int]:
    return [point.pk for _, under in points_by_criterion() for point in under]


def _tie(
    model: type[models.Model],
    area: AreaForImprovement,
    name: str,
    wanted: Sequence[int],
    offered: models.QuerySet[Any],
) -> bool:
    """Brings the links in line; says whether anything changed."""
    rows = model._default_manager.filter(area=area)
    there = set(rows.values_list(f"{name}_id", flat=True))
    gone, _ = rows.filter(**{f"{name}__in": offered}).exclude(**{f"{name}__in": wanted}).delete()
    new = [key for key in wanted if key not in there]
    model._default_manager.bulk_create(model(area=area, **{f"{name}_id": key}) for key in new)
    return bool(new or gone)


def _check_stands(area: AreaForImprovement) -> None:
    if area.archived_at is not None:
        raise NotAllowed("This area for improvement is in the archive. Take it out again first.")


def link_area_evidence(
    *, by: User, at: datetime, area: AreaForImprovement, evidence: Evidence, relevance: str
) -> AreaEvidence:
    """Says what an item shows of the area; said again, the newer sentence stands."""
    check_can_edit(by)
    _check_stands(area)
    if not evidence_of(by).filter(pk=evidence.pk).exists():
        raise NotAllowed("You can use only evidence that you may read.")
    with transaction.atomic():
        link, _ = AreaEvidence.objects.update_or_create(
            area=area, evidence=evidence, defaults={"relevance": relevance, "by": by, "at": at}
        )
        record(by=by, at=at, action="area.evidence_linked", thing=area, text=f"{evidence.code}.")
        return link


def unlink_area_evidence(*, by: User, at: datetime, link: AreaEvidence) -> AreaForImprovement:
    check_can_edit(by)
    _check_stands(link.area)
    with transaction.atomic():
        record(by=by, at=at, action="area.evidence_unlinked", thing=link.area, text=f"{link.evidence.code}.")
        AreaEvidence.objects.filter(pk=link.pk).delete()
        return link.area
