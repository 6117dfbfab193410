"""Each change that a person can cause to a pack after it was made, and how its documents are named."""

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from documents.actions import order_export
from documents.exports import is_out_of_date
from documents.models import Export
from inspection.domain.packs.names import pattern_fault
from inspection.gather.packs import KIND
from inspection.models import Inspection, Pack, PackNaming
from inspection.permissions.packs import (
    check_can_name,
    check_can_order_pack,
    check_can_release,
    check_can_sign_off,
)


class WrongPattern(Exception):
    """A naming pattern that cannot be used; `sentence` says what to change."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def order_pack(*, by: User | None, at: datetime, inspection: Inspection | None, parts: tuple[str, ...]) -> Export:
    """Orders a pack in the background, or gives the one that is there for the same inputs.

    `by=None` is whoever runs a command on the machine itself.
    """
    params = {"inspection": inspection.pk if inspection else None, "parts": list(parts)}
    if by is not None:
        check_can_order_pack(by, params)
    return order_export(by=by, at=at, kind=KIND, params=params)


def sign_off_pack(*, by: User, at: datetime, pack: Pack, note: str = "") -> Pack:
    """The director answers for what this very file holds."""
    with transaction.atomic():
        row = _locked(pack)
        check_can_sign_off(by, row)
        row.signed_off_by, row.signed_off_at, row.sign_off_note = by, at, note.strip()
        row.save(update_fields=["signed_off_by", "signed_off_at", "sign_off_note"])
        record(by=by, at=at, action="pack.signed_off", thing=row, text=f"SHA-256 {row.export.sha256}")
        return row


def release_pack(*, by: User, at: datetime, pack: Pack, is_older_meant: bool = False) -> Pack:
    """Lets a signed-off pack leave the building. The page asks for the password again before it calls this.

    `is_older_meant` says that it leaves although what it holds has changed since: on the day an upload of the last
    minute must not hold up the pack that the director has signed off, but nobody releases an older state unawares.
    """
    with transaction.atomic():
        row = _locked(pack)
        check_can_release(by, row)
        is_older = is_out_of_date(row.export)
        if is_older and not is_older_meant:
            raise NotAllowed(
                "Something that this pack holds has changed since it was made. Build it again and have it signed off, "
                "or tick that you release it as it is."
            )
        row.released_by, row.released_at = by, at
        row.save(update_fields=["released_by", "released_at"])
        state = " Out of date when released." if is_older else ""
        record(by=by, at=at, action="pack.released", thing=row, text=f"SHA-256 {row.export.sha256}.{state}")
        return row


def name_documents(*, by: User, at: datetime, pattern: str) -> PackNaming:
    """Changes how documents are named in the packs made from now on."""
    check_can_name(by)
    fault = pattern_fault(pattern)
    if fault:
        raise WrongPattern(fault)
    with transaction.atomic():
        naming, _ = PackNaming.objects.update_or_create(
            pk=1, defaults={"pattern": pattern, "changed_by": by, "changed_at": at}
        )
        record(by=by, at=at, action="pack.naming_changed", thing=naming, text=pattern)
        return naming


def _locked(pack: Pack) -> Pack:
    return Pack.objects.select_for_update(of=("self",)).select_related("export").get(pk=pack.pk)
