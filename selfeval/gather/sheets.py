"""Database → the data sheet of a criterion: on paper for a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.models import User
from evidence.models import Evidence, PointLink
from evidence.permissions import evidence_of
from framework.models import CriterionPoint
from indicators.domain.comparison import Comparison
from indicators.gather import around_here, comparisons_of
from indicators.models import Indicator
from selfeval.gather.judgements import AreaLine, area_lines
from selfeval.models import AreaForDevelopment, Citation, CitationKind, Evaluation, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One item of evidence. `points` are the codes that it speaks to, with why."""

    evidence: Evidence
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFigure:
    indicator: Indicator
    comparison: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSheet:
    evaluation: Evaluation
    points: tuple[CriterionPoint, ...]
    figures: tuple[SheetFigure, ...]
    items: tuple[SheetItem, ...]
    strengths: tuple[Strength, ...]
    areas: tuple[AreaLine, ...]


def data_sheet(evaluation: Evaluation, user: User, today: date) -> DataSheet:
    """A fixed number of queries. Evidence that the person may not open is left out."""
    areas = AreaForDevelopment.objects.filter(evaluation=evaluation, archived_at=None)
    return DataSheet(
        evaluation=evaluation,
        points=tuple(CriterionPoint.objects.filter(criterion=evaluation.criterion, is_archived=False)),
        figures=_figures(evaluation, today),
        items=_items(evaluation, user),
        strengths=tuple(Strength.objects.filter(evaluation=evaluation, archived_at=None)),
        areas=area_lines(list(areas)),
    )


def _figures(evaluation: Evaluation, today: date) -> tuple[SheetFigure, ...]:
    """The figures that the text cites, beside the region and the country."""
    cited = Citation.objects.filter(evaluation=evaluation, kind=CitationKind.FIGURE, indicator__isnull=False)
    indicators = list(Indicator.objects.filter(pk__in=cited.values("indicator")).order_by("order", "pk"))
    around = around_here() if indicators else None
    compared = comparisons_of(indicators, around, today=today) if around else {}
    return tuple(SheetFigure(indicator=each, comparison=compared.get(each.code)) for each in indicators)


def _items(evaluation: Evaluation, user: User) -> tuple[SheetItem, ...]:
    links = PointLink.objects.filter(point__criterion=evaluation.criterion).select_related("point")
    rows = (
        evidence_of(user)
        .filter(archived_at=None, point_links__in=links)
        .select_related("organisation")
        .prefetch_related(Prefetch("point_links", links, to_attr="here"))
        .distinct()
        .order_by("-covers_to_on", "number")
    )
    return tuple(
        SheetItem(evidence=row, points=tuple(link.point.code for link in row.here))  # type: ignore[attr-defined]  # set by the prefetch
        for row in rows
    )
