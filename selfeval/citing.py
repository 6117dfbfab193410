"""Keeps the citations of a text in step with its markers. Called by the actions that save a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import LocalArea
from evidence.models import Evidence
from indicators.domain.series import Series
from indicators.gather import series_of
from indicators.models import Indicator
from selfeval.domain.figures import Cited, cited_now
from selfeval.domain.markers import Marker, MarkerKind, sentences
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CitationKind,
    Evaluation,
    LensChapter,
    PositionStatement,
    Section,
    SelfEvaluation,
    Strength,
)

Holder = SelfEvaluation | Section | Evaluation
CYCLE_FIELDS = ("journey", "capacity_to_improve", "outcome_reason")
EVALUATION_FIELDS = ("know", "meaning", "next_steps", "child_friendly")
LONGEST = 120
AREA_FIELDS = ("text", "how_found", "done", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text that may hold markers. `field` names it among the texts of its holder: "know", "strength:12"."""

    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A marker in its text, with the words of its sentence."""

    field: str
    sentence: str
    marker: Marker


def texts_of(holder: Holder) -> tuple[Text, ...]:
    """Every text of a cycle (without its sections and criteria), a section or an evaluation, as the rows stand."""
    match holder:
        case SelfEvaluation():
            chapters = LensChapter.objects.filter(self_evaluation=holder)
            return (
                *(Text(field=name, words=getattr(holder, name)) for name in CYCLE_FIELDS),
                *(Text(field=f"lens:{chapter.pk}", words=chapter.text) for chapter in chapters),
            )
        case Section():
            return (Text(field="text", words=holder.text),)
        case Evaluation():
            return (
                *(Text(field=name, words=getattr(holder, name)) for name in EVALUATION_FIELDS),
                *_beneath(holder),
            )


def _beneath(evaluation: Evaluation) -> Iterator[Text]:
    for strength in Strength.objects.filter(evaluation=evaluation, archived_at=None):
        yield Text(field=f"strength:{strength.pk}", words=strength.text)
    areas = AreaForDevelopment.objects.filter(evaluation=evaluation, archived_at=None)
    newest: dict[int, PositionStatement] = {}
    for statement in PositionStatement.objects.filter(area__in=areas):
        newest.setdefault(statement.area_id, statement)
    for area in areas:
        for name in AREA_FIELDS:
            yield Text(field=f"area:{area.pk}:{name}", words=getattr(area, name))
        if area.pk in newest:
            yield Text(field=f"area:{area.pk}:position", words=newest[area.pk].text)


@transaction.atomic
def rebuild_citations(*, holder: Holder, at: datetime) -> tuple[Citation, ...]:
    """Writes the citations of a holder anew from its texts as they are stored. Call it last in the saving action.

    A marker that stays keeps the value and the day of its first citing, wherever in the holder it now stands. A marker
    of nothing that is known keeps its row without evidence or indicator, so that it is told. A figure that nobody had
    published when it was cited takes the first value that appears. Eight queries at most, however many markers.
    """
    found = [
        Found(field=text.field, sentence=sentence.words, marker=marker)
        for text in texts_of(holder)
        for sentence in sentences(text.words)
        for marker in sentence.markers
    ]
    held = Citation.objects.filter(**_place(holder))
    before: dict[str, Citation] = {}
    for citation in held.order_by("cited_at", "pk"):
        before.setdefault(citation.marker, citation)
    if not found:
        held.delete()
        return ()
    evidence = _evidence(found)
    indicators = _indicators(found)
    series = own_series(list(indicators))
    rows = [
        _citation(
            holder,
            each,
            before.get(each.marker.text[:LONGEST]),
            evidence=evidence,
            indicators=indicators,
            series=series,
            at=at,
        )
        for each in found
    ]
    held.delete()
    return tuple(Citation.objects.bulk_create(rows))


def _place(holder: Holder) -> dict[str, object]:
    match holder:
        case SelfEvaluation():
            return {"self_evaluation": holder, "evaluation": None, "section": None}
        case Section():
            return {"self_evaluation_id": holder.self_evaluation_id, "evaluation": None, "section": holder}
        case Evaluation():
            return {"self_evaluation_id": holder.self_evaluation_id, "evaluation": holder, "section": None}


def _evidence(found: list[Found]) -> Mapping[str, Evidence]:
    numbers = {int(each.marker.key) for each in found if each.marker.kind is MarkerKind.EVIDENCE}
    rows = Evidence.objects.filter(number__in=numbers) if numbers else ()
    return {str(row.number): row for row in rows}


def _indicators(found: list[Found]) -> Mapping[str, Indicator]:
    codes = {each.marker.key for each in found if each.marker.kind is MarkerKind.FIGURE}
    rows = Indicator.objects.filter(code__in=codes) if codes else ()
    return {row.code: row for row in rows}


def own_series(codes: list[str]) -> Mapping[str, Series]:
    """The series of our own area by indicator; without points before the area is named (three queries at most)."""
    here = LocalArea.objects.first() if codes else None
    if here is None:
        return {code: Series(indicator=code, area="") for code in codes}
    return {code: series for (code, _), series in series_of(codes, [here.la_code]).items()}


def _citation(
    holder: Holder,
    found: Found,
    before: Citation | None,
    *,
    evidence: Mapping[str, Evidence],
    indicators: Mapping[str, Indicator],
    series: Mapping[str, Series],
    at: datetime,
) -> Citation:
    marker = found.marker
    row = Citation(
        **_place(holder),
        field=found.field,
        kind=CitationKind(marker.kind.value),
        marker=marker.text[:LONGEST],
        sentence=found.sentence,
        cited_at=before.cited_at if before else at,
    )
    if marker.kind is MarkerKind.EVIDENCE:
        row.evidence = evidence.get(marker.key)
        return row
    row.indicator = indicators.get(marker.key)
    row.period_label = marker.period[:40]
    if row.indicator:
        cited = _kept(before) or cited_now(series[marker.key], marker.period)
        row.period_label, row.value_when_cited, row.symbol = cited.period_label[:40], cited.value, cited.symbol
    return row


def _kept(before: Citation | None) -> Cited | None:
    if before is None:
        return None
    cited = Cited(period_label=before.period_label, value=before.value_when_cited, symbol=before.symbol)
    return None if cited.is_empty else cited
