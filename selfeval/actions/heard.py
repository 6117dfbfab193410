"""The log of what was done to hear people, and their voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from evidence.models import Evidence
from framework.models import Criterion
from selfeval.actions.rounds import Conflict
from selfeval.hearing_permissions import check_can_check_voice, check_can_run
from selfeval.models import ConsultationActivity, SelfEvaluation, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    title: str
    held_on: date
    kind: str = ""
    groups: str = ""
    people: int | None = None
    themes: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFacts:
    text: str
    who: str = ""
    source: str = ""
    heard_on: date | None = None
    consent: str = ""
    is_synthetic: bool = False
    evidence: Evidence | None = None


# A change of these asks for the second person's look again.
CHECKED_NAMES = frozenset({"text", "who", "source", "heard_on"})


def add_activity(
    *, by: User, at: datetime, cycle: SelfEvaluation, facts: ActivityFacts, criteria: Iterable[Criterion]
) -> ConsultationActivity:
    check_can_run(by)
    with transaction.atomic():
        row = ConsultationActivity.objects.create(self_evaluation=cycle, **_values(facts))
        row.criteria.set(criteria)
        record(by=by, at=at, action="activity.added", thing=row)
    return row


def change_activity(
    *,
    by: User,
    at: datetime,
    activity: ConsultationActivity,
    version: int,
    facts: ActivityFacts,
    criteria: Iterable[Criterion],
) -> ConsultationActivity:
    """Raises Conflict when somebody saved since `version`."""
    check_can_run(by)
    with transaction.atomic():
        row = ConsultationActivity.objects.select_for_update().get(pk=activity.pk)
        changed = _write(row, version, _values(facts), set(criteria))
        if changed:
            record(by=by, at=at, action="activity.changed", thing=row, fields=changed)
        return row


def add_voice(
    *, by: User, at: datetime, cycle: SelfEvaluation, facts: VoiceFacts, criteria: Iterable[Criterion]
) -> Voice:
    check_can_run(by)
    with transaction.atomic():
        row = Voice.objects.create(self_evaluation=cycle, added_by=by, added_at=at, **_values(facts))
        row.criteria.set(criteria)
        record(by=by, at=at, action="voice.added", thing=row)
    return row


def change_voice(
    *, by: User, at: datetime, voice: Voice, version: int, facts: VoiceFacts, criteria: Iterable[Criterion]
) -> Voice:
    """Raises Conflict when somebody saved since `version`. Other words want another look, by another person."""
    check_can_run(by)
    with transaction.atomic():
        row = Voice.objects.select_for_update().get(pk=voice.pk)
        was = {name: getattr(row, name) for name in CHECKED_NAMES}
        changed = _write(row, version, _values(facts), set(criteria))
        if any(getattr(row, name) != value for name, value in was.items()):
            row.checked_by, row.checked_at, row.added_by, row.added_at = None, None, by, at
            row.save(update_fields=["checked_by", "checked_at", "added_by", "added_at"])
        if changed:
            record(by=by, at=at, action="voice.changed", thing=row, fields=changed)
        return row


def check_voice(*, by: User, at: datetime, voice: Voice) -> Voice:
    """A second person has looked: nobody can be recognised by these words."""
    with transaction.atomic():
        row = Voice.objects.select_for_update().get(pk=voice.pk)
        check_can_check_voice(by, row)
        row.checked_by, row.checked_at = by, at
        row.version += 1
        row.save(update_fields=["checked_by", "checked_at", "version"])
        record(by=by, at=at, action="voice.checked", thing=row)
        return row


def archive_row(
    *, by: User, at: datetime, row: ConsultationActivity | Voice, is_archived: bool
) -> ConsultationActivity | Voice:
    """Puts an activity or a voice away, or takes it out again."""
    check_can_run(by)
    with transaction.atomic():
        now: ConsultationActivity | Voice = type(row)._default_manager.select_for_update().get(pk=row.pk)
        now.archived_at = at if is_archived else None
        now.version += 1
        now.save(update_fields=["archived_at", "version"])
        noun = "voice" if isinstance(now, Voice) else "activity"
        record(by=by, at=at, action=f"{noun}.{'archived' if is_archived else 'restored'}", thing=now)
        return now


def _values(facts: ActivityFacts | VoiceFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _write(
    row: ConsultationActivity | Voice, version: int, values: dict[str, Any], criteria: set[Criterion]
) -> list[str]:
    if row.version != version:
        raise Conflict(row)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    has_moved = set(row.criteria.all()) != criteria
    if changed or has_moved:
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        row.criteria.set(criteria)
    return [*changed, *(["criteria"] if has_moved else [])]
