"""What an earlier cycle said is written again in a new one. Nothing moves; every text says where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from selfeval.actions.judgements import keep_version
from selfeval.citing import EVALUATION_FIELDS, rebuild_citations
from selfeval.domain.carrying import joined_text
from selfeval.gather.carrying import carry_plan
from selfeval.models import (
    AreaForDevelopment,
    DataGap,
    Evaluation,
    LensChapter,
    PositionStatement,
    Section,
    SelfEvaluation,
    Strength,
    SystemLead,
)
from selfeval.permissions import check_can_edit_cycle


def carry_criteria(
    *, by: User, at: datetime, cycle: SelfEvaluation, previous: SelfEvaluation, codes: Sequence[str]
) -> int:
    """Texts, strengths and areas with their statements, for the criteria named; grade and confidence are judged anew.

    A criterion in which something is written already is left alone. Returns how many criteria got something.
    """
    check_can_edit_cycle(by, cycle)
    plan = carry_plan(previous, cycle.framework)
    note = f"Carried over from “{previous.title}”"[:300]
    carried = 0
    with transaction.atomic():
        new = {row.criterion.code: row for row in _evaluations(cycle)}
        old = {row.criterion.code: row for row in _evaluations(previous)}
        for line in plan.lines:
            row = new.get(line.code)
            if line.code not in codes or not line.sources or row is None or _is_written(row):
                continue
            for name in EVALUATION_FIELDS:
                setattr(row, name, joined_text(line.sources, name))
            row.version += 1
            row.changed_by, row.changed_at = by, at
            row.save()
            for source in line.sources:
                _carry_beneath(old[source.code], row, by=by, at=at)
            keep_version(by=by, at=at, evaluation=row, note=note)
            rebuild_citations(holder=row, at=at)
            carried += 1
        record(by=by, at=at, action="selfevaluation.carried", thing=cycle, text=f"{note}: {carried} criteria.")
    return carried


def _evaluations(cycle: SelfEvaluation) -> models.QuerySet[Evaluation]:
    return Evaluation.objects.filter(self_evaluation=cycle).select_related("criterion", "self_evaluation")


def _is_written(row: Evaluation) -> bool:
    return any(getattr(row, name).strip() for name in EVALUATION_FIELDS)


def _carry_beneath(old: Evaluation, new: Evaluation, *, by: User, at: datetime) -> None:
    changed: dict[str, Any] = {"changed_by": by, "changed_at": at}
    Strength.objects.bulk_create(
        Strength(evaluation=new, text=row.text, order=row.order, **changed)
        for row in Strength.objects.filter(evaluation=old, archived_at=None)
    )
    for area in AreaForDevelopment.objects.filter(evaluation=old, archived_at=None):
        copy = AreaForDevelopment.objects.create(
            evaluation=new,
            text=area.text,
            known_since_on=area.known_since_on,
            how_found=area.how_found,
            done=area.done,
            changed=area.changed,
            order=area.order,
            **changed,
        )
        PositionStatement.objects.bulk_create(
            PositionStatement(area=copy, as_at_on=each.as_at_on, text=each.text, by_id=each.by_id, at=each.at)
            for each in PositionStatement.objects.filter(area=area).order_by("as_at_on", "pk")
        )


def carry_rest(
    *,
    by: User,
    at: datetime,
    cycle: SelfEvaluation,
    previous: SelfEvaluation,
    takes_sections: bool,
    takes_gaps: bool,
    takes_leads: bool,
) -> SelfEvaluation:
    """Sections and chapters by code, the data that is still lacking, the system leads of the same criteria."""
    check_can_edit_cycle(by, cycle)
    with transaction.atomic():
        changed: dict[str, Any] = {"changed_by": by, "changed_at": at}
        if takes_sections:
            _carry_sections(cycle, previous, at, changed)
        if takes_gaps:
            DataGap.objects.bulk_create(
                DataGap(
                    self_evaluation=cycle,
                    text=gap.text,
                    owner_id=gap.owner_id,
                    owner_role=gap.owner_role,
                    route=gap.route,
                    due_on=gap.due_on,
                    order=gap.order,
                    **changed,
                )
                for gap in DataGap.objects.filter(self_evaluation=previous, closed_on=None)
            )
        if takes_leads:
            _carry_leads(cycle, previous, at)
    return cycle


def _carry_sections(cycle: SelfEvaluation, previous: SelfEvaluation, at: datetime, changed: dict[str, Any]) -> None:
    cycle.journey, cycle.capacity_to_improve = previous.journey, previous.capacity_to_improve
    cycle.save(update_fields=["journey", "capacity_to_improve"])
    new = {row.code: row for row in Section.objects.filter(self_evaluation=cycle).select_related("self_evaluation")}
    for old in Section.objects.filter(self_evaluation=previous):
        row = new.get(old.code) or Section(
            self_evaluation=cycle, code=old.code, phase=old.phase, order=old.order, title=old.title
        )
        row.title, row.text = old.title, old.text
        row.changed_by, row.changed_at = changed["changed_by"], at
        row.save()
        rebuild_citations(holder=row, at=at)
    chapters = {row.lens.code: row for row in LensChapter.objects.filter(self_evaluation=cycle).select_related("lens")}
    for before in LensChapter.objects.filter(self_evaluation=previous).select_related("lens"):
        chapter = chapters.get(before.lens.code)
        if chapter:
            LensChapter.objects.filter(pk=chapter.pk).update(text=before.text, **changed)
    rebuild_citations(holder=cycle, at=at)


def _carry_leads(cycle: SelfEvaluation, previous: SelfEvaluation, at: datetime) -> None:
    today = timezone.localdate(at)
    criteria = {row.criterion.code: row.criterion for row in _evaluations(cycle)}
    standing = SystemLead.objects.filter(self_evaluation=previous, user__is_active=True).select_related("criterion")
    SystemLead.objects.bulk_create(
        SystemLead(self_evaluation=cycle, criterion=criteria[row.criterion.code], user_id=row.user_id, from_on=today)
        for row in standing.filter(models.Q(to_on=None) | models.Q(to_on__gte=today))
        if row.criterion.code in criteria
    )
