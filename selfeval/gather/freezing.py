"""Database → a version as it would be frozen now, and what stands in the way. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.domain.findings import Finding
from accounts.models import LocalArea, User
from evidence.domain.deidentification import needs_check
from evidence.domain.publishing import CONFIDENTIAL, Publishable
from evidence.models import Evidence, EvidenceKind, EvidenceRevision
from evidence.publishing import all_publishable
from indicators.domain.comparison import sentence_of
from indicators.domain.figures import WAY, Direction, Facts, figure_in_words, symbol_in_words
from indicators.domain.series import Point
from indicators.domain.series import Series as KeptSeries
from indicators.gather import around_here, comparisons_of, facts_of, series_of
from indicators.models import Indicator
from selfeval.domain.figures import point_of
from selfeval.domain.freezing import (
    FigureAt,
    ItemFact,
    Proofs,
    Standing,
    annotate,
    findings,
    period_in_words,
    places_of,
    places_that_name,
)
from selfeval.domain.markers import MarkerKind, parse
from selfeval.domain.published import Document, Figure, Series, SeriesPoint, VersionKind
from selfeval.gather.document import document_of
from selfeval.gather.holds import lists_in_force
from selfeval.models import (
    ConsultationRound,
    ElectionPeriod,
    Evaluation,
    EvaluationState,
    PublishedVersion,
    SelfEvaluation,
    Voice,
)

LONGEST_SOURCE = 300
SHOWN_PERIODS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A document as it would be frozen now, with what would stop it or should be weighed."""

    document: Document
    findings: tuple[Finding, ...]


def freeze_now(cycle: SelfEvaluation, kind: VersionKind, *, number: int, at: datetime, signed_by: str = "") -> Frozen:
    """Everything in it as it stands at this moment."""
    today = timezone.localdate(at)
    bare = document_of(cycle, kind, number=number, today=today, signed_by=signed_by)
    proofs = proofs_of(bare, today)
    document = annotate(bare, proofs)
    return Frozen(document=document, findings=findings(document, proofs, _standing(cycle, bare, today)))


def next_number(cycle: SelfEvaluation, kind: VersionKind) -> int:
    held = PublishedVersion.objects.filter(self_evaluation=cycle, kind=kind.value)
    return (held.aggregate(models.Max("number"))["number__max"] or 0) + 1


def as_now(cycle: SelfEvaluation, kind: VersionKind, *, at: datetime, by: User) -> Frozen:
    """The version as it would be frozen at this moment."""
    return freeze_now(cycle, kind, number=next_number(cycle, kind), at=at, signed_by=by.name)


# -- what the markers mean


def proofs_of(document: Document, today: date) -> Proofs:
    markers = [marker for place in places_of(document) for marker in parse(place.text)]
    numbers = {int(marker.key) for marker in markers if marker.kind is MarkerKind.EVIDENCE}
    wanted = {(marker.key, marker.period) for marker in markers if marker.kind is MarkerKind.FIGURE}
    figures, charts = _figures(wanted, today)
    return Proofs(items=_items(numbers), figures=figures, charts=charts)


def _items(numbers: Collection[int]) -> Mapping[int, ItemFact]:
    rows = list(Evidence.objects.filter(number__in=numbers).select_related("organisation"))
    allowed = all_publishable([row.pk for row in rows])
    approved = EvidenceRevision.objects.approved().filter(evidence__in=rows).values_list("evidence_id", "text", "link")
    sources = {key: (text, link) for key, text, link in approved}
    return {row.number: _item(row, allowed[row.pk], sources.get(row.pk)) for row in rows}


def _item(row: Evidence, allowed: Publishable, source: tuple[str, str] | None) -> ItemFact:
    is_confidential = row.marking == CONFIDENTIAL
    told = needs_check(row.kind)
    stands = source is not None and row.archived_at is None
    return ItemFact(
        number=row.number,
        title=row.title,
        kind=EvidenceKind(row.kind).label,
        partner=row.organisation.name if row.organisation else "",
        period=period_in_words(row.covers_from_on, row.covers_to_on),
        source=_source(*source) if source and allowed.is_allowed and not told else "",
        is_confidential=is_confidential,
        needs_check=told and stands and not is_confidential and not allowed.is_nameable,
        reason="" if allowed.is_nameable else allowed.reason,
        url=reverse("evidence:evidence-show", args=[row.number]),
    )


