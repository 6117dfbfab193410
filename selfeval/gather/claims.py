"""Database → what is known of the claims of a cycle, in a fixed number of queries however much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from evidence.models import EvidenceKind
from framework.models import CriterionPoint
from indicators.domain.areas import ENGLAND
from indicators.gather import facts_of, series_of
from indicators.models import Indicator
from selfeval.citing import CYCLE_FIELDS
from selfeval.domain.blind import Onlooker, ViewFacts, is_blind
from selfeval.domain.claim_facts import AreaSaid, ClaimFacts, CriterionClaims
from selfeval.domain.claims import CitedFigure, CitedProof, Passage
from selfeval.domain.contradiction import Measured
from selfeval.domain.figures import Cited
from selfeval.domain.proof import EvidenceFacts, PointCover, cover
from selfeval.domain.rendering import Standing
from selfeval.gather.citing import standing_of
from selfeval.gather.current import current_cycle
from selfeval.gather.log import Logged, linked_items, logged_items
from selfeval.gather.words import words_in_force
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CitationKind,
    Evaluation,
    LensChapter,
    PartnerView,
    PositionStatement,
    ScaleSetting,
    Section,
    SelfEvaluation,
    Strength,
)

# Texts that say how things are; the others say what is meant and what comes next.
CLAIMING = frozenset({"know"})
QUESTIONS = {"know": "What do we know?", "meaning": "What does it mean?", "next_steps": "What next?"}
CYCLE_NAMES = {
    "journey": "The journey since the last inspection",
    "capacity_to_improve": "Our capacity to improve",
    "outcome_reason": "The outcome that we see",
}


def claim_facts(
    cycle: SelfEvaluation,
    today: date,
    *,
    evaluations: QuerySet[Evaluation],
    reader: User | None,
    is_brief: bool = False,
) -> ClaimFacts:
    """Everything that the checks read of these evaluations; of the parts too where the reader may read all.

    `is_brief` leaves out what lies under the points and the figures that nobody cites: for the readiness page.
    Twenty queries at most.
    """
    rows = list(
        evaluations.filter(self_evaluation=cycle)
        .select_related("criterion", "grade")
        .order_by("criterion__group__order", "criterion__order", "pk")
    )
    reads_all = reader is None or Permission.READ_DRAFTS in reader.permissions
    citations = list(
        Citation.objects.filter(self_evaluation=cycle).select_related("evidence", "indicator").order_by("pk")
    )
    log = logged_items({row.evidence.number for row in citations if row.evidence} if is_brief else None)
    measured = _measured({row.indicator for row in citations if row.indicator}, is_brief=is_brief)
    covered = _Covered(cycle, log, today) if not is_brief else None
    beneath = _Beneath(rows)
    views, blind = _views(rows, reader)
    graded = ScaleSetting.objects.filter(is_on=False).first() is None
    reading = _Reading(log=log, measured=measured)
    return ClaimFacts(
        title=cycle.title,
        today=today,
        words=words_in_force(),
        kind_names=dict(EvidenceKind.choices),
        criteria=tuple(
            CriterionClaims(
                code=row.criterion.code,
                title=row.criterion.title,
                url=page_of(row),
                evaluation=row.pk,
                is_written=bool(row.know.strip()),
                passages=beneath.passages(row),
                cover=covered.cover(row.criterion_id) if covered else (),
                items=covered.items(row.criterion_id) if covered else (),
                proofs=reading.proofs(citations, row),
                figures=reading.figures(citations, row),
                measured=measured,
                views={} if row.pk in blind or not graded else views.get(row.pk, {}),
                own_grade=row.grade.label if row.grade and graded and row.pk not in blind else "",
                confidence=row.confidence,
                areas=beneath.areas(row),
            )
            for row in rows
        ),
        parts=_parts(cycle) if reads_all else (),
        proofs=reading.proofs(citations, None) if reads_all else (),
        figures=reading.figures(citations, None) if reads_all else (),
        measured=measured,
        page_url=reverse("selfeval:claim-list"),
        has_cover=not is_brief,
    )


def home_claims(today: date) -> ClaimFacts | None:
    """What the readiness page reads; None while there is no cycle."""
    cycle = current_cycle()
    if cycle is None:
        return None
    return claim_facts(cycle, today, evaluations=Evaluation.objects.all(), reader=None, is_brief=True)


def page_of(evaluation: Evaluation) -> str:
    return reverse("selfeval:evaluation-show", args=[evaluation.pk])


class _Beneath:
    """Strengths, areas for development and their newest positions: three queries."""

    def __init__(self, rows: Collection[Evaluation]) -> None:
        keys = [row.pk for row in rows]
        self._strengths: dict[int, list[Strength]] = defaultdict(list)
        for strength in Strength.objects.filter(evaluation__in=keys, archived_at=None):
            self._strengths[strength.evaluation_id].append(strength)
        self._areas: dict[int, list[AreaForDevelopment]] = defaultdict(list)
        for area in AreaForDevelopment.objects.filter(evaluation__in=keys, archived_at=None):
            self._areas[area.evaluation_id].append(area)
        self._positions: dict[int, str] = {}
        held = PositionStatement.objects.filter(area__evaluation__in=keys, area__archived_at=None)
        for area_id, text in held.values_list("area", "text"):
            self._positions.setdefault(area_id, text)

    def passages(self, row: Evaluation) -> tuple[Passage, ...]:
        url = page_of(row)
        found = [
            Passage(where=name, text=getattr(row, field), is_claiming=field in CLAIMING, url=url)
            for field, name in QUESTIONS.items()
        ]
        found += [
            Passage(where="Strength", text=one.text, is_claiming=True, url=url) for one in self._strengths[row.pk]
        ]
        for area in self._areas[row.pk]:
            found.append(Passage(where="What changed", text=area.changed, is_claiming=True, url=url))
            found.append(Passage(where="Position", text=self._positions.get(area.pk, ""), is_claiming=True, url=url))
        return tuple(found)

    def areas(self, row: Evaluation) -> tuple[AreaSaid, ...]:
        return tuple(
            AreaSaid(text=area.text, known_since_on=area.known_since_on, changed=area.changed)
            for area in self._areas[row.pk]
        )


def _parts(cycle: SelfEvaluation) -> tuple[Passage, ...]:
    """The texts outside the criteria: two queries."""
    own = {name: reverse("selfeval:cycle-edit", args=[cycle.pk]) for name in CYCLE_FIELDS}
    own["outcome_reason"] = reverse("selfeval:outcome-edit", args=[cycle.pk])
    return (
        *(
            Passage(where=CYCLE_NAMES[name], text=getattr(cycle, name), is_claiming=True, url=own[name])
            for name in CYCLE_FIELDS
        ),
        *(
            Passage(
                where=section.title,
                text=section.text,
                is_claiming=True,
                url=reverse("selfeval:row-edit", args=["section", section.pk]),
            )
            for section in Section.objects.filter(self_evaluation=cycle)
        ),
        *(
            Passage(
                where=chapter.lens.title,
                text=chapter.text,
                is_claiming=True,
                url=reverse("selfeval:row-edit", args=["chapter", chapter.pk]),
            )
            for chapter in LensChapter.objects.filter(self_evaluation=cycle).select_related("lens")
        ),
    )


class _Covered:
    """What lies under the points of each criterion: two queries, each item and each point looked at once."""

    def __init__(self, cycle: SelfEvaluation, log: Mapping[int, Logged], today: date) -> None:
        rows = CriterionPoint.objects.filter(framework=cycle.framework_id, is_archived=False).order_by("order", "code")
        points = list(rows.values_list("pk", "criterion", "code"))
        self._criterion_of = {code: criterion for _, criterion, code in points}
        items = linked_items({key: code for key, _, code in points}, log)
        self._cover: dict[int, list[PointCover]] = defaultdict(list)
        for each in cover([code for _, _, code in points], items, today):
            self._cover[self._criterion_of[each.point]].append(each)
        self._items: dict[int, list[EvidenceFacts]] = defaultdict(list)
        for item in items:
            for criterion in {self._criterion_of[code] for code in item.points}:
                self._items[criterion].append(item)

    def cover(self, criterion: int) -> tuple[PointCover, ...]:
        return tuple(self._cover[criterion])

    def items(self, criterion: int) -> tuple[EvidenceFacts, ...]:
        return tuple(self._items[criterion])


class _Reading:
    """Citations as facts."""

    def __init__(self, *, log: Mapping[int, Logged], measured: Mapping[str, Measured]) -> None:
        self._log, self._measured = log, measured

    def _of(self, citations: Iterable[Citation], row: Evaluation | None, kind: CitationKind) -> list[Citation]:
        return [
            one for one in citations if one.kind == kind and one.evaluation_id == (row.pk if row is not None else None)
        ]

    def proofs(self, citations: Iterable[Citation], row: Evaluation | None) -> tuple[CitedProof, ...]:
        where, url = _where(row)
        found = []
        for one in self._of(citations, row, CitationKind.EVIDENCE):
            logged = self._log.get(one.evidence.number) if one.evidence else None
            found.append(
                CitedProof(
                    marker=one.marker.strip("[]"),
                    where=where,
                    url=url or _part_url(one),
                    cited_on=timezone.localdate(one.cited_at),
                    standing=standing_of(is_archived=logged.is_archived, has_approved=logged.is_approved)
                    if logged
                    else Standing.UNKNOWN,
                    item=logged.facts(frozenset()) if logged else None,
                    approved_on=timezone.localdate(logged.approved_at) if logged and logged.approved_at else None,
                    revision=logged.revision if logged else 0,
                    key=one.pk,
                )
            )
        return tuple(found)

    def figures(self, citations: Iterable[Citation], row: Evaluation | None) -> tuple[CitedFigure, ...]:
        where, url = _where(row)
        found = []
        for one in self._of(citations, row, CitationKind.FIGURE):
            measured = self._measured.get(one.indicator.code) if one.indicator else None
            found.append(
                CitedFigure(
                    marker=one.marker,
                    where=where,
                    url=url or _part_url(one),
                    is_pinned="@" in one.marker,
                    cited=Cited(period_label=one.period_label, value=one.value_when_cited, symbol=one.symbol),
                    facts=measured.facts if measured else None,
                    series=measured.own if measured else None,
                    key=one.pk,
                )
            )
        return tuple(found)


def _where(row: Evaluation | None) -> tuple[str, str]:
    return (row.criterion.code, page_of(row)) if row is not None else ("The parts", "")


def _part_url(one: Citation) -> str:
    return reverse("selfeval:cycle-show", args=[one.self_evaluation_id])


def _measured(cited: Collection[Indicator], *, is_brief: bool) -> Mapping[str, Measured]:
    """Our figures and England's, of every indicator that is followed or cited: four queries."""
    rows = {row.code: row for row in cited}
    if not is_brief:
        rows |= {row.code: row for row in Indicator.objects.in_use()}
    here = LocalArea.objects.first() if rows else None
    if here is None:
        return {}
    series = series_of(list(rows), [here.la_code, ENGLAND])
    return {
        code: Measured(facts=facts_of(row), own=series[code, here.la_code], country=series[code, ENGLAND])
        for code, row in rows.items()
    }


def _views(rows: Collection[Evaluation], reader: User | None) -> tuple[dict[int, dict[str, str]], frozenset[int]]:
    """Grades that partners submitted, by evaluation; and the evaluations of which this reader may not see them yet."""
    held: dict[int, list[ViewFacts]] = defaultdict(list)
    views = PartnerView.objects.filter(evaluation__in=[row.pk for row in rows], submitted_at__isnull=False)
    for view in views.select_related("organisation", "grade"):
        held[view.evaluation_id].append(
            ViewFacts(
                organisation=view.organisation_id,
                name=view.organisation.name,
                grade=view.grade.label if view.grade else "",
                confidence=view.confidence,
                text="",
                is_submitted=True,
            )
        )
    grades = {key: {view.name: view.grade for view in given if view.grade} for key, given in held.items()}
    if reader is None:
        return grades, frozenset()
    who = Onlooker(
        organisation=reader.organisation_id,
        gives_views=Permission.GIVE_PARTNER_VIEW in reader.permissions,
        is_moderator=Permission.MODERATE in reader.permissions,
    )
    blind = (row.pk for row in rows if is_blind(held[row.pk], who, is_open=row.has_open_views))
    return grades, frozenset(blind)
