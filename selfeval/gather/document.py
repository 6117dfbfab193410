"""Database → the bare document of a cycle: what is written, without footnotes. A fixed number of queries.

What may never be published does not get in here: views that are not submitted, voices that nobody else has checked,
comments that have no public answer, documents that were withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, Role
from accounts.models import LocalArea
from evidence.models import Evidence, EvidenceKind, EvidenceRevision, PointLink
from framework.models import CriterionPoint, LensStatement
from selfeval.domain.freezing import people_in_words
from selfeval.domain.proof import FRESHNESS_WORDS, EvidenceFacts, cover
from selfeval.domain.published import (
    ActivityText,
    AreaText,
    CriterionText,
    Document,
    GapText,
    LensText,
    PartnerDocumentText,
    PointCovered,
    Position,
    SaidAndDone,
    SectionText,
    VersionKind,
    ViewText,
    VoiceText,
)
from selfeval.gather.heard import activities_of, publishable_voices, said_and_done
from selfeval.models import (
    AreaForDevelopment,
    DataGap,
    Evaluation,
    LensChapter,
    OutcomeChoice,
    PartnerDocument,
    PartnerView,
    PositionStatement,
    ScaleSetting,
    Section,
    SelfEvaluation,
    Strength,
)

WATERMARK = "Consultation version, not signed off"


def document_of(cycle: SelfEvaluation, kind: VersionKind, *, number: int, today: date, signed_by: str = "") -> Document:
    area = LocalArea.objects.first()
    outcome = OutcomeChoice(cycle.outcome) if cycle.outcome else None
    is_consultation = kind is VersionKind.CONSULTATION
    return Document(
        kind=kind,
        number=number,
        title=cycle.title,
        area=(area.partnership_name or area.name) if area else "",
        framework=cycle.framework.name,
        marking=area.marking if area and area.marking else "OFFICIAL",
        watermark=WATERMARK if is_consultation else "",
        frozen_on=today,
        as_at_on=cycle.as_at_on,
        signed_off_by="" if is_consultation else signed_by,
        signed_off_on=None if is_consultation else today,
        journey=cycle.journey,
        capacity_to_improve=cycle.capacity_to_improve,
        outcome=cycle.outcome,
        outcome_name=outcome.label if outcome else "",
        outcome_reason=cycle.outcome_reason,
        sections=_sections(cycle),
        lenses=_lenses(cycle),
        criteria=_criteria(cycle, today),
        evidence_kinds={kind.value: kind.label for kind in EvidenceKind},
        voices=_voices(cycle),
        activities=_activities(cycle, area.suppress_up_to if area else 5),
        said=_said(cycle),
        gaps=_gaps(cycle),
        documents=_documents(cycle),
    )


def _sections(cycle: SelfEvaluation) -> tuple[SectionText, ...]:
    rows = Section.objects.filter(self_evaluation=cycle).order_by("order", "pk")
    return tuple(SectionText(code=row.code, title=row.title, phase=row.phase, text=row.text) for row in rows)


def _lenses(cycle: SelfEvaluation) -> tuple[LensText, ...]:
    chapters = LensChapter.objects.filter(self_evaluation=cycle).select_related("lens")
    statements: dict[int, list[str]] = defaultdict(list)
    for lens, title in LensStatement.objects.filter(framework=cycle.framework_id, is_archived=False).values_list(
        "lens_id", "title"
    ):
        statements[lens].append(title)
    return tuple(
        LensText(code=row.lens.code, title=row.lens.title, statements=tuple(statements[row.lens_id]), text=row.text)
        for row in chapters
    )


# -- criteria


def _criteria(cycle: SelfEvaluation, today: date) -> tuple[CriterionText, ...]:
    rows = (
        Evaluation.objects.filter(self_evaluation=cycle)
        .select_related("criterion__group", "grade")
        .order_by("criterion__group__order", "criterion__order", "pk")
    )
    setting = ScaleSetting.objects.first()
    is_graded = setting is None or setting.is_on
    strengths: dict[int, list[str]] = defaultdict(list)
    for key, text in Strength.objects.filter(evaluation__self_evaluation=cycle, archived_at=None).values_list(
        "evaluation_id", "text"
    ):
        strengths[key].append(text)
    areas, views, points = _areas(cycle), _views(cycle, is_graded=is_graded), _points(cycle, today)
    return tuple(
        CriterionText(
            code=row.criterion.code,
            title=row.criterion.title,
            group=row.criterion.group.title,
            summary=row.criterion.summary,
            know=row.know,
            meaning=row.meaning,
            next_steps=row.next_steps,
            child_friendly=row.child_friendly,
            grade=row.grade.label if row.grade and is_graded else "",
            grade_description=row.grade.description if row.grade and is_graded else "",
            confidence=row.get_confidence_display() if row.confidence else "",
            strengths=tuple(strengths[row.pk]),
            areas=tuple(areas[row.pk]),
            views=tuple(views[row.pk]),
            points=points.get(row.criterion_id, ()),
        )
        for row in rows
    )


def _areas(cycle: SelfEvaluation) -> Mapping[int, list[AreaText]]:
    positions: dict[int, list[Position]] = defaultdict(list)
    for key, on, text in PositionStatement.objects.filter(area__evaluation__self_evaluation=cycle).values_list(
        "area_id", "as_at_on", "text"
    ):
        positions[key].append(Position(as_at_on=on, text=text))
    found: dict[int, list[AreaText]] = defaultdict(list)
    for row in AreaForDevelopment.objects.filter(evaluation__self_evaluation=cycle, archived_at=None):
        found[row.evaluation_id].append(
            AreaText(
                text=row.text,
                known_since_on=row.known_since_on,
                how_found=row.how_found,
                done=row.done,
                changed=row.changed,
                positions=tuple(positions[row.pk]),
            )
        )
    return found


def _views(cycle: SelfEvaluation, *, is_graded: bool) -> Mapping[int, list[ViewText]]:
    """Only what a partner has submitted: what is still being written is nobody else's to read."""
    found: dict[int, list[ViewText]] = defaultdict(list)
    rows = PartnerView.objects.filter(evaluation__self_evaluation=cycle, submitted_at__isnull=False)
    for row in rows.select_related("organisation", "grade"):
        found[row.evaluation_id].append(
            ViewText(
                partner=row.organisation.name,
                grade=row.grade.label if row.grade and is_graded else "",
                confidence=row.get_confidence_display() if row.confidence else "",
                text=row.text,
            )
        )
    return found


