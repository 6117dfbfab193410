"""What is said of a criterion: saved with numbered versions, moderated, signed off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from selfeval.citing import EVALUATION_FIELDS, rebuild_citations
from selfeval.domain.judgements import STEPS, JudgementState, JudgementStep
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    Evaluation,
    EvaluationVersion,
    PositionStatement,
)
from selfeval.permissions import check_can_take_step, check_can_write
from strategy.actions.rows import Conflict

# So long the page's own saves of one person run on in one numbered version.
RUNNING = timedelta(minutes=15)
QUESTIONS = ("know", "meaning", "next_steps")


def save_evaluation(
    *,
    by: User,
    at: datetime,
    evaluation: Evaluation,
    version: int,
    fields: Mapping[str, Any],
    is_autosave: bool = False,
) -> Evaluation:
    """Writes texts, grade and confidence, and keeps the texts as a numbered version. Raises strategy's Conflict."""
    check_can_write(by, evaluation)
    with transaction.atomic():
        now = _locked(evaluation)
        if now.version != version:
            raise Conflict(now)
        check_can_write(by, now)
        changed = [name for name, value in fields.items() if getattr(now, name) != value]
        for name in changed:
            setattr(now, name, fields[name])
        if changed:
            _store(now, by=by, at=at)
        is_new = True
        if set(changed) & set(EVALUATION_FIELDS):
            is_new = _keep_version(now, by=by, at=at, is_autosave=is_autosave)
            rebuild_citations(holder=now, at=at)
        elif not is_autosave:
            _settle_version(now, by=by)
        # What the page keeps by itself every few seconds is one line of the trail, not hundreds.
        if changed and is_new:
            record(by=by, at=at, action="evaluation.saved", thing=now, fields=sorted(changed))
    return now


def add_answers(
    *, by: User, at: datetime, evaluation: Evaluation, event: CycleEvent, answers: Mapping[str, str]
) -> Evaluation:
    """Puts what was said in a meeting beneath the three questions, with the meeting's name. Nothing is replaced."""
    check_can_write(by, evaluation)
    said = {name: answers[name].strip() for name in QUESTIONS if answers.get(name, "").strip()}
    if not said:
        raise NotAllowed("Write something beneath one of the three questions first.")
    heading = f"{event.title}, {event.held_on:%-d %B %Y}"
    with transaction.atomic():
        now = _locked(evaluation)
        check_can_write(by, now)
        for name, text in said.items():
            before = getattr(now, name).rstrip()
            setattr(now, name, f"{before}\n{heading}: {text}" if before else f"{heading}: {text}")
        _store(now, by=by, at=at)
        _keep_version(now, by=by, at=at, note=f"From {heading}")
        rebuild_citations(holder=now, at=at)
        record(by=by, at=at, action="evaluation.answered", thing=now, text=f"From {heading}.", fields=sorted(said))
    return now


def restore_version(*, by: User, at: datetime, version: EvaluationVersion) -> Evaluation:
    """Writes the texts of an older version again, as a new version. What stood there stays among the versions."""
    check_can_write(by, version.evaluation)
    with transaction.atomic():
        now = _locked(version.evaluation)
        check_can_write(by, now)
        for name in EVALUATION_FIELDS:
            setattr(now, name, version.texts.get(name, ""))
        _store(now, by=by, at=at)
        _keep_version(now, by=by, at=at, note=f"Version {version.number} again")
        rebuild_citations(holder=now, at=at)
        record(by=by, at=at, action="evaluation.restored", thing=now, text=f"Version {version.number} again.")
    return now


def take_step(*, by: User, at: datetime, evaluation: Evaluation, step: JudgementStep) -> Evaluation:
    """Moderates, signs off or puts back to draft."""
    check_can_take_step(by, evaluation, step)
    with transaction.atomic():
        now = _locked(evaluation)
        check_can_take_step(by, now, step)
        now.state = STEPS[JudgementState(now.state), step].value
        now.decided_by, now.decided_at = by, at
        now.save(update_fields=["state", "decided_by", "decided_at"])
        record(by=by, at=at, action=f"evaluation.{step.value}", thing=now)
    return now


def add_position(*, by: User, at: datetime, area: AreaForDevelopment, as_at_on: date, text: str) -> PositionStatement:
    """Where an area for development stands on a day, beside the statements before it."""
    check_can_write(by, area.evaluation)
    with transaction.atomic():
        statement = PositionStatement.objects.create(area=area, as_at_on=as_at_on, text=text, by=by, at=at)
        rebuild_citations(holder=area.evaluation, at=at)
        record(by=by, at=at, action="area.positioned", thing=area, text=f"As at {as_at_on:%-d %B %Y}.")
    return statement


def keep_version(*, by: User | None, at: datetime, evaluation: Evaluation, note: str) -> None:
    """Keeps the texts as they stand; for actions that write an evaluation in their own transaction."""
    _keep_version(evaluation, by=by, at=at, note=note)


def _locked(evaluation: Evaluation) -> Evaluation:
    return (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("self_evaluation", "criterion")
        .get(pk=evaluation.pk)
    )


def _store(evaluation: Evaluation, *, by: User, at: datetime) -> None:
    evaluation.version += 1
    evaluation.changed_by, evaluation.changed_at = by, at
    evaluation.save()


def _texts(evaluation: Evaluation) -> dict[str, str]:
    return {name: getattr(evaluation, name) for name in EVALUATION_FIELDS}


def _keep_version(
    evaluation: Evaluation, *, by: User | None, at: datetime, note: str = "", is_autosave: bool = False
) -> bool:
    """Says whether the texts became a version of their own, or the last one runs on."""
    last = EvaluationVersion.objects.filter(evaluation=evaluation).order_by("-number").first()
    runs_on = last and last.is_autosave and last.by_id == (by.pk if by else None) and at - last.at <= RUNNING
    if last and runs_on and not note:
        last.texts, last.at, last.is_autosave = _texts(evaluation), at, is_autosave
        last.save(update_fields=["texts", "at", "is_autosave"])
        return not is_autosave
    EvaluationVersion.objects.create(
        evaluation=evaluation,
        number=(last.number if last else 0) + 1,
        texts=_texts(evaluation),
        by=by,
        at=at,
        note=note,
        is_autosave=is_autosave,
    )
    return True


def _settle_version(evaluation: Evaluation, *, by: User) -> None:
    """The page had kept everything by itself before Save was pressed: its last version now stands."""
    EvaluationVersion.objects.filter(evaluation=evaluation, by=by, is_autosave=True).update(is_autosave=False)
