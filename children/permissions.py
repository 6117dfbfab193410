"""May this person see, upload, export or erase person-level rows, and if not, why not."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.findings import Blocker, Finding
from accounts.domain.roles import Permission, Role
from accounts.models import User
from accounts.permissions import (
    NotAllowed,
    check_child_data_open,
    check_permission,
    check_rows_accepted,
    has_permission,
    protection_findings,
)
from accounts.reach import with_open_links
from children.models import ListUpload


def check_can_read_totals(user: User) -> None:
    if not user.permissions & {Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS}:
        check_permission(user, Permission.READ_LIST_TOTALS)


def check_can_read_rows(user: User, upload: ListUpload) -> None:
    check_permission(user, Permission.READ_CHILD_ROWS)
    if upload.rows_erased_at is not None:
        raise NotAllowed("The rows of this upload were erased; only its totals are left.")
    if not upload.is_done:
        raise NotAllowed("These lists were not read to the end.")


def can_read_rows(user: User, upload: ListUpload) -> bool:
    return upload.has_rows and has_permission(user, Permission.READ_CHILD_ROWS)


def check_can_upload(user: User) -> None:
    """Asks the installation as well as the person: a real one takes no rows before its protections are in place."""
    check_rows_accepted(user)


def upload_obstacles(user: User) -> tuple[Finding, ...]:
    """What keeps somebody whose role uploads lists from uploading them now, each with the page that mends it."""
    own: tuple[Finding, ...] = ()
    try:
        check_child_data_open(user)
    except NotAllowed as refusal:
        own = (
            Blocker(
                code="protection.own-second-step",
                sentence=refusal.reason,
                owner_role=Role.DATA_LEAD,
                fix_url=refusal.fix_url,
                fix_label=refusal.fix_label,
            ),
        )
    return own + with_open_links([found for found in protection_findings() if isinstance(found, Blocker)], user)


def check_can_export(user: User, params: Mapping[str, Any]) -> None:
    check_permission(user, Permission.EXPORT_CHILD_ROWS)


def check_can_change(user: User, upload: ListUpload) -> None:
    """Keep longer or shorter, make current, erase."""
    if Permission.KEEP_RECORDS not in user.permissions:
        check_permission(user, Permission.UPLOAD_LISTS)
    if upload.rows_erased_at is not None:
        raise NotAllowed("The rows of this upload were erased already.")


def check_can_erase(user: User, upload: ListUpload) -> None:
    check_can_change(user, upload)
    if upload.has_legal_hold:
        raise NotAllowed("A legal hold stands on this upload. Lift the hold first, with a reason.")
    if upload.is_unfinished:
        raise NotAllowed("These lists are being read just now. Cancel that first.")


def check_can_hold(user: User, upload: ListUpload) -> None:
    check_permission(user, Permission.KEEP_RECORDS)
    if upload.rows_erased_at is not None:
        raise NotAllowed("The rows of this upload were erased already.")


def check_can_waive(user: User, upload: ListUpload) -> None:
    """Waiving decides what counts as wrong: for those who keep the lists."""
    check_permission(user, Permission.UPLOAD_LISTS)
    check_can_read_rows(user, upload)
