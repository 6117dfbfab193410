"""The lines of a visit's notification letter: its deadlines and its items."""

from collections.abc import Iterable

from django.utils import timezone

from inspection.domain.letter import Line, Standing
from inspection.models import Deadline, Inspection, VisitItem

LetterRow = Deadline | VisitItem


def letter_rows(visit: Inspection) -> list[LetterRow]:
    """Every line of the visit's letter: deadlines by day, then items. Two queries."""
    deadlines: Iterable[LetterRow] = Deadline.objects.filter(inspection=visit).select_related("person")
    items: Iterable[LetterRow] = VisitItem.objects.filter(inspection=visit).select_related("deadline")
    return [*deadlines, *items]


def line_of(row: LetterRow) -> Line:
    """The line as it stands. Reads an item's `deadline`: select it too."""
    due_at = row.due_at
    has_time = row.has_time if isinstance(row, Deadline) else _item_has_time(row)
    local = timezone.localtime(due_at) if due_at else None
    return Line(
        title=row.title,
        due_on=local.date() if local else None,
        due_time=local.time().replace(second=0, microsecond=0) if local and has_time else None,
        standing=Standing(row.standing),
    )


def _item_has_time(row: VisitItem) -> bool:
    if row.own_due_at is not None:
        return row.has_own_due_time
    return row.deadline is not None and row.deadline.has_time
