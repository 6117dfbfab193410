"""May this person order, see, take, stop or erase it."""

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import kind_of
from documents.models import Export, Kept


def check_can_read_export(user: User, export: Export) -> None:
    kind_of(export.kind).check(user, export.params)


def can_read_export(user: User, export: Export) -> bool:
    try:
        check_can_read_export(user, export)
    except NotAllowed:
        return False
    return True


def check_can_download_export(user: User, export: Export) -> None:
    check_can_read_export(user, export)
    if export.erased_at is not None:
        raise NotAllowed("This export was erased when its time was up. Order it again.")
    if not export.is_done:
        raise NotAllowed("This export is not finished.")


def check_can_order_again(user: User, export: Export) -> None:
    kind_of(export.kind).check_making(user, export.params)


def reason_not_to_order_again(user: User, export: Export) -> str:
    """For the page: why the person may not have it made again; empty when they may."""
    try:
        check_can_order_again(user, export)
    except NotAllowed as refusal:
        return refusal.reason
    return ""


def check_can_cancel_export(user: User, export: Export) -> None:
    check_can_order_again(user, export)
    if not export.is_unfinished:
        raise NotAllowed("This export has ended already.")


def check_can_retry_export(user: User, export: Export) -> None:
    check_can_order_again(user, export)
    if not export.is_retryable:
        raise NotAllowed("Only an export that failed or was cancelled can be started again.")


def check_can_erase(user: User, kept: Kept) -> None:
    check_permission(user, Permission.KEEP_RECORDS)
    check_not_held(kept)


def check_not_held(kept: Kept) -> None:
    if kept.has_legal_hold:
        raise NotAllowed("A legal hold stands on this file. Lift the hold first, with a reason.")
    if kept.erased_at is not None:
        raise NotAllowed("This file was erased already.")


def check_can_hold(user: User, kept: Kept) -> None:
    check_permission(user, Permission.KEEP_RECORDS)
    if kept.erased_at is not None:
        raise NotAllowed("This file was erased already.")
