"""Rows of a cycle that people write on: add, save, move, archive and bring back. One way for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from selfeval.citing import Holder, rebuild_citations
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    DataGap,
    Evaluation,
    LensChapter,
    Section,
    SelfEvaluation,
    Strength,
)
from selfeval.models.written import WrittenRow
from selfeval.permissions import check_can_change
from strategy.actions.rows import Conflict

W = TypeVar("W", bound=WrittenRow)
Archived = Strength | AreaForDevelopment | CycleEvent
Ordered = Strength | AreaForDevelopment | Section | DataGap


def add_row(*, by: User, at: datetime, row: W, fields: Mapping[str, Any]) -> W:
    """A new row at the end of its siblings; `row` is not stored yet and says what it belongs to."""
    check_can_change(by, row)
    plain, many = _split(type(row), fields)
    with transaction.atomic():
        for name, value in plain.items():
            setattr(row, name, value)
        row.changed_by, row.changed_at = by, at
        if isinstance(row, Strength | AreaForDevelopment | Section | DataGap):
            row.order = (_siblings(row).aggregate(last=models.Max("order"))["last"] or 0) + 1
        row.save()
        _set_many(row, many)
        _cite(row, at)
        record(by=by, at=at, action=f"{_noun_of(row)}.added", thing=row, fields=sorted(fields))
    return row


def save_row(*, by: User, at: datetime, row: W, version: int, fields: Mapping[str, Any]) -> W:
    """Writes what a form said. Raises strategy's Conflict when somebody saved since the form was filled in."""
    check_can_change(by, row)
    plain, many = _split(type(row), fields)
    with transaction.atomic():
        now: W = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if now.version != version:
            raise Conflict(now)
        check_can_change(by, now)
        changed = [name for name, value in plain.items() if getattr(now, name) != value]
        many_changed = [name for name, rows in many.items() if set(getattr(now, name).all()) != set(rows)]
        for name in changed:
            setattr(now, name, plain[name])
        if changed or many_changed:
            now.version += 1
            now.changed_by, now.changed_at = by, at
            now.save()
            _set_many(now, {name: many[name] for name in many_changed})
            _cite(now, at)
            record(by=by, at=at, action=f"{_noun_of(now)}.saved", thing=now, fields=sorted([*changed, *many_changed]))
    return now


def move_row(*, by: User, at: datetime, row: Ordered, up: bool) -> Ordered:
    """One place up or down among its siblings; at the end it stays."""
    check_can_change(by, row)
    with transaction.atomic():
        siblings = list(_siblings(row).select_for_update().order_by("order", "pk"))
        keys = [each.pk for each in siblings]
        if row.pk not in keys:
            raise NotAllowed("Somebody has put it into the archive meanwhile.")
        place = keys.index(row.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(siblings):
            return row
        siblings[place], siblings[other] = siblings[other], siblings[place]
        for order, each in enumerate(siblings, 1):
            if each.order != order:
                type(each)._default_manager.filter(pk=each.pk).update(order=order)
        type(row)._default_manager.filter(pk=row.pk).update(changed_by=by, changed_at=at)
        record(by=by, at=at, action=f"{_noun_of(row)}.moved", thing=row, text="Up." if up else "Down.")
    row.refresh_from_db()
    return row


def archive_row(*, by: User, at: datetime, row: Archived) -> Archived:
    """Takes the row off the pages; `restore_row` brings it back."""
    return _set_archived(by=by, at=at, row=row, archived_at=at)


def restore_row(*, by: User, at: datetime, row: Archived) -> Archived:
    return _set_archived(by=by, at=at, row=row, archived_at=None)


def _set_archived(*, by: User, at: datetime, row: Archived, archived_at: datetime | None) -> Archived:
    check_can_change(by, row)
    with transaction.atomic():
        row.archived_at, row.changed_by, row.changed_at = archived_at, by, at
        row.save(update_fields=["archived_at", "changed_by", "changed_at"])
        _cite(row, at)
        done = "archived" if archived_at else "restored"
        record(by=by, at=at, action=f"{_noun_of(row)}.{done}", thing=row)
    return row


def remove_section(*, by: User, at: datetime, section: Section) -> Section:
    """Takes a section out of a cycle while nothing is written in it."""
    check_can_change(by, section)
    with transaction.atomic():
        now = Section.objects.select_for_update().get(pk=section.pk)
        if now.text.strip():
            raise NotAllowed("Something is written in it. Move the text elsewhere first, then take the section out.")
        record(by=by, at=at, action="section.removed", thing=now)
        now.delete()
    return section


def close_gap(*, by: User, at: datetime, gap: DataGap, is_closed: bool) -> DataGap:
    """The data has come, or is missing again."""
    check_can_change(by, gap)
    with transaction.atomic():
        gap.closed_on = timezone.localdate(at) if is_closed else None
        gap.changed_by, gap.changed_at = by, at
        gap.save(update_fields=["closed_on", "changed_by", "changed_at"])
        record(by=by, at=at, action="datagap.closed" if is_closed else "datagap.reopened", thing=gap)
    return gap


def _noun_of(row: models.Model) -> str:
    return row._meta.model_name or ""


def _holder_of(row: WrittenRow) -> Holder | None:
    """Where the citations of this row's text are kept; None for rows that cite nothing."""
    match row:
        case Strength() | AreaForDevelopment():
            return row.evaluation
        case LensChapter():
            return row.self_evaluation
        case Section() | Evaluation() | SelfEvaluation():
            return row
        case _:
            return None


def _cite(row: WrittenRow, at: datetime) -> None:
    holder = _holder_of(row)
    if holder is not None:
        rebuild_citations(holder=holder, at=at)


def _siblings(row: Ordered) -> models.QuerySet[Any]:
    match row:
        case Strength():
            return Strength.objects.filter(evaluation_id=row.evaluation_id, archived_at=None)
        case AreaForDevelopment():
            return AreaForDevelopment.objects.filter(evaluation_id=row.evaluation_id, archived_at=None)
        case Section():
            return Section.objects.filter(self_evaluation_id=row.self_evaluation_id, phase=row.phase)
        case DataGap():
            return DataGap.objects.filter(self_evaluation_id=row.self_evaluation_id)


def _split(model: type[models.Model], fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    many = {field.name for field in model._meta.many_to_many}
    return (
        {name: value for name, value in fields.items() if name not in many},
        {name: value for name, value in fields.items() if name in many},
    )


def _set_many(row: models.Model, many: Mapping[str, Any]) -> None:
    for name, rows in many.items():
        getattr(row, name).set(rows)
