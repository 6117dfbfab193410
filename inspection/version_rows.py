"""How the row of a version is held still, and moved by the one table of transitions."""

from datetime import datetime

from accounts.audit import record
from accounts.models import User
from framework.models import RequestItem
from inspection.domain.submissions import Move, State, Transition, WrongState, transition_of
from inspection.models import ItemOwner, ItemSubmission
from inspection.permissions.items import check_can_move


def owner_id_of(item: RequestItem) -> int | None:
    found: int | None = ItemOwner.objects.filter(item=item).values_list("owner_id", flat=True).first()
    return found


def locked(submission: ItemSubmission) -> ItemSubmission:
    """The row as it stands, kept still until the transaction ends."""
    return (
        ItemSubmission.objects.select_for_update(of=("self",))
        .select_related("item", "item__deadline")
        .get(pk=submission.pk)
    )


def check_standing(submission: ItemSubmission) -> None:
    if submission.archived_at is not None:
        raise WrongState("This version is in the archive. Take it out again first.")


def supersede(submission: ItemSubmission, at: datetime) -> None:
    transition = transition_of(Move.SUPERSEDE, State(submission.state))
    submission.state = transition.target.value
    submission.changed_at = at
    submission.save(update_fields=["state", "changed_at"])
    text = f"A newer version of {submission.item.title} took its place."
    record(by=None, at=at, action=f"submission.{transition.done}", thing=submission, text=text)


def begin_move(by: User, submission: ItemSubmission, move: Move) -> tuple[ItemSubmission, Transition]:
    """The locked row and the line of the table, once the person and the state both allow it."""
    row = locked(submission)
    transition = transition_of(move, State(row.state))
    check_can_move(by, row, transition.mover, owner_id_of(row.item))
    check_standing(row)
    return row, transition


def finish_move(row: ItemSubmission, transition: Transition, by: User, at: datetime, *, text: str) -> ItemSubmission:
    row.state = transition.target.value
    row.lock += 1
    row.changed_by, row.changed_at = by, at
    row.save()
    record(by=by, at=at, action=f"submission.{transition.done}", thing=row, text=text)
    return row
