"""Meetings of boards, with everything that their paper says: a fixed number of queries."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import AuditEvent
from strategy.action_gather import ActionLine, standing_lines
from strategy.domain.papers import ActionFact, DecisionFact, ItemFact, MeetingFact, Paper, build_paper
from strategy.models import Action, AgendaItem, BoardMeeting, Decision, DecisionState, Priority

# Audit events of these things change what a paper says.
IN_PAPERS = ("strategy.", "evidence.")


def meetings() -> QuerySet[BoardMeeting]:
    """The standing meetings, the latest first."""
    return BoardMeeting.objects.filter(archived_at=None).select_related("board")


def meeting_fact(pk: int, today: date) -> MeetingFact:
    """A meeting as its paper shows it. Raises BoardMeeting.DoesNotExist.

    How actions stand is said as of the day of the meeting, or of today while that day is still to come.
    """
    items = AgendaItem.objects.filter(archived_at=None).select_related(
        "priority__lead", "priority__lead_organisation", "lead"
    )
    decisions = Decision.objects.filter(archived_at=None).select_related("owner")
    meeting = (
        meetings()
        .prefetch_related(Prefetch("items", items.prefetch_related(Prefetch("decisions", decisions))))
        .get(pk=pk)
    )
    day = min(today, meeting.held_on)
    lines = _lines({item.priority_id for item in meeting.items.all() if item.priority_id}, day)
    return MeetingFact(
        title=str(meeting),
        board=meeting.board.name,
        chair=meeting.board.chair,
        held_on=meeting.held_on,
        place=meeting.place,
        state=meeting.get_state_display(),
        day=day,
        items=tuple(_item(item, lines, day) for item in meeting.items.all()),
        carried=_carried(meeting, day),
    )


def _lines(priorities: Collection[int | None], day: date) -> dict[int, list[ActionFact]]:
    found: dict[int, list[ActionFact]] = defaultdict(list)
    if priorities:
        actions = Action.objects.filter(aim__priority__in=priorities, archived_at=None, aim__archived_at=None)
        for line in standing_lines(actions, day):
            if line.action.aim:
                found[line.action.aim.priority_id].append(fact_of(line))
    return found


def fact_of(line: ActionLine) -> ActionFact:
    action = line.action
    return ActionFact(
        ref=action.aim.ref if action.aim else "",
        text=action.text,
        lead=action.lead_words,
        due_on=action.due_on,
        state=line.status.state,
        reason=line.status.reason,
        is_overdue=line.status.is_overdue,
    )


def _item(item: AgendaItem, lines: dict[int, list[ActionFact]], day: date) -> ItemFact:
    return ItemFact(
        pk=item.pk,
        title=item.title,
        lead=_lead(item),
        note=item.note,
        delays=item.delays,
        minutes=item.minutes,
        priority=item.priority.number if item.priority else None,
        actions=tuple(lines[item.priority_id]) if item.priority_id else (),
        decisions=tuple(decision_fact(decision, day) for decision in item.decisions.all()),
    )


def _lead(item: AgendaItem) -> str:
    """Who presents it: named on the agenda, or who leads the priority."""
    if item.lead:
        return item.lead.name
    if item.lead_name or item.priority is None:
        return item.lead_name
    priority: Priority = item.priority
    return priority.lead.name if priority.lead else str(priority.lead_organisation or "")


def decision_fact(decision: Decision, day: date, decided_on: date | None = None) -> DecisionFact:
    is_open = decision.state == DecisionState.OPEN
    return DecisionFact(
        pk=decision.pk,
        text=decision.text,
        owner=decision.owner.name if decision.owner else decision.owner_name,
        due_on=decision.due_on,
        state=decision.get_state_display(),
        is_open=is_open,
        outcome=decision.outcome,
        decided_on=decided_on,
        is_late=is_open and decision.due_on is not None and decision.due_on < day,
    )


def _carried(meeting: BoardMeeting, day: date) -> tuple[DecisionFact, ...]:
    """Decisions of earlier meetings of the board that were open on the day: each stands there until it is closed."""
    was_open = Q(state=DecisionState.OPEN) | Q(closed_at__date__gte=meeting.held_on)
    earlier = (
        Decision.objects.filter(
            was_open,
            archived_at=None,
            item__archived_at=None,
            item__meeting__archived_at=None,
            item__meeting__board=meeting.board_id,
            item__meeting__held_on__lt=meeting.held_on,
        )
        .select_related("owner", "item__meeting")
        .order_by("item__meeting__held_on", "due_on", "pk")
    )
    return tuple(decision_fact(decision, day, decision.item.meeting.held_on) for decision in earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInputs:
    """A paper for the press: what it says, as at when, and a fingerprint of its content."""

    paper: Paper
    as_at: datetime
    fingerprint: str


def gather_paper(pk: int, *, at: datetime) -> PaperInputs:
    """The paper of a meeting for an export. Raises BoardMeeting.DoesNotExist."""
    paper = build_paper(meeting_fact(pk, timezone.localdate(at)))
    changes = Q()
    for prefix in IN_PAPERS:
        changes |= Q(thing_type__startswith=prefix)
    latest = AuditEvent.objects.filter(changes).aggregate(at=Max("at"))["at"]
    return PaperInputs(paper=paper, as_at=latest or at, fingerprint=hashlib.sha256(repr(paper).encode()).hexdigest())
