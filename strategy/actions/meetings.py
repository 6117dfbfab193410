"""Meetings: call one with its standing items, write the paper, record and close decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from strategy.actions.rows import Conflict
from strategy.domain.meetings import STATE_NAMES, STEP_NAMES, STEPS, MeetingState, MeetingStep
from strategy.models import AgendaItem, Board, BoardMeeting, Decision, DecisionState, Priority
from strategy.permissions import check_can_edit

M = TypeVar("M", BoardMeeting, AgendaItem, Decision)
LAST_ITEM = "Any other business"


def call_meeting(*, by: User, at: datetime, board: Board, held_on: date, place: str = "") -> BoardMeeting:
    """A meeting whose agenda starts with each priority as a standing item."""
    check_can_edit(by)
    with transaction.atomic():
        meeting = BoardMeeting.objects.create(board=board, held_on=held_on, place=place)
        priorities = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        titles: list[tuple[str, Priority | None]] = [(str(priority), priority) for priority in priorities]
        titles.append((LAST_ITEM, None))
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, order=order, title=title, priority=priority)
            for order, (title, priority) in enumerate(titles, 1)
        )
        record(by=by, at=at, action="meeting.called", thing=meeting, text=f"{len(titles)} items.")
    return meeting


def save_meeting(
    *, by: User, at: datetime, meeting: BoardMeeting, version: int, held_on: date, place: str
) -> BoardMeeting:
    """The day and the place. Raises Conflict."""
    check_can_edit(by)
    with transaction.atomic():
        return _save(meeting, version, {"held_on": held_on, "place": place}, by=by, at=at, noun="meeting")


def step_meeting(*, by: User, at: datetime, meeting: BoardMeeting, step: MeetingStep) -> BoardMeeting:
    """Agrees the agenda, notes that the meeting was held, or opens it again."""
    check_can_edit(by)
    with transaction.atomic():
        now = BoardMeeting.objects.select_for_update().get(pk=meeting.pk)
        state = MeetingState(now.state)
        if (state, step) not in STEPS:
            raise NotAllowed(
                f"The meeting is {STATE_NAMES[state].lower()}: “{STEP_NAMES[step]}” comes at another time."
            )
        now.state = STEPS[state, step].value
        now.save(update_fields=["state"])
        record(
            by=by, at=at, action=f"meeting.{step}", thing=now, text=f"{STATE_NAMES[state]} → {now.get_state_display()}"
        )
    return now


def add_item(*, by: User, at: datetime, meeting: BoardMeeting, fields: Mapping[str, Any]) -> AgendaItem:
    check_can_edit(by)
    with transaction.atomic():
        last = meeting.items.aggregate(last=models.Max("order"))["last"] or 0
        item = AgendaItem.objects.create(meeting=meeting, order=last + 1, **fields)
        record(by=by, at=at, action="agendaitem.added", thing=item, fields=sorted(fields))
    return item


def save_item(*, by: User, at: datetime, item: AgendaItem, version: int, fields: Mapping[str, Any]) -> AgendaItem:
    """The paper, the delays, the minutes of an item. Raises Conflict."""
    check_can_edit(by)
    with transaction.atomic():
        return _save(item, version, fields, by=by, at=at, noun="agendaitem")


def move_item(*, by: User, at: datetime, item: AgendaItem, up: bool) -> AgendaItem:
    """One place up or down on the agenda; at the end it stays."""
    check_can_edit(by)
    with transaction.atomic():
        items = list(AgendaItem.objects.select_for_update().filter(meeting=item.meeting_id, archived_at=None))
        keys = [each.pk for each in items]
        if item.pk not in keys:
            raise NotAllowed("Somebody has taken the item off the agenda meanwhile.")
        place = keys.index(item.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(items):
            return item
        items[place], items[other] = items[other], items[place]
        for order, each in enumerate(items, 1):
            each.order = order
        AgendaItem.objects.bulk_update(items, ["order"])
        record(by=by, at=at, action="agendaitem.moved", thing=item, text="Up." if up else "Down.")
    return item


def archive_item(*, by: User, at: datetime, item: AgendaItem, undo: bool = False) -> AgendaItem:
    """Takes an item off the agenda, or puts it back. Decisions beneath it stay with it."""
    check_can_edit(by)
    with transaction.atomic():
        item.archived_at = None if undo else at
        item.save(update_fields=["archived_at"])
        record(by=by, at=at, action=f"agendaitem.{'restored' if undo else 'archived'}", thing=item)
    return item


def archive_meeting(*, by: User, at: datetime, meeting: BoardMeeting, undo: bool = False) -> BoardMeeting:
    """A meeting that was called by mistake. One that was held stays."""
    check_can_edit(by)
    if meeting.state == MeetingState.HELD and not undo:
        raise NotAllowed("The meeting was held: its paper stays. Open the agenda again first if that is wrong.")
    with transaction.atomic():
        meeting.archived_at = None if undo else at
        meeting.save(update_fields=["archived_at"])
        record(by=by, at=at, action=f"meeting.{'restored' if undo else 'archived'}", thing=meeting)
    return meeting


def record_decision(*, by: User, at: datetime, item: AgendaItem, fields: Mapping[str, Any]) -> Decision:
    """What was decided, who does it, by when. It stands on each later agenda of the board until it is closed."""
    check_can_edit(by)
    with transaction.atomic():
        decision = Decision(item=item, **fields)
        _close(decision, by, at)
        decision.save()
        record(by=by, at=at, action="decision.recorded", thing=decision, fields=sorted(fields))
    return decision


def save_decision(*, by: User, at: datetime, decision: Decision, version: int, fields: Mapping[str, Any]) -> Decision:
    """Also closes it, or opens it again. Raises Conflict."""
    check_can_edit(by)
    with transaction.atomic():
        saved = _save(decision, version, fields, by=by, at=at, noun="decision")
        _close(saved, by, at)
        saved.save(update_fields=["closed_at", "closed_by"])
    return saved


def archive_decision(*, by: User, at: datetime, decision: Decision, undo: bool = False) -> Decision:
    """A decision that was recorded by mistake."""
    check_can_edit(by)
    with transaction.atomic():
        decision.archived_at = None if undo else at
        decision.save(update_fields=["archived_at"])
        record(by=by, at=at, action=f"decision.{'restored' if undo else 'archived'}", thing=decision)
    return decision


def _close(decision: Decision, by: User, at: datetime) -> None:
    if decision.state == DecisionState.OPEN:
        decision.closed_at, decision.closed_by = None, None
    elif decision.closed_at is None:
        decision.closed_at, decision.closed_by = at, by


def _save(row: M, version: int, fields: Mapping[str, Any], *, by: User, at: datetime, noun: str) -> M:
    now: M = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if now.version != version:
        raise Conflict(now)
    changed = sorted(name for name, value in fields.items() if getattr(now, name) != value)
    if changed:
        for name in changed:
            setattr(now, name, fields[name])
        now.version += 1
        now.save()
        record(by=by, at=at, action=f"{noun}.saved", thing=now, fields=changed)
    return now
