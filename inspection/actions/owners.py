"""Who answers for a request item, and what each person has seen."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from framework.models import Batch, Framework, RequestItem, RequestKind, TimetableRule
from inspection.models import ItemOwner, ItemsLook, VisitItem
from inspection.permissions.items import check_can_assign, check_can_supply


def assign_owner(*, by: User, at: datetime, item: RequestItem, owner: User) -> ItemOwner:
    """Says who answers for an item."""
    check_can_assign(by, item)
    _check_can_own(owner, item)
    with transaction.atomic():
        row, _ = ItemOwner.objects.update_or_create(
            item=item, defaults={"owner": owner, "assigned_by": by, "assigned_at": at}
        )
        record(by=by, at=at, action="item.assigned", thing=item, text=f"{owner.name} answers for {item.title}.")
        return row


def assign_many(*, by: User, at: datetime, items: Sequence[RequestItem], owner: User) -> list[ItemOwner]:
    """Gives several items to one person: all or none."""
    with transaction.atomic():
        return [assign_owner(by=by, at=at, item=item, owner=owner) for item in items]


def unassign_owner(*, by: User, at: datetime, item: RequestItem) -> None:
    """Leaves an item without an owner; readiness then says so."""
    check_can_assign(by, item)
    with transaction.atomic():
        if ItemOwner.objects.filter(item=item).delete()[0]:
            record(by=by, at=at, action="item.unassigned", thing=item, text=f"Nobody answers for {item.title} now.")


def _check_can_own(owner: User, item: RequestItem) -> None:
    if not owner.is_active:
        raise NotAllowed(f"{owner.name} can no longer sign in. Choose somebody else.")
    if item.kind == RequestKind.DOCUMENT:
        check_can_supply(owner, item, owner.pk)


def mark_as_seen(*, by: User, at: datetime) -> ItemsLook:
    """From now on, "changed since you last looked" counts from `at`. A person's own bookmark: no audit row."""
    look, _ = ItemsLook.objects.update_or_create(user=by, defaults={"at": at})
    return look


def adopt_visit_item(*, by: User, at: datetime, visit_item: VisitItem) -> RequestItem:
    """Makes a standing item of the area out of what a letter asked for beside the standing ones.

    So documents for it are collected, approved and kept like any other. Asking twice changes nothing.
    """
    check_permission(by, Permission.EDIT_ITEMS)
    with transaction.atomic():
        row = VisitItem.objects.select_for_update(of=("self",)).select_related("deadline").get(pk=visit_item.pk)
        if row.request_item is not None:
            return row.request_item
        framework = Framework.objects.get(is_current=True)
        taken = set(RequestItem.objects.filter(framework=framework).values_list("code", flat=True))
        code = next(code for code in _codes(row.code) if code not in taken)
        item = RequestItem.objects.create(
            framework=framework,
            code=code,
            title=row.title,
            description=row.description,
            group=row.group or "Added by a letter",
            order=len(taken) + 1,
            deadline=_rule_for(row, framework),
            responsible_role=row.responsible_role,
            kind=row.kind,
            is_health_item=row.is_health_item,
            is_person_level=row.is_person_level,
            is_local=True,
            source=f"The notification letter of {row.inspection.notified_on:%-d %B %Y}",
            confirmed_on=timezone.localdate(at),
        )
        VisitItem.objects.filter(pk=row.pk).update(request_item=item)
        record(by=by, at=at, action="item.adopted", thing=item, text=f"Collected from now on: {item.title}.")
        return item


def _codes(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code[:50]}-{number}" for number in count(2))


def _rule_for(row: VisitItem, framework: Framework) -> TimetableRule:
    """The rule of the deadline with which it is due, else the one for Annex A, else the first."""
    rules = list(TimetableRule.objects.filter(framework=framework, is_archived=False))
    wanted = row.deadline.code if row.deadline else ""
    same = [rule for rule in rules if rule.code == wanted]
    annex = [rule for rule in rules if rule.batch == Batch.ANNEX_A]
    return (same or annex or rules)[0]
