"""A cycle is started, and people say how they see the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import check_permission
from framework.models import Framework
from selfeval.actions.carrying import carry_criteria, carry_rest
from selfeval.citing import rebuild_citations
from selfeval.layout import lay_out
from selfeval.models import (
    CycleState,
    OutcomeChoice,
    SelfEvaluation,
)
from selfeval.permissions import check_can_set_outcome
from strategy.actions.rows import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a new cycle begins with. `codes`: the new criteria that take over from `previous` (None: nothing is)."""

    title: str
    framework: Framework
    started_on: date
    as_at_on: date | None = None
    previous: SelfEvaluation | None = None
    codes: Sequence[str] = field(default_factory=tuple)
    takes_sections: bool = False
    takes_gaps: bool = False
    takes_leads: bool = False


def start_cycle(*, by: User, at: datetime, start: Start) -> SelfEvaluation:
    """A new current cycle with its empty parts, and what is carried over from an earlier one.

    The cycle before it is kept; it is followed by this one, and no text of it changes.
    """
    check_permission(by, Permission.EDIT_SELF_EVALUATION)
    with transaction.atomic():
        for before in SelfEvaluation.objects.select_for_update().filter(is_current=True):
            before.is_current = False
            if before.state != CycleState.SIGNED_OFF:
                before.state = CycleState.SUPERSEDED
            before.save(update_fields=["is_current", "state"])
        cycle = SelfEvaluation.objects.create(
            title=start.title,
            framework=start.framework,
            previous=start.previous,
            started_on=start.started_on,
            as_at_on=start.as_at_on,
            is_current=True,
            changed_by=by,
            changed_at=at,
        )
        lay_out(cycle, changed={"changed_by": by, "changed_at": at})
        record(by=by, at=at, action="selfevaluation.started", thing=cycle, text=_from(start.previous))
        if start.previous:
            carry_criteria(by=by, at=at, cycle=cycle, previous=start.previous, codes=start.codes)
            carry_rest(
                by=by,
                at=at,
                cycle=cycle,
                previous=start.previous,
                takes_sections=start.takes_sections,
                takes_gaps=start.takes_gaps,
                takes_leads=start.takes_leads,
            )
    return cycle


def _from(previous: SelfEvaluation | None) -> str:
    return f"Carried over from “{previous.title}”." if previous else "Started empty."


def set_outcome(
    *, by: User, at: datetime, cycle: SelfEvaluation, version: int, outcome: OutcomeChoice | None, reason: str
) -> SelfEvaluation:
    """Which of the three published outcomes people see for the whole, and why. Raises strategy's Conflict."""
    check_can_set_outcome(by, cycle)
    with transaction.atomic():
        now = SelfEvaluation.objects.select_for_update().get(pk=cycle.pk)
        if now.version != version:
            raise Conflict(now)
        check_can_set_outcome(by, now)
        now.outcome, now.outcome_reason = outcome, reason
        now.version += 1
        now.changed_by, now.changed_at = by, at
        now.save()
        rebuild_citations(holder=now, at=at)
        record(by=by, at=at, action="selfevaluation.judged", thing=now, fields=["outcome", "outcome_reason"])
    return now
