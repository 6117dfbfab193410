"""Database → what is said of one criterion, with everything that its page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from framework.models import CriterionPoint
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.blind import Onlooker, ViewFacts, disagreement, is_blind, visible_views
from selfeval.gather.cycles import leads_by_criterion
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    Evaluation,
    EvaluationVersion,
    PartnerView,
    PositionStatement,
    Strength,
    SystemLead,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    area: AreaForDevelopment
    statements: tuple[PositionStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Partners' views as one person may see them. `is_blind`: the grade of the partnership is kept back as well."""

    shown: tuple[ViewFacts, ...]
    given: int
    is_blind: bool
    disagreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementPage:
    evaluation: Evaluation
    points: tuple[CriterionPoint, ...]
    strengths: tuple[Strength, ...]
    areas: tuple[AreaLine, ...]
    archived: tuple[Strength | AreaForDevelopment, ...]
    leads: tuple[SystemLead, ...]
    views: Views
    versions: int
    before: Evaluation | None
    next_events: tuple[CycleEvent, ...]


def judgement_page(evaluation: Evaluation, user: User, today: date) -> JudgementPage:
    """Ten queries, however much stands there."""
    areas = list(AreaForDevelopment.objects.filter(evaluation=evaluation))
    strengths = list(Strength.objects.filter(evaluation=evaluation))
    cycle = evaluation.self_evaluation
    events = CycleEvent.objects.filter(
        self_evaluation=cycle, criteria=evaluation.criterion, archived_at=None, held_on__gte=today
    )
    return JudgementPage(
        evaluation=evaluation,
        points=tuple(CriterionPoint.objects.filter(criterion=evaluation.criterion, is_archived=False)),
        strengths=tuple(row for row in strengths if row.archived_at is None),
        areas=area_lines([row for row in areas if row.archived_at is None]),
        archived=(
            *(row for row in strengths if row.archived_at is not None),
            *(row for row in areas if row.archived_at is not None),
        ),
        leads=tuple(leads_by_criterion(cycle, today)[evaluation.criterion_id]),
        views=views_of(evaluation, user),
        versions=EvaluationVersion.objects.filter(evaluation=evaluation).count(),
        before=before_of(evaluation),
        next_events=tuple(events[:3]),
    )


def texts_of_page(page: JudgementPage) -> Iterator[str]:
    """Every text of the page that may hold markers."""
    for name in EVALUATION_FIELDS:
        yield getattr(page.evaluation, name)
    yield from texts_beneath(page.strengths, page.areas)


def texts_beneath(strengths: Sequence[Strength], areas: Sequence[AreaLine]) -> Iterator[str]:
    for strength in strengths:
        yield strength.text
    for line in areas:
        yield from (line.area.text, line.area.how_found, line.area.done, line.area.changed)
        yield from (statement.text for statement in line.statements)


def area_lines(areas: Sequence[AreaForDevelopment]) -> tuple[AreaLine, ...]:
    """Each area with its position statements, the latest first (one query)."""
    statements: dict[int, list[PositionStatement]] = defaultdict(list)
    for statement in PositionStatement.objects.filter(area__in=areas).select_related("by"):
        statements[statement.area_id].append(statement)
    return tuple(AreaLine(area=area, statements=tuple(statements[area.pk])) for area in areas)


def onlooker(user: User) -> Onlooker:
    return Onlooker(
        organisation=user.organisation_id if Permission.GIVE_PARTNER_VIEW in user.permissions else None,
        gives_views=Permission.GIVE_PARTNER_VIEW in user.permissions,
        is_moderator=Permission.MODERATE in user.permissions,
    )


def view_facts(evaluation: Evaluation) -> tuple[ViewFacts, ...]:
    """What partners said of a criterion, by the name of the partner (one query)."""
    rows = PartnerView.objects.filter(evaluation=evaluation).select_related("organisation", "grade")
    return tuple(
        ViewFacts(
            organisation=row.organisation_id,
            name=row.organisation.name,
            grade=row.grade.label if row.grade else "",
            confidence=row.get_confidence_display(),
            text=row.text,
            is_submitted=row.submitted_at is not None,
        )
        for row in rows
    )


def views_of(evaluation: Evaluation, user: User) -> Views:
    facts, who = view_facts(evaluation), onlooker(user)
    shown = visible_views(facts, who, is_open=evaluation.has_open_views)
    blind = is_blind(facts, who, is_open=evaluation.has_open_views)
    area = LocalArea.objects.first()
    own = evaluation.grade.label if evaluation.grade and not blind else ""
    name = f"{area.name} partnership" if area else "The partnership"
    return Views(
        shown=shown,
        given=sum(view.is_submitted for view in facts),
        is_blind=blind,
        disagreement=disagreement(shown, own_name=name, own_grade=own),
    )


def before_of(evaluation: Evaluation) -> Evaluation | None:
    """The same criterion in the cycle before, where it has the same code."""
    previous = evaluation.self_evaluation.previous_id
    if previous is None:
        return None
    rows = Evaluation.objects.filter(self_evaluation_id=previous, criterion__code=evaluation.criterion.code)
    return rows.select_related("self_evaluation", "criterion").first()
