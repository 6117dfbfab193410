"""Consultation rounds: asked, changed, closed, opened again; their papers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from documents.actions import store_upload
from selfeval.domain.rounds import RoundState, say_touched, touched
from selfeval.gather.heard import election_spans
from selfeval.hearing_permissions import check_can_run, state_of
from selfeval.models import Comment, ConsultationRound, PublishedVersion, RoundDocument

MOST_PAPERS = 20


class Conflict(Exception):
    """Somebody else saved first. Nothing was saved; `theirs` is what stands now."""

    sentence = "Somebody else saved this while you were writing. Both texts stand below: nothing is lost."

    def __init__(self, theirs: Any) -> None:
        super().__init__(self.sentence)
        self.theirs = theirs


class ElectionDays(Exception):
    """The round would run in days before an election, and nobody has said why it should."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a form says about a round."""

    title: str
    version_asked: PublishedVersion
    introduction: str
    groups: str
    questions: str
    opens_on: date
    closes_on: date
    election_reason: str = ""


FACT_NAMES = tuple(field.name for field in fields(Facts))


def add_round(*, by: User, at: datetime, facts: Facts, is_synthetic: bool = False) -> ConsultationRound:
    """Raises ElectionDays where it would run before an election without a reason."""
    check_can_run(by)
    _check_version(facts.version_asked)
    values = _guarded(facts, by, at)
    with transaction.atomic():
        asked = ConsultationRound.objects.create(created_by=by, created_at=at, is_synthetic=is_synthetic, **values)
        record(by=by, at=at, action="consultation.added", thing=asked)
    return asked


def change_round(*, by: User, at: datetime, asked: ConsultationRound, version: int, facts: Facts) -> ConsultationRound:
    """Raises Conflict when somebody saved since `version`, ElectionDays as for a new one.

    What people were asked about does not change once somebody has said something.
    """
    check_can_run(by)
    with transaction.atomic():
        row = ConsultationRound.objects.select_for_update().select_related("version_asked").get(pk=asked.pk)
        if row.version != version:
            raise Conflict(row)
        if facts.version_asked.pk != row.version_asked_id:
            if Comment.objects.filter(consultation=row).exists():
                raise NotAllowed("People have commented on this version already: start another round for another one.")
            _check_version(facts.version_asked)
        values = _guarded(facts, by, at, row)
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            row.version += 1
            row.save()
            record(by=by, at=at, action="consultation.changed", thing=row, fields=changed)
        return row


def close_round(*, by: User, at: datetime, asked: ConsultationRound) -> ConsultationRound:
    """Takes no more comments from now on."""
    check_can_run(by)
    with transaction.atomic():
        row = ConsultationRound.objects.select_for_update().get(pk=asked.pk)
        if state_of(row, timezone.localdate(at)) is RoundState.CLOSED:
            raise NotAllowed("It has closed already.")
        row.closed_early_at = at
        row.version += 1
        row.save(update_fields=["closed_early_at", "version"])
        record(by=by, at=at, action="consultation.closed", thing=row)
        return row


def reopen_round(*, by: User, at: datetime, asked: ConsultationRound) -> ConsultationRound:
    """Takes comments again until its last day."""
    check_can_run(by)
    with transaction.atomic():
        row = ConsultationRound.objects.select_for_update().get(pk=asked.pk)
        if row.closed_early_at is None or row.closes_on < timezone.localdate(at):
            raise NotAllowed("Its last day has passed. Give it a later one to ask again.")
        row.closed_early_at = None
        row.version += 1
        row.save(update_fields=["closed_early_at", "version"])
        record(by=by, at=at, action="consultation.reopened", thing=row)
        return row


def add_paper(*, by: User, at: datetime, asked: ConsultationRound, title: str, upload: File[bytes]) -> RoundDocument:
    """A paper that goes with the round. Raises documents.intake.Refused with what is wrong with the file."""
    check_can_run(by)
    if RoundDocument.objects.filter(consultation=asked).count() >= MOST_PAPERS:
        raise NotAllowed(f"A round has room for {MOST_PAPERS} papers. Take one out first.")
    stored = store_upload(by=by, at=at, upload=upload)
    with transaction.atomic():
        paper = RoundDocument.objects.create(
            consultation=asked, title=title or stored.original_name, stored=stored, added_by=by, added_at=at
        )
        record(by=by, at=at, action="consultation.paper-added", thing=asked, text=f"Paper {paper.pk}.")
    return paper


def remove_paper(*, by: User, at: datetime, paper: RoundDocument) -> ConsultationRound:
    check_can_run(by)
    with transaction.atomic():
        asked = paper.consultation
        record(by=by, at=at, action="consultation.paper-removed", thing=asked, text=f"Paper {paper.pk}.")
        RoundDocument.objects.filter(pk=paper.pk).delete()
    return asked


def _check_version(version: PublishedVersion) -> None:
    if version.withdrawn_at:
        raise NotAllowed("This version was withdrawn. Choose another.")


def _guarded(facts: Facts, by: User, at: datetime, row: ConsultationRound | None = None) -> dict[str, Any]:
    """The values to write, with who decided to ask before an election; a reason that is not needed is left out."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in FACT_NAMES}
    near = touched(election_spans(), opens_on=facts.opens_on, closes_on=facts.closes_on)
    if not near:
        return {**values, "election_reason": "", "election_decided_by": None, "election_decided_at": None}
    if not facts.election_reason:
        raise ElectionDays(say_touched(near))
    if row is not None and row.election_reason == facts.election_reason:
        return values
    return {**values, "election_decided_by": by, "election_decided_at": at}
