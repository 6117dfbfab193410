"""The names that a board had, one after the other."""

from datetime import date, timedelta

from strategy.models import Board, BoardName


def keep_former_name(board: Board, name: str, until: date) -> BoardName:
    """The name that a board had until a day; it had it since the name before ended. Call it with the change itself."""
    before = board.former_names.filter(to_on__isnull=False).order_by("to_on", "pk").last()
    since = min(before.to_on + timedelta(days=1), until) if before and before.to_on else board.from_on
    if since is not None and since > until:
        since = None
    return BoardName.objects.create(board=board, name=name, from_on=since, to_on=until)
