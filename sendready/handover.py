"""What people own in every app, and how it passes on when somebody leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import Permission
from accounts.handover import HandoverKind
from accounts.models import User
from accounts.permissions import NotAllowed
from evidence.models import Evidence
from inspection.domain.states import OPEN_STATES
from inspection.models import Deadline, ItemOwner
from selfeval.models import DataGap, SystemLead
from selfeval.permissions import CLOSED, WRITERS, leads_today
from strategy.action_permissions import REPORTERS
from strategy.models import Action, Decision, DecisionState, Priority

ITEM_RIGHTS = frozenset({Permission.EDIT_ITEMS, Permission.EDIT_OWN_ITEMS})


def _items(person: User) -> Sequence[str]:
    owned = ItemOwner.objects.filter(owner=person, item__is_archived=False).select_related("item")
    return [row.item.title for row in owned.order_by("item__order", "pk")]


def _pass_items(by: User, at: datetime, leaver: User, heir: User) -> int:
    if not heir.permissions & ITEM_RIGHTS:
        raise NotAllowed(f"{heir.name} has no role that may supply Annex A items. Choose somebody else for them.")
    rows = list(ItemOwner.objects.filter(owner=leaver).select_related("item"))
    for row in rows:
        row.owner, row.assigned_by, row.assigned_at = heir, by, at
        row.save(update_fields=["owner", "assigned_by", "assigned_at"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="item.assigned", thing=row.item, text=text)
    return len(rows)


def _deadlines(person: User) -> Sequence[str]:
    return [deadline.title for deadline in _open_deadlines().filter(person=person).order_by("due_at")]


def _pass_deadlines(by: User, at: datetime, leaver: User, heir: User) -> int:
    rows = list(_open_deadlines().filter(person=leaver))
    for row in rows:
        row.person = heir
        # Nobody stands in for themselves.
        row.deputy = None if row.deputy_id == heir.pk else row.deputy
        row.save(update_fields=["person", "deputy"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="deadline.assigned", thing=row, text=text)
    return len(rows)


def _open_deadlines() -> QuerySet[Deadline]:
    return Deadline.objects.filter(met_at__isnull=True, inspection__state__in=OPEN_STATES)


def _actions(person: User) -> Sequence[str]:
    return [str(action) for action in Action.objects.filter(lead=person, archived_at=None)]


def _pass_actions(by: User, at: datetime, leaver: User, heir: User) -> int:
    if not heir.permissions & set(REPORTERS):
        raise NotAllowed(f"{heir.name} has no role that may report on actions. Choose somebody else for them.")
    rows = list(Action.objects.filter(lead=leaver, archived_at=None))
    for row in rows:
        row.lead = heir
        row.version += 1
        row.edited_at, row.edited_by = at, by
        row.save(update_fields=["lead", "version", "edited_at", "edited_by"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="action.assigned", thing=row, text=text)
    return len(rows)


def _evidence(person: User) -> Sequence[str]:
    return [str(item) for item in Evidence.objects.standing().filter(owner=person)]


def _pass_evidence(by: User, at: datetime, leaver: User, heir: User) -> int:
    if Permission.ADD_EVIDENCE not in heir.permissions:
        raise NotAllowed(f"{heir.name} has no role that may keep evidence. Choose somebody else for it.")
    rows = list(Evidence.objects.standing().filter(owner=leaver))
    for row in rows:
        row.owner, row.changed_by, row.changed_at = heir, by, at
        row.version += 1
        row.save(update_fields=["owner", "version", "changed_by", "changed_at"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="evidence.assigned", thing=row, text=text)
    return len(rows)


def _decisions(person: User) -> Sequence[str]:
    return [decision.text for decision in _open_decisions().filter(owner=person)]


def _open_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(
        state=DecisionState.OPEN, archived_at=None, item__archived_at=None, item__meeting__archived_at=None
    )


def _pass_decisions(by: User, at: datetime, leaver: User, heir: User) -> int:
    rows = list(_open_decisions().filter(owner=leaver))
    for row in rows:
        row.owner = heir
        row.version += 1
        row.save(update_fields=["owner", "version"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="decision.assigned", thing=row, text=text)
    return len(rows)


def _priorities(person: User) -> Sequence[str]:
    return [str(priority) for priority in _standing_priorities().filter(lead=person)]


def _standing_priorities() -> QuerySet[Priority]:
    return Priority.objects.filter(archived_at=None, strategy__is_current=True)


def _pass_priorities(by: User, at: datetime, leaver: User, heir: User) -> int:
    if Permission.READ_STRATEGY not in heir.permissions:
        raise NotAllowed(f"{heir.name} has no role that may read the strategy. Choose somebody else for them.")
    rows = list(_standing_priorities().filter(lead=leaver))
    for row in rows:
        row.lead = heir
        row.version += 1
        row.edited_at, row.edited_by = at, by
        row.save(update_fields=["lead", "version", "edited_at", "edited_by"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="priority.assigned", thing=row, text=text)
    return len(rows)


def _criteria(person: User) -> Sequence[str]:
    leads = leads_today(person).exclude(self_evaluation__state__in=CLOSED).select_related("criterion")
    return [str(lead.criterion) for lead in leads]


def _pass_criteria(by: User, at: datetime, leaver: User, heir: User) -> int:
    if not heir.permissions & set(WRITERS):
        raise NotAllowed(f"{heir.name} has no role that may write about a criterion. Choose somebody else for them.")
    rows = list(leads_today(leaver).exclude(self_evaluation__state__in=CLOSED).select_related("self_evaluation"))
    today = timezone.localdate(at)
    for row in rows:
        held = leads_today(heir, today).filter(self_evaluation=row.self_evaluation, criterion=row.criterion_id)
        if not held.exists():
            SystemLead.objects.create(
                self_evaluation=row.self_evaluation, criterion_id=row.criterion_id, user=heir, from_on=today
            )
        row.to_on = max(today - timedelta(days=1), row.from_on)
        row.save(update_fields=["to_on"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="evaluation.lead_named", thing=row.self_evaluation, text=text)
    return len(rows)


def _gaps(person: User) -> Sequence[str]:
    return [gap.text for gap in DataGap.objects.filter(owner=person, closed_on=None)]


def _pass_gaps(by: User, at: datetime, leaver: User, heir: User) -> int:
    rows = list(DataGap.objects.filter(owner=leaver, closed_on=None))
    for row in rows:
        row.owner, row.changed_by, row.changed_at = heir, by, at
        row.version += 1
        row.save(update_fields=["owner", "changed_by", "changed_at", "version"])
        text = f"Passed on from {leaver.name} to {heir.name}."
        audit.record(by=by, at=at, action="datagap.assigned", thing=row, text=text)
    return len(rows)


HANDOVER: tuple[HandoverKind, ...] = (
    HandoverKind(code="items", title="Annex A items", gather=_items, reassign=_pass_items),
    HandoverKind(code="deadlines", title="Deadlines of the visit", gather=_deadlines, reassign=_pass_deadlines),
    HandoverKind(code="actions", title="Actions of the plans", gather=_actions, reassign=_pass_actions),
    HandoverKind(code="priorities", title="Priorities of the strategy", gather=_priorities, reassign=_pass_priorities),
    HandoverKind(code="decisions", title="Open decisions of boards", gather=_decisions, reassign=_pass_decisions),
    HandoverKind(code="evidence", title="Evidence", gather=_evidence, reassign=_pass_evidence),
    HandoverKind(code="criteria", title="Criteria that they lead", gather=_criteria, reassign=_pass_criteria),
    HandoverKind(code="gaps", title="Gaps in the data", gather=_gaps, reassign=_pass_gaps),
)