def _source(text: str, link: str) -> str:
    """Where to find it: the link, or the first line of the text where that is short enough to be a reference."""
    first = next(iter(text.strip().splitlines()), "")
    reference = first if len(first) <= LONGEST_SOURCE else ""
    return "; ".join(part for part in (reference.rstrip("."), link) if part)


# -- figures


def _figures(
    wanted: Collection[tuple[str, str]], today: date
) -> tuple[Mapping[tuple[str, str], FigureAt], Mapping[str, Figure]]:
    indicators = list(Indicator.objects.filter(code__in={code for code, _ in wanted}))
    around = around_here() if indicators else None
    if around is None:
        return {}, {}
    codes = [indicator.code for indicator in indicators]
    places = {around.own: around.own_name, around.region: around.region_name, around.country: around.country_name}
    places = {code: name for code, name in places.items() if code}
    series = series_of(codes, list(places))
    threshold = _threshold()
    comparisons = comparisons_of(indicators, around, today=today)
    facts = {indicator.code: facts_of(indicator) for indicator in indicators}
    at = {
        (code, period): _figure_at(facts[code], series[code, around.own], period, threshold)
        for code, period in wanted
        if code in facts
    }
    charts = {}
    for indicator in indicators:
        comparison = comparisons.get(indicator.code)
        charts[indicator.code] = Figure(
            code=indicator.code,
            name=indicator.name,
            unit=indicator.unit,
            decimals=indicator.decimals,
            direction=WAY[Direction(indicator.direction)],
            source=indicator.source,
            sentence=sentence_of(comparison) if comparison else "",
            series=tuple(
                _shown(series[indicator.code, code], name, facts[indicator.code], code == around.own, threshold)
                for code, name in places.items()
                if series[indicator.code, code].points and (code == around.own or indicator.unit != "count")
            ),
        )
    return at, charts


def _threshold() -> int:
    area = LocalArea.objects.first()
    return area.suppress_up_to if area else 5


def _words(point: Point, facts: Facts, threshold: int) -> str:
    """A figure as it may be printed: our own small counts never are; a symbol is told in words."""
    if facts.is_local and facts.unit == "count" and point.value is not None and 0 < point.value <= threshold:
        return f"{threshold} or fewer"
    if point.value is None:
        return symbol_in_words(point.symbol)
    return figure_in_words(point.value, point.symbol, facts)


def _figure_at(facts: Facts, series: KeptSeries, period: str, threshold: int) -> FigureAt:
    point = point_of(series, period)
    if point is None:
        return FigureAt(name=facts.name, period=period, words="no figure", source=facts.source, is_there=False)
    return FigureAt(
        name=facts.name,
        period=point.period.label,
        words=_words(point, facts, threshold),
        source=point.release or facts.source,
        is_there=True,
    )


def _shown(series: KeptSeries, place: str, facts: Facts, is_own: bool, threshold: int) -> Series:
    points = []
    for point in series.points[-SHOWN_PERIODS:]:
        words = _words(point, facts, threshold)
        is_small = words.endswith("or fewer")
        value = None if is_small else point.value
        points.append(SeriesPoint(label=point.period.label, words=words, value=value))
    return Series(place=place, points=tuple(points), is_own=is_own)


# -- what else decides


def _standing(cycle: SelfEvaluation, document: Document, today: date) -> Standing:
    drafts = Evaluation.objects.filter(self_evaluation=cycle, state=EvaluationState.DRAFT)
    voices = Voice.objects.filter(self_evaluation=cycle, archived_at=None, checked_at=None)
    elections = ElectionPeriod.objects.filter(from_on__lte=today, to_on__gte=today)
    rounds = ConsultationRound.objects.filter(version_asked__self_evaluation=cycle)
    return Standing(
        drafts=tuple(drafts.values_list("criterion__code", flat=True)),
        unchecked_voices=voices.count(),
        elections=tuple(elections.values_list("name", flat=True)),
        was_consulted_on=rounds.exists(),
        names_children=places_that_name(document, lists_in_force()),
        urls=urls_of(cycle),
    )


def urls_of(cycle: SelfEvaluation) -> Mapping[str, str]:
    """The page that mends a text, by the code of a criterion; under "" the cycle's own."""
    judged = Evaluation.objects.filter(self_evaluation=cycle).values_list("criterion__code", "pk")
    pages = {code: reverse("selfeval:evaluation-show", args=[pk]) for code, pk in judged}
    return {"": reverse("selfeval:cycle-show", args=[cycle.pk]), **pages}
