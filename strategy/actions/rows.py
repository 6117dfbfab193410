"""Rows of the strategy: add, save, move, archive and bring back. One way for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from strategy.board_names import keep_former_name
from strategy.models import Aim, Board, ExtractedRow, KeptRow, Priority, Strategy
from strategy.permissions import check_board, check_can_archive, check_can_edit

R = TypeVar("R", bound=KeptRow)
E = TypeVar("E", bound="KeptRow | Strategy")
# Beyond every number that a priority or an aim can have; one of two that change places waits there.
ASIDE = 30_000
# What a row belongs to; siblings share it.
PARENTS = ("strategy", "priority", "aim")


class Conflict(Exception):
    """Somebody else saved first. Nothing was saved; `theirs` is what stands now."""

    sentence = "Somebody else saved this while you were writing. Both texts stand below: nothing is lost."

    def __init__(self, theirs: Any) -> None:
        super().__init__(self.sentence)
        self.theirs = theirs


def _siblings_of(row: KeptRow) -> models.QuerySet[KeptRow]:
    """The standing rows beside this one, itself among them, in their order."""
    within = {name: getattr(row, f"{name}_id") for name in PARENTS if hasattr(row, f"{name}_id")}
    order = ("number", "pk") if _is_numbered(row) else ("order", "pk")
    return type(row)._default_manager.filter(**within, archived_at=None).order_by(*order)


def _is_numbered(row: KeptRow) -> bool:
    return isinstance(row, Priority | Aim)


def _number(row: Any) -> int:
    number: int = row.number
    return number


def add_row(*, by: User, at: datetime, model: type[R], parent: models.Model | None, fields: Mapping[str, Any]) -> R:
    """A new row at the end of its siblings."""
    check_can_edit(by)
    plain, many = _split(model, fields)
    within = {parent._meta.model_name or "": parent} if parent else {}
    with transaction.atomic():
        row = model(**{**within, **plain}, edited_at=at, edited_by=by)
        if isinstance(row, Board):
            check_board(row)
        _put_last(row)
        row.save()
        _set_many(row, many)
        record(by=by, at=at, action=f"{_noun(row)}.added", thing=row, fields=sorted(fields))
    return row


def save_row(*, by: User, at: datetime, row: E, version: int, fields: Mapping[str, Any]) -> E:
    """Writes what a form said. Raises Conflict when somebody saved since the form was filled in."""
    check_can_edit(by)
    plain, many = _split(type(row), fields)
    with transaction.atomic():
        now: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if now.version != version:
            raise Conflict(now)
        changed = [name for name, value in plain.items() if getattr(now, name) != value]
        was = str(now)
        has_moved = _parent_id(now) != _parent_id_in(now, plain)
        for name in changed:
            setattr(now, name, plain[name])
        if isinstance(now, Board):
            check_board(now)
        if has_moved and isinstance(now, KeptRow):
            _put_last(now)
        many_changed = [name for name, rows in many.items() if set(getattr(now, name).all()) != set(rows)]
        if changed or many_changed:
            now.version += 1
            now.edited_at, now.edited_by = at, by
            now.save()
            _set_many(now, {name: many[name] for name in many_changed})
            record(by=by, at=at, action=f"{_noun(now)}.saved", thing=now, fields=sorted([*changed, *many_changed]))
        if isinstance(now, Board) and now.name != was:
            keep_former_name(now, was, timezone.localdate(at))
    saved: E = now
    return saved


def move_row(*, by: User, at: datetime, row: R, up: bool) -> R:
    """One place up or down among its siblings; at the end it stays. A priority or aim takes the other's number."""
    check_can_edit(by)
    with transaction.atomic():
        siblings: list[Any] = list(_siblings_of(row).select_for_update())
        keys = [each.pk for each in siblings]
        if row.pk not in keys:
            raise NotAllowed("Somebody has put it into the archive or moved it elsewhere meanwhile.")
        place = keys.index(row.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(siblings):
            return row
        moved, swapped = siblings[place], siblings[other]
        if _is_numbered(row):
            _swap_numbers(moved, swapped)
        else:
            siblings[place], siblings[other] = swapped, moved
            for order, each in enumerate(siblings, 1):
                if each.order != order:
                    type(each)._default_manager.filter(pk=each.pk).update(order=order)
        type(row)._default_manager.filter(pk__in=[moved.pk, swapped.pk]).update(edited_at=at, edited_by=by)
        record(by=by, at=at, action=f"{_noun(row)}.moved", thing=row, text="Up." if up else "Down.")
    row.refresh_from_db()
    return row


def archive_row(*, by: User, at: datetime, row: R) -> R:
    """Takes the row off the pages; `restore_row` brings it back."""
    check_can_archive(by, row)
    with transaction.atomic():
        row.archived_at, row.edited_at, row.edited_by = at, at, by
        row.save(update_fields=["archived_at", "edited_at", "edited_by"])
        record(by=by, at=at, action=f"{_noun(row)}.archived", thing=row)
    return row


def restore_row(*, by: User, at: datetime, row: R) -> R:
    """Brings a row back from the archive; a number that was given to another since is replaced by the next free."""
    check_can_edit(by)
    with transaction.atomic():
        now: R = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if now.archived_at is None:
            return now
        if _is_numbered(now) and _number(now) in map(_number, _siblings_of(now)):
            _put_last(now)
        now.archived_at, now.edited_at, now.edited_by = None, at, by
        now.save()
        record(by=by, at=at, action=f"{_noun(now)}.restored", thing=now)
    return now


def check_row(*, by: User, at: datetime, row: ExtractedRow) -> ExtractedRow:
    """Somebody compared the row with the original: the mark “as extracted” goes."""
    check_can_edit(by)
    with transaction.atomic():
        row.is_as_extracted = False
        row.edited_at, row.edited_by = at, by
        row.save(update_fields=["is_as_extracted", "edited_at", "edited_by"])
        record(by=by, at=at, action=f"{_noun(row)}.checked", thing=row, text="Checked against the original.")
    return row


def _noun(row: models.Model) -> str:
    return row._meta.model_name or ""


def _split(
    model: type[models.Model], fields: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Sequence[models.Model]]]:
    """Columns of the row itself, and what it is linked with many times."""
    many = {field.name for field in model._meta.many_to_many}
    return (
        {name: value for name, value in fields.items() if name not in many},
        {name: value for name, value in fields.items() if name in many},
    )


def _set_many(row: models.Model, many: Mapping[str, Sequence[models.Model]]) -> None:
    for name, rows in many.items():
        getattr(row, name).set(rows)


def _parent_id(row: models.Model) -> tuple[Any, ...]:
    return tuple(getattr(row, f"{name}_id", None) for name in PARENTS)


def _parent_id_in(row: models.Model, fields: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(fields[name].pk if fields.get(name) else getattr(row, f"{name}_id", None) for name in PARENTS)


def _put_last(row: KeptRow) -> None:
    numbered: Any = row
    column = "number" if _is_numbered(row) else "order"
    last = _siblings_of(row).exclude(pk=row.pk).aggregate(last=models.Max(column))["last"] or 0
    setattr(numbered, column, last + 1)


def _swap_numbers(one: Any, other: Any) -> None:
    rows = type(one)._default_manager
    first, second = one.number, other.number
    rows.filter(pk=one.pk).update(number=ASIDE)
    rows.filter(pk=other.pk).update(number=first)
    rows.filter(pk=one.pk).update(number=second)