def _points(cycle: SelfEvaluation, today: date) -> Mapping[int, tuple[PointCovered, ...]]:
    """Counts of approved items by point; a confidential item counts and is not named."""
    rows = CriterionPoint.objects.filter(framework=cycle.framework_id, is_archived=False)
    titles = {code: (criterion, title) for code, criterion, title in rows.values_list("code", "criterion_id", "title")}
    found: dict[int, list[PointCovered]] = defaultdict(list)
    for one in cover(titles, _approved(cycle.framework_id), today):
        criterion, title = titles[one.point]
        found[criterion].append(
            PointCovered(
                code=one.point,
                title=title,
                by_kind=dict(one.by_kind),
                partners=one.partners,
                freshness=FRESHNESS_WORDS[one.freshest] if one.freshest else "",
            )
        )
    return {criterion: tuple(points) for criterion, points in found.items()}


def _approved(framework: int) -> list[EvidenceFacts]:
    """Approved items with the points that they speak to (two queries)."""
    links: dict[int, set[str]] = defaultdict(set)
    for item, point in PointLink.objects.filter(point__framework=framework).values_list("evidence_id", "point__code"):
        links[item].add(point)
    rows = Evidence.objects.standing().filter(pk__in=EvidenceRevision.objects.approved().values("evidence"))
    return [
        EvidenceFacts(
            number=row.number,
            title=row.title,
            kind=row.kind,
            partner=row.organisation.name if row.organisation else "",
            is_approved=True,
            covers_to_on=row.covers_to_on,
            review_by_on=row.review_by_on,
            points=frozenset(links[row.pk]),
        )
        for row in rows.select_related("organisation")
        if row.pk in links
    ]


# -- people


def _voices(cycle: SelfEvaluation) -> tuple[VoiceText, ...]:
    """Only what a second person has checked."""
    return tuple(
        VoiceText(
            text=row.text,
            who=row.who,
            heard_on=row.heard_on,
            is_synthetic=row.is_synthetic,
            criteria=tuple(sorted(one.code for one in row.criteria.all())),
        )
        for row in publishable_voices(cycle)
    )


def _activities(cycle: SelfEvaluation, threshold: int) -> tuple[ActivityText, ...]:
    return tuple(
        ActivityText(
            held_on=row.held_on,
            title=row.title,
            kind=row.kind,
            groups=", ".join(line.strip() for line in row.groups.splitlines() if line.strip()),
            people=people_in_words(row.people, threshold),
            themes=row.themes,
            criteria=tuple(sorted(one.code for one in row.criteria.all())),
        )
        for row in activities_of(cycle)
    )


def _said(cycle: SelfEvaluation) -> tuple[SaidAndDone, ...]:
    return tuple(
        SaidAndDone(
            about=row.about_code or row.about,
            who=f"{row.who}{' (synthetic)' if row.is_synthetic else ''}",
            said=row.said,
            decision=row.decision_words,
            answer=row.answer,
            what_changed=row.what_changed,
        )
        for row in said_and_done(cycle)
    )


def _gaps(cycle: SelfEvaluation) -> tuple[GapText, ...]:
    return tuple(
        GapText(
            text=row.text,
            owner=ROLE_NAMES[Role(row.owner_role)] if row.owner_role else "",
            route=row.route,
            due_on=row.due_on,
            closed_on=row.closed_on,
        )
        for row in DataGap.objects.filter(self_evaluation=cycle)
    )


def _documents(cycle: SelfEvaluation) -> tuple[PartnerDocumentText, ...]:
    rows = PartnerDocument.objects.filter(self_evaluation=cycle, withdrawn_at=None)
    return tuple(
        PartnerDocumentText(
            partner=row.organisation.name,
            title=row.title,
            submitted_on=timezone.localdate(row.submitted_at),
            text=row.text,
            file_name=row.stored.original_name if row.stored else "",
            stored=row.stored_id,
            sha256=row.stored.sha256 if row.stored else "",
        )
        for row in rows.select_related("organisation", "stored")
    )
