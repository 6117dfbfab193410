"""Who may prepare, sign off and release a pack."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import is_out_of_date
from inspection.domain.packs.parts import PART_CODES
from inspection.models import Pack

READERS = (Permission.PREPARE_PACK, Permission.RELEASE_PACK, Permission.SIGN_OFF_PACK)


def check_can_read_pack(user: User, params: Mapping[str, Any]) -> None:
    """Ordering, seeing and taking a pack alike: no part of the table holds data about single children."""
    if not set(params.get("parts", ())) <= PART_CODES or not params.get("parts"):
        raise NotAllowed("This pack has a part that this installation does not make.")
    if not user.permissions & set(READERS):
        check_permission(user, Permission.PREPARE_PACK)


def check_can_order_pack(user: User, params: Mapping[str, Any]) -> None:
    check_can_read_pack(user, params)
    check_permission(user, Permission.PREPARE_PACK)


def check_can_sign_off(user: User, pack: Pack) -> None:
    """Raises NotAllowed unless the person may sign off this pack as it stands."""
    check_permission(user, Permission.SIGN_OFF_PACK)
    if pack.signed_off_at:
        raise NotAllowed("This pack is signed off already.")
    if not pack.export.has_bytes:
        raise NotAllowed("This pack was erased when its time was up. Build it again.")
    if is_out_of_date(pack.export):
        raise NotAllowed("This pack is out of date: build it again, then sign off the new one.")


def check_can_release(user: User, pack: Pack) -> None:
    """Raises NotAllowed unless the person may release this pack as it stands."""
    check_permission(user, Permission.RELEASE_PACK)
    if pack.released_at:
        raise NotAllowed("This pack is released already.")
    if not pack.export.has_bytes:
        raise NotAllowed("This pack was erased when its time was up. Build it again.")
    if not pack.signed_off_at:
        raise NotAllowed("The director has to sign it off first.")


def check_can_name(user: User) -> None:
    check_permission(user, Permission.PREPARE_PACK)
