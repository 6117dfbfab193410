"""Database → what a system lead has before it, for the next three things."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count

from accounts.models import User
from evidence.models import Evidence, EvidenceRevision
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.blind import ViewFacts, disagreement
from selfeval.domain.markers import nearly_markers, sentences
from selfeval.domain.next_things import AreaFact, LeadFacts
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CycleEvent,
    Evaluation,
    EvaluationState,
    PartnerView,
    PositionStatement,
    Strength,
)
from selfeval.permissions import CLOSED, leads_today

QUESTIONS = {"know": "What do we know?", "meaning": "What does it mean?", "next_steps": "What next?"}


def led_by(user: User) -> list[Evaluation]:
    """The criteria of standing cycles that a person leads today, in the order of the rulebook (two queries)."""
    pairs = set(leads_today(user).values_list("self_evaluation_id", "criterion_id"))
    rows = Evaluation.objects.filter(
        self_evaluation__in={cycle for cycle, _ in pairs}, criterion__in={criterion for _, criterion in pairs}
    ).exclude(self_evaluation__state__in=CLOSED)
    found = rows.select_related("self_evaluation", "criterion__group", "grade")
    return [
        row
        for row in found.order_by("criterion__group__order", "criterion__order", "pk")
        if (row.self_evaluation_id, row.criterion_id) in pairs
    ]


def lead_facts(evaluations: list[Evaluation], today: date) -> list[LeadFacts]:
    """What is open in each: seven queries, however many criteria somebody leads."""
    drafts = [row for row in evaluations if row.state == EvaluationState.DRAFT]
    areas = _areas(drafts)
    strengths = dict(
        Strength.objects.filter(evaluation__in=drafts, archived_at=None)
        .order_by()
        .values_list("evaluation_id")
        .annotate(count=Count("pk"))
    )
    gone = _gone(drafts, today)
    views = _views(drafts)
    events = _events(drafts, today)
    return [
        LeadFacts(
            evaluation=row.pk,
            code=row.criterion.code,
            title=row.criterion.title,
            empty=tuple(label for name, label in QUESTIONS.items() if not getattr(row, name).strip()),
            near=tuple(near for name in EVALUATION_FIELDS for near in nearly_markers(getattr(row, name))),
            uncited=sum(1 for sentence in sentences(row.know) if sentence.words and not sentence.markers),
            gone=tuple(gone[row.pk]),
            areas=tuple(areas[row.pk]),
            strengths=strengths.get(row.pk, 0),
            has_plain_words=bool(row.child_friendly.strip()),
            has_confidence=bool(row.confidence),
            disagreement=disagreement(
                views[row.pk], own_name="Our draft", own_grade=row.grade.label if row.grade else ""
            )
            if row.has_open_views
            else "",
            next_event=events[row.self_evaluation_id, row.criterion_id].title
            if (row.self_evaluation_id, row.criterion_id) in events
            else "",
            next_event_on=events[row.self_evaluation_id, row.criterion_id].held_on
            if (row.self_evaluation_id, row.criterion_id) in events
            else None,
        )
        for row in drafts
    ]


def _areas(rows: list[Evaluation]) -> dict[int, list[AreaFact]]:
    areas = list(AreaForDevelopment.objects.filter(evaluation__in=rows, archived_at=None))
    latest: dict[int, date] = {}
    for key, day in PositionStatement.objects.filter(area__in=areas).values_list("area_id", "as_at_on"):
        latest[key] = max(day, latest.get(key, day))
    found: dict[int, list[AreaFact]] = defaultdict(list)
    for area in areas:
        found[area.evaluation_id].append(
            AreaFact(
                text=area.text,
                has_known_since=area.known_since_on is not None,
                has_done=bool(area.done.strip()),
                position_on=latest.get(area.pk),
            )
        )
    return found


def _gone(rows: list[Evaluation], today: date) -> dict[int, list[str]]:
    """Cited evidence that carries nothing any more: archived, without an approved revision, past its review date."""
    found: dict[int, list[str]] = defaultdict(list)
    cited = Citation.objects.filter(evaluation__in=rows, evidence__isnull=False).select_related("evidence")
    citations = list(cited)
    approved = set(
        EvidenceRevision.objects.filter(
            evidence__in={citation.evidence_id for citation in citations}, state="approved"
        ).values_list("evidence_id", flat=True)
    )
    for citation in citations:
        item: Evidence | None = citation.evidence
        if item is None or citation.evaluation_id is None:
            continue
        is_past = item.review_by_on is not None and item.review_by_on < today
        if (item.archived_at or item.pk not in approved or is_past) and item.code not in found[citation.evaluation_id]:
            found[citation.evaluation_id].append(item.code)
    return found


def _views(rows: list[Evaluation]) -> dict[int, list[ViewFacts]]:
    found: dict[int, list[ViewFacts]] = defaultdict(list)
    given = PartnerView.objects.filter(evaluation__in=rows, submitted_at__isnull=False)
    for view in given.select_related("organisation", "grade"):
        found[view.evaluation_id].append(
            ViewFacts(
                organisation=view.organisation_id,
                name=view.organisation.name,
                grade=view.grade.label if view.grade else "",
                confidence=view.confidence,
                text=view.text,
                is_submitted=True,
            )
        )
    return found


def _events(rows: list[Evaluation], today: date) -> dict[tuple[int, int], CycleEvent]:
    """The next event of each cycle and criterion."""
    found: dict[tuple[int, int], CycleEvent] = {}
    events = CycleEvent.objects.filter(
        self_evaluation__in={row.self_evaluation_id for row in rows}, archived_at=None, held_on__gte=today
    ).prefetch_related("criteria")
    for event in events:
        for criterion in event.criteria.all():
            found.setdefault((event.self_evaluation_id, criterion.pk), event)
    return found
