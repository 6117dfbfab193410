"""Who may read and change the strategy, and what may be put into the archive."""

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from strategy.models import Board, KeptRow, Strategy


def check_can_edit(user: User) -> None:
    check_permission(user, Permission.EDIT_STRATEGY)


def can_edit(user: User) -> bool:
    return Permission.EDIT_STRATEGY in user.permissions


def check_can_archive(user: User, row: KeptRow) -> None:
    """Raises NotAllowed unless the person may take this row off the pages now."""
    check_can_edit(user)
    if isinstance(row, Board):
        below = Board.objects.filter(reports_to=row, archived_at=None).values_list("name", flat=True)
        if below:
            raise NotAllowed(f"{', '.join(below)} reports to it. Say first to whom it reports instead.")
        if Strategy.objects.filter(board=row, is_current=True).exists():
            raise NotAllowed("The current strategy is overseen by it. Name another board in the strategy first.")


def check_board(board: Board) -> None:
    """Raises NotAllowed where the board, as it is about to be saved, takes another's name or reports to itself."""
    if board.pk and board.reports_to_id == board.pk:
        raise NotAllowed("A board cannot report to itself. Choose another board, or nobody.")
    other = Board.objects.filter(name=board.name).exclude(pk=board.pk).first()
    if other:
        place = " in the archive" if other.archived_at else ""
        raise NotAllowed(f"There is a board “{other.name}”{place} already. Give this one another name.")
