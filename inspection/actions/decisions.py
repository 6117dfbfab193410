"""Approving, returning, and putting versions away."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from inspection.actions.items import Conflict, Incomplete
from inspection.domain.submissions import Missing, Move, State, WrongState
from inspection.models import ItemSubmission
from inspection.permissions.items import check_can_archive
from inspection.version_rows import begin_move, check_standing, finish_move, locked, owner_id_of, supersede


def approve(*, by: User, at: datetime, submission: ItemSubmission) -> ItemSubmission:
    """Approves a submitted version; the one approved before is superseded and kept."""
    with transaction.atomic():
        row, transition = begin_move(by, submission, Move.APPROVE)
        _supersede_approved(row, at)
        row.decided_by, row.decided_at = by, at
        return finish_move(row, transition, by, at, text=f"{row.item.title}, version {row.version}.")


def _supersede_approved(row: ItemSubmission, at: datetime) -> None:
    others = ItemSubmission.objects.standing().filter(item=row.item, state=State.APPROVED).exclude(pk=row.pk)
    for other in others.select_related("item"):
        supersede(other, at)


def return_version(*, by: User, at: datetime, submission: ItemSubmission, reason: str) -> ItemSubmission:
    """Returns a version with the reason that its supplier needs in order to mend it."""
    if not reason.strip():
        raise Incomplete([Missing("reason", "Say what has to change, so that the supplier can mend it.")])
    with transaction.atomic():
        row, transition = begin_move(by, submission, Move.RETURN)
        row.decided_by, row.decided_at, row.return_reason = by, at, reason.strip()
        return finish_move(row, transition, by, at, text=f"{row.item.title}, version {row.version}.")


def approve_many(*, by: User, at: datetime, submissions: Sequence[tuple[ItemSubmission, int]]) -> list[ItemSubmission]:
    """Approves all of these or none. Each comes with the `lock` that the approver saw in the preview.

    Raises Conflict for the first one that changed since.
    """
    with transaction.atomic():
        approved = []
        for submission, lock in submissions:
            row = locked(submission)
            if row.lock != lock:
                raise Conflict(row)
            approved.append(approve(by=by, at=at, submission=row))
        return approved


def archive_version(*, by: User, at: datetime, submission: ItemSubmission) -> ItemSubmission:
    """Puts a version away; it counts for nothing until it is taken out again."""
    with transaction.atomic():
        row = locked(submission)
        check_can_archive(by, row, owner_id_of(row.item))
        check_standing(row)
        row.archived_by, row.archived_at = by, at
        row.changed_by, row.changed_at = by, at
        row.lock += 1
        row.save()
        record(by=by, at=at, action="submission.archived", thing=row, text=f"{row.item.title}, version {row.version}.")
        return row


def restore_version(*, by: User, at: datetime, submission: ItemSubmission) -> ItemSubmission:
    """Takes a version out of the archive, as it was; an approved one that was replaced meanwhile is superseded."""
    with transaction.atomic():
        row = locked(submission)
        check_can_archive(by, row, owner_id_of(row.item))
        if row.archived_at is None:
            raise WrongState("This version is not in the archive.")
        others = ItemSubmission.objects.standing().filter(item=row.item)
        if State(row.state) in {State.DRAFT, State.SUBMITTED} and others.open().exists():
            raise WrongState("Another version is being worked on. Finish or archive that one first.")
        if row.state == State.APPROVED and others.filter(state=State.APPROVED).exists():
            row.state = State.SUPERSEDED.value
        row.archived_by, row.archived_at = None, None
        row.changed_by, row.changed_at = by, at
        row.lock += 1
        row.save()
        record(by=by, at=at, action="submission.restored", thing=row, text=f"{row.item.title}, version {row.version}.")
        return row
