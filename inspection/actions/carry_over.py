"""Carrying what was collected over to the rulebook that is followed now."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import check_permission
from framework.models import Batch, Framework, RequestItem, TimetableRule
from inspection.domain.carry_over import Fate
from inspection.domain.states import OPEN_STATES
from inspection.gather.carry_over import LeftItem, gather_left_items
from inspection.models import ItemOwner, ItemSubmission, VisitItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How many items each fate met."""

    moved: int
    kept: int
    stayed: int


def carry_items_over(*, by: User, at: datetime) -> Carried:
    """Moves versions and owners of earlier items to the items of the current rulebook; none is lost or mixed.

    A visit that runs goes on: its own items point to where the versions are now. What the current rulebook does not
    ask for becomes an item of the area's own.
    """
    check_permission(by, Permission.APPROVE_ITEMS)
    with transaction.atomic():
        framework = Framework.objects.select_for_update().filter(is_current=True).first()
        lines = gather_left_items() if framework else ()
        for line in lines:
            if framework is None or line.fate is Fate.STAYS:
                continue
            target = line.successor or _keep(line.item, framework)
            _move(line, target, by=by, at=at)
    fates = [line.fate for line in lines]
    return Carried(moved=fates.count(Fate.MOVES), kept=fates.count(Fate.KEPT), stayed=fates.count(Fate.STAYS))


def _move(line: LeftItem, target: RequestItem, *, by: User, at: datetime) -> None:
    ItemSubmission.objects.filter(item=line.item).update(item=target)
    if not ItemOwner.objects.filter(item=target).exists():
        ItemOwner.objects.filter(item=line.item).update(item=target)
    running = VisitItem.objects.filter(inspection__state__in=OPEN_STATES, request_item=line.item)
    running.update(request_item=target)
    versions = "1 version" if line.version_count == 1 else f"{line.version_count} versions"
    text = f"{versions} and the owner came over from {line.item.framework.name}."
    record(by=by, at=at, action="item.carried-over", thing=target, text=text)


def _keep(item: RequestItem, framework: Framework) -> RequestItem:
    """An item of the area's own in the current rulebook, as the earlier one had it."""
    archived = RequestItem.objects.filter(framework=framework, code=item.code).first()
    if archived is not None:
        archived.is_archived, archived.is_local = False, True
        archived.save(update_fields=["is_archived", "is_local"])
        return archived
    rules = list(TimetableRule.objects.filter(framework=framework, is_archived=False))
    same = [rule for rule in rules if rule.code == item.deadline.code]
    annex = [rule for rule in rules if rule.batch == Batch.ANNEX_A]
    return RequestItem.objects.create(
        framework=framework,
        code=item.code,
        title=item.title,
        description=item.description,
        group=item.group,
        order=item.order,
        deadline=(same or annex or rules)[0],
        responsible_role=item.responsible_role,
        kind=item.kind,
        is_health_item=item.is_health_item,
        is_person_level=item.is_person_level,
        is_local=True,
        source=f"{item.framework.name}, kept by this area",
    )
