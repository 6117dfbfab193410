"""The words that hold a comment, and the days before elections: data that people keep."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval.actions.rounds import Conflict
from selfeval.domain.holds import faults_of, lines_of
from selfeval.gather.holds import lines_in_force
from selfeval.hearing_permissions import check_can_run
from selfeval.models import ElectionPeriod, HoldKind, HoldList


class Spoilt(Exception):
    """What has to be mended in a list, as sentences."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def save_list(*, by: User, at: datetime, kind: HoldKind, version: int, text: str) -> HoldList:
    """Puts a list in force at once. Raises Spoilt with what to mend, Conflict when somebody saved since `version`.

    `version` is 0 where the shipped list was in force.
    """
    check_permission(by, Permission.READ_HELD_COMMENTS)
    lines = lines_of(text)
    faults = faults_of(lines, is_plain=kind is HoldKind.ORDINARY)
    if faults:
        raise Spoilt(faults)
    with transaction.atomic():
        before = lines_in_force(kind)
        row = HoldList.objects.select_for_update().filter(kind=kind).first()
        if (row.version if row else 0) != version:
            raise Conflict(row)
        row = row or HoldList(kind=kind, version=0)
        row.lines, row.changed_by, row.changed_at = "\n".join(lines), by, at
        row.version += 1
        row.save()
        more, fewer = len(set(lines) - set(before)), len(set(before) - set(lines))
        record(by=by, at=at, action="hold-list.changed", thing=row, text=f"{more} lines more, {fewer} fewer.")
        return row


def reset_list(*, by: User, at: datetime, kind: HoldKind) -> None:
    """The shipped list is in force again."""
    check_permission(by, Permission.READ_HELD_COMMENTS)
    with transaction.atomic():
        row = HoldList.objects.select_for_update().filter(kind=kind).first()
        if row is not None:
            record(by=by, at=at, action="hold-list.reset", thing=row)
            row.delete()


def save_period(
    *,
    by: User,
    at: datetime,
    name: str,
    from_on: date,
    to_on: date,
    note: str = "",
    period: ElectionPeriod | None = None,
    version: int = 0,
) -> ElectionPeriod:
    """Days before an election, added or changed. Raises Conflict when somebody saved since `version`."""
    check_can_run(by)
    if to_on < from_on:
        raise NotAllowed("Give a last day that is not before the first.")
    with transaction.atomic():
        row = ElectionPeriod.objects.select_for_update().get(pk=period.pk) if period else ElectionPeriod(version=0)
        if row.version != version:
            raise Conflict(row)
        row.name, row.from_on, row.to_on, row.note = name, from_on, to_on, note
        row.version += 1
        row.save()
        record(by=by, at=at, action="election-period.changed" if period else "election-period.added", thing=row)
        return row


def remove_period(*, by: User, at: datetime, period: ElectionPeriod) -> None:
    check_can_run(by)
    with transaction.atomic():
        record(by=by, at=at, action="election-period.removed", thing=period)
        ElectionPeriod.objects.filter(pk=period.pk).delete()
