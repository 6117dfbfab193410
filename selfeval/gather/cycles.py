"""Database → a cycle as its pages read it, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from selfeval.domain.parts import ASKS
from selfeval.models import (
    CycleEvent,
    DataGap,
    Evaluation,
    LensChapter,
    PartnerDocument,
    PartnerView,
    Phase,
    Section,
    SelfEvaluation,
    SystemLead,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """One criterion in the list of a cycle. `leads`: names; `views`: how many partners have given theirs."""

    evaluation: Evaluation
    leads: tuple[str, ...]
    views: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    section: Section
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseLines:
    name: str
    sections: tuple[SectionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    phases: Mapping[str, PhaseLines]
    chapters: tuple[LensChapter, ...]
    lines: tuple[CriterionLine, ...]
    events: tuple[CycleEvent, ...]
    open_gaps: int
    documents: tuple[PartnerDocument, ...]


def evaluations_of(cycle: SelfEvaluation) -> list[Evaluation]:
    """The judgements of a cycle in the order of the rulebook."""
    rows = Evaluation.objects.filter(self_evaluation=cycle).select_related("criterion__group", "grade", "changed_by")
    return list(rows.order_by("criterion__group__order", "criterion__order", "pk"))


def cycle_lines(cycle: SelfEvaluation, today: date) -> tuple[CriterionLine, ...]:
    """Each criterion with who leads it today and how far it is written (three queries)."""
    leads = leads_by_criterion(cycle, today)
    given = dict(
        PartnerView.objects.filter(evaluation__self_evaluation=cycle, submitted_at__isnull=False)
        .order_by()
        .values_list("evaluation_id")
        .annotate(count=Count("pk"))
    )
    return tuple(
        CriterionLine(
            evaluation=row,
            leads=tuple(lead.user.name for lead in leads[row.criterion_id]),
            views=given.get(row.pk, 0),
            answered=sum(bool(text.strip()) for text in (row.know, row.meaning, row.next_steps)),
        )
        for row in evaluations_of(cycle)
    )


def leads_by_criterion(cycle: SelfEvaluation, today: date) -> Mapping[int, list[SystemLead]]:
    rows = SystemLead.objects.filter(Q(to_on=None) | Q(to_on__gte=today), self_evaluation=cycle, from_on__lte=today)
    found: dict[int, list[SystemLead]] = defaultdict(list)
    for row in rows.select_related("user").order_by("from_on", "pk"):
        found[row.criterion_id].append(row)
    return found


def overview_of(cycle: SelfEvaluation, today: date) -> Overview:
    """Everything that the first page of a cycle shows: eight queries."""
    sections = list(Section.objects.filter(self_evaluation=cycle).select_related("changed_by"))
    return Overview(
        phases={phase.value: PhaseLines(name=phase.label, sections=tuple(_lines(sections, phase))) for phase in Phase},
        chapters=tuple(LensChapter.objects.filter(self_evaluation=cycle).select_related("lens", "changed_by")),
        lines=cycle_lines(cycle, today),
        events=tuple(CycleEvent.objects.filter(self_evaluation=cycle, archived_at=None, held_on__gte=today)[:4]),
        open_gaps=DataGap.objects.filter(self_evaluation=cycle, closed_on=None).count(),
        documents=tuple(
            PartnerDocument.objects.filter(self_evaluation=cycle, withdrawn_at=None).select_related("organisation")
        ),
    )


def texts_of_overview(cycle: SelfEvaluation, overview: Overview) -> Iterable[str]:
    """Every text of the first page that may hold markers."""
    yield from (cycle.journey, cycle.capacity_to_improve, cycle.outcome_reason)
    for phase in overview.phases.values():
        yield from (line.section.text for line in phase.sections)
    yield from (chapter.text for chapter in overview.chapters)


def _lines(sections: Iterable[Section], phase: Phase) -> Iterable[SectionLine]:
    for section in sections:
        if section.phase == phase:
            yield SectionLine(section=section, asks=ASKS.get(section.code, ""))


def gaps_of(cycle: SelfEvaluation) -> list[DataGap]:
    """The register of data we lack: the open ones first."""
    rows = DataGap.objects.filter(self_evaluation=cycle).select_related("owner")
    return sorted(rows, key=lambda gap: (gap.closed_on is not None, gap.order, gap.pk))


def events_of(cycle: SelfEvaluation) -> list[CycleEvent]:
    """The timeline: three queries."""
    rows = CycleEvent.objects.filter(self_evaluation=cycle, archived_at=None)
    return list(rows.prefetch_related("criteria", "organisations"))


def cycles() -> list[SelfEvaluation]:
    """Every cycle, the newest first (one query)."""
    return list(SelfEvaluation.objects.select_related("framework", "signed_off_by", "previous"))
