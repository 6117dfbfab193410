"""The names that a board had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from strategy.actions.rows import Conflict
from strategy.models import Board, BoardName
from strategy.permissions import check_can_edit
from strategy.stamps import names_stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name from a day to a day; None leaves that end open."""

    name: str
    from_on: date | None = None
    to_on: date | None = None


def set_former_names(*, by: User, at: datetime, board: Board, names: Sequence[FormerName], stamp: str) -> Board:
    """Replaces the former names of a board by these. Raises Conflict when somebody saved them since `stamp`."""
    check_can_edit(by)
    with transaction.atomic():
        Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
        if names_stamp(board) != stamp:
            raise Conflict(board)
        board.former_names.all().delete()
        BoardName.objects.bulk_create(
            BoardName(board=board, name=each.name, from_on=each.from_on, to_on=each.to_on) for each in names
        )
        board.edited_at, board.edited_by = at, by
        board.save(update_fields=["edited_at", "edited_by"])
        record(by=by, at=at, action="board.names_set", thing=board, text=f"{len(names)} former names.")
    return board
