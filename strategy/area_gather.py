"""Areas for improvement with their actions as they stand, and their indicators with the newest figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.models import AuditEvent, LocalArea, User
from evidence.models import EvidenceRevision
from evidence.permissions import evidence_of
from indicators.domain.figures import Direction, Facts, Unit
from indicators.domain.series import Change, Point, Series
from indicators.gather import series_of
from indicators.models import Indicator
from strategy.action_gather import ActionLine, action_lines
from strategy.models import Action, AreaAction, AreaEvidence, AreaForImprovement, AreaIndicator

HISTORY_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigure:
    """An indicator of an area for improvement: its newest point, and the change since the area was known."""

    indicator: Indicator
    facts: Facts
    latest: Point | None
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    area: AreaForImprovement
    actions: tuple[ActionLine, ...]
    figures: tuple[AreaFigure, ...]


def area_lines(areas: QuerySet[AreaForImprovement], day: date) -> tuple[AreaLine, ...]:
    """Each area with its actions and figures: a fixed number of queries, however many areas there are."""
    rows = list(
        areas.prefetch_related(
            Prefetch("action_links", AreaAction.objects.filter(action__archived_at=None)),
            Prefetch("indicator_links", AreaIndicator.objects.select_related("indicator")),
            "point_links__point__criterion",
        )
    )
    keys = {link.action_id for row in rows for link in row.action_links.all()}
    lines = {line.action.pk: line for line in action_lines(Action.objects.filter(pk__in=keys), day)}
    indicators = {link.indicator.code: link.indicator for row in rows for link in row.indicator_links.all()}
    own = _own_code()
    series = series_of(list(indicators), [own]) if own and indicators else {}
    return tuple(
        AreaLine(
            area=row,
            actions=tuple(
                line for key, line in lines.items() if key in {link.action_id for link in row.action_links.all()}
            ),
            figures=tuple(_figure(link.indicator, series, own, row) for link in row.indicator_links.all()),
        )
        for row in rows
    )


def _answering(area: AreaForImprovement, lines: Mapping[int, ActionLine]) -> tuple[ActionLine, ...]:
    keys = {link.action_id for link in area.action_links.all()}
    return tuple(line for key, line in lines.items() if key in keys)


def _own_code() -> str:
    return LocalArea.objects.filter(pk=1).values_list("la_code", flat=True).first() or ""


def _figure(
    indicator: Indicator, series: Mapping[tuple[str, str], Series], own: str, area: AreaForImprovement
) -> AreaFigure:
    facts = Facts(
        code=indicator.code,
        name=indicator.name,
        unit=Unit(indicator.unit),
        decimals=indicator.decimals,
        direction=Direction(indicator.direction),
        is_local=indicator.is_local,
        source=indicator.source,
    )
    found = series.get((indicator.code, own))
    points: Sequence[Point] = found.points if found else ()
    return AreaFigure(
        indicator=indicator,
        facts=facts,
        latest=found.latest if found else None,
        change=_change_since(points, area.known_since_on),
    )


def _change_since(points: Sequence[Point], since: date | None) -> Change | None:
    """From the last figure before the area was known (or the first after) to the newest one."""
    valued = [point for point in points if point.value is not None]
    if since is None or len(valued) < 2:
        return None
    before = [point for point in valued if point.period.ends_on <= since]
    start, newest = (before[-1] if before else valued[0]), valued[-1]
    if start is newest or start.period.kind != newest.period.kind:
        return None
    years = newest.period.ends_on.year - start.period.ends_on.year
    return Change(from_point=start, to_point=newest, years=years)


def area_history(area: AreaForImprovement) -> tuple[AuditEvent, ...]:
    events = AuditEvent.objects.filter(thing_type=AreaForImprovement._meta.label_lower, thing_id=str(area.pk))
    return tuple(events[:HISTORY_LENGTH])


def area_evidence(area: AreaForImprovement, user: User) -> tuple[AreaEvidence, ...]:
    """What shows how the area stands, as far as the person may open it, each with `is_approved`."""
    approved = EvidenceRevision.objects.approved().filter(evidence=OuterRef("evidence"))
    links = AreaEvidence.objects.filter(area=area, evidence__in=evidence_of(user)).annotate(
        is_approved=Exists(approved)
    )
    return tuple(links.select_related("evidence", "by").order_by("evidence__number"))
