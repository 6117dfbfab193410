"""Who may read, supply, approve and assign the request items."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from framework.models import RequestItem, RequestKind
from inspection.domain.submissions import Mover, State
from inspection.models import ItemOwner, ItemSubmission

READS_ALL = frozenset({Permission.READ_ITEMS, Permission.EDIT_ITEMS, Permission.APPROVE_ITEMS})


def items_of(user: User) -> QuerySet[RequestItem]:
    """The items of the current framework that a person may open: fetching is authorising.

    Most see all of them; somebody who only supplies sees those that are theirs. Each row has `owner_id`.
    """
    items = RequestItem.objects.filter(framework__is_current=True, is_archived=False).annotate(
        owner_id=Subquery(ItemOwner.objects.filter(item=OuterRef("pk")).values("owner_id"))
    )
    permissions = user.permissions
    if permissions & READS_ALL:
        return items
    if Permission.EDIT_OWN_ITEMS in permissions:
        return items.filter(pk__in=ItemOwner.objects.filter(owner=user).values("item_id"))
    return items.none()


def items_to_supply(user: User) -> QuerySet[RequestItem]:
    """The items for which a person may supply documents."""
    items = items_of(user)
    permissions = user.permissions
    if Permission.EDIT_ITEMS in permissions:
        return items
    own = Q(pk__in=ItemOwner.objects.filter(owner=user).values("item_id"))
    if Permission.APPROVE_HEALTH_ITEMS in permissions:
        own |= Q(is_health_item=True)
    return items.filter(own) if Permission.EDIT_OWN_ITEMS in permissions else items.none()


def check_can_supply(user: User, item: RequestItem, owner_id: int | None) -> None:
    """Raises NotAllowed unless the person may change what answers the item."""
    if item.kind != RequestKind.DOCUMENT:
        raise NotAllowed(f"{item.title} is not answered with a document.")
    permissions = user.permissions
    if Permission.EDIT_ITEMS in permissions:
        return
    if Permission.EDIT_OWN_ITEMS in permissions:
        if owner_id == user.pk:
            return
        if item.is_health_item and Permission.APPROVE_HEALTH_ITEMS in permissions:
            return
        raise NotAllowed("Only its owner or the SEND team can change this item.")
    check_permission(user, Permission.EDIT_ITEMS)


def check_can_approve(user: User, item: RequestItem) -> None:
    """Raises NotAllowed unless the person may approve or return what answers the item."""
    if Permission.APPROVE_ITEMS in user.permissions:
        return
    if item.is_health_item:
        check_permission(user, Permission.APPROVE_HEALTH_ITEMS)
        return
    if Permission.APPROVE_HEALTH_ITEMS in user.permissions:
        raise NotAllowed("The health lead approves health items only; the LANO approves this one.")
    check_permission(user, Permission.APPROVE_ITEMS)


def check_can_assign(user: User, item: RequestItem) -> None:
    """Raises NotAllowed unless the person may say who answers for the item."""
    if Permission.EDIT_ITEMS in user.permissions:
        return
    if item.is_health_item and Permission.APPROVE_HEALTH_ITEMS in user.permissions:
        return
    if Permission.APPROVE_HEALTH_ITEMS in user.permissions:
        raise NotAllowed("The health lead names owners of health items only.")
    check_permission(user, Permission.EDIT_ITEMS)


def check_can_move(user: User, submission: ItemSubmission, mover: Mover, owner_id: int | None) -> None:
    """Raises NotAllowed unless the move is this person's to make."""
    if mover is Mover.APPROVER:
        check_can_approve(user, submission.item)
    else:
        check_can_supply(user, submission.item, owner_id)


def check_can_archive(user: User, submission: ItemSubmission, owner_id: int | None) -> None:
    """What stands approved is for an approver to put away; the rest is the supplier's."""
    if State(submission.state) is State.SUPERSEDED:
        raise NotAllowed("A superseded version is part of the history and stays.")
    if State(submission.state) is State.APPROVED:
        check_can_approve(user, submission.item)
    else:
        check_can_supply(user, submission.item, owner_id)
