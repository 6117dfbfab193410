"""What the reports of the strategy have in common: who may take them, as at when, and the tables of actions."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, LocalArea, User
from accounts.permissions import check_permission
from documents.exports import Params
from documents.press.sections import Table, TableColumn
from indicators.models import Release
from strategy.domain.papers import ActionFact, DecisionFact
from strategy.domain.status import STATE_NAMES

# Audit events of these apps change what a report of the strategy says.
CHANGING = ("strategy.", "evidence.", "indicators.")
ACTIONS = (
    TableColumn("Aim", 0.6),
    TableColumn("Action", 4),
    TableColumn("Lead", 1.6),
    TableColumn("Due", 1.5),
    TableColumn("State", 1.5),
    TableColumn("Why", 2.6),
)
DECISIONS = (
    TableColumn("Decision", 4),
    TableColumn("Who", 1.6),
    TableColumn("By", 1.4),
    TableColumn("Decided", 1.4),
    TableColumn("State", 1.4),
)


def check(user: User, params: Params) -> None:
    check_permission(user, Permission.READ_STRATEGY)


def on_of(params: Params) -> date:
    return date.fromisoformat(str(params["on"]))


def key_of(params: Params) -> int:
    return int(params.get("of") or 0)


def noon_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def marking() -> str:
    area = LocalArea.objects.first()
    return area.marking if area and area.marking else "OFFICIAL-SENSITIVE"


def fingerprint(params: Params) -> str:
    """Changes with whatever is changed in strategy, evidence or figures: each change there leaves an audit event."""
    changed = Q()
    for prefix in CHANGING:
        changed |= Q(thing_type__startswith=prefix)
    event = AuditEvent.objects.filter(changed).order_by("-pk").values_list("pk", flat=True).first()
    release = Release.objects.order_by("-pk").values_list("pk", "figures").first()
    held = [dict(params), event, list(release) if release else None, marking()]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def day_in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def short_day(day: date | None, otherwise: str = "") -> str:
    return f"{day:%d/%m/%Y}" if day else otherwise


def actions_table(title: str, actions: Iterable[ActionFact], *, sheet: str) -> Table:
    rows = tuple(
        (
            one.ref,
            one.text,
            one.lead or "No lead",
            short_day(one.due_on, "No date") + (" (overdue)" if one.is_overdue else ""),
            STATE_NAMES[one.state],
            one.reason,
        )
        for one in actions
    )
    return Table(title, ACTIONS, rows, sheet=sheet)


def decisions_table(title: str, decisions: Iterable[DecisionFact], *, sheet: str) -> Table:
    rows = tuple(
        (
            one.text + (f" {one.outcome}" if one.outcome else ""),
            one.owner or "Nobody named",
            short_day(one.due_on, "No date"),
            short_day(one.decided_on),
            "Late" if one.is_late else one.state,
        )
        for one in decisions
    )
    return Table(title, DECISIONS, rows, sheet=sheet)
