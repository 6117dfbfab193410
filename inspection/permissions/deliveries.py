"""Who may make, take and deliver what is handed over by a deadline, and correct the record of it."""

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from children.exporting import PERSON_LEVEL_LISTS, person_level_upload
from children.permissions import check_can_export
from documents.models import Export
from inspection.gather.packs import KIND as ANNEX_A
from inspection.models import Delivery, Pack
from inspection.permissions.packs import READERS

LISTS = PERSON_LEVEL_LISTS.code
# Whoever sees that something was handed over: never what it holds.
HANDOVER_READERS = (*READERS, Permission.EXPORT_CHILD_ROWS)
DELIVERERS = (Permission.RELEASE_PACK, Permission.EXPORT_CHILD_ROWS)


def check_can_order_lists(user: User) -> None:
    """Asks for the right first, then whether there are lists to export."""
    check_can_export(user, {})
    person_level_upload()


def check_can_deliver_lists(user: User) -> None:
    """The LANO, and whoever takes the export: recording where it went shows no child's data."""
    if Permission.RELEASE_PACK not in user.permissions:
        check_permission(user, Permission.EXPORT_CHILD_ROWS)


def check_can_deliver_pack(user: User, pack: Pack) -> None:
    check_permission(user, Permission.RELEASE_PACK)
    if not pack.released_at:
        raise NotAllowed("Release the pack first; then record where it went.")


def check_can_deliver(user: User, export: Export) -> None:
    """Raises NotAllowed unless the person may record that this export was handed over.

    One that was erased since may still be recorded: it was delivered while it was there.
    """
    if not export.is_done:
        raise NotAllowed("This export is not finished: there is nothing to deliver yet.")
    if export.kind == LISTS:
        check_can_deliver_lists(user)
    elif export.kind == ANNEX_A:
        check_can_deliver_pack(user, Pack.objects.get(export=export))
    else:
        raise NotAllowed("This export is not handed over to inspectors by a deadline.")


def check_may_correct(user: User, kind: str) -> None:
    """The right alone; `check_can_correct` asks for the state of the record as well."""
    if kind == LISTS:
        check_can_deliver_lists(user)
    else:
        check_permission(user, Permission.RELEASE_PACK)


def check_can_correct(user: User, delivery: Delivery) -> None:
    """Raises NotAllowed unless the person may put this record right by a further one."""
    check_may_correct(user, delivery.export.kind)
    if Delivery.objects.filter(corrects=delivery).exists():
        raise NotAllowed("This record was corrected already. Correct the record that took its place.")
    if delivery.is_withdrawal:
        raise NotAllowed("This record says that nothing was delivered. Record the delivery anew.")
