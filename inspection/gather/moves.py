"""Which deadlines move when the days of a visit are corrected: shown before it is done, and kept by the action."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import CALL_CODE, Anchor, VisitDays, moment, read_rule, say
from inspection.gather.calendar import gather_calendar
from inspection.models import Deadline, Inspection, LetterStanding


def move_deadlines(rows: Iterable[Deadline], days: VisitDays, calendar: WorkingCalendar) -> list[tuple[Deadline, str]]:
    """Counts the deadlines again for new days, in memory. Gives those that move, each with its day before in words.

    A day that the letter gave stays; so does a deadline that was met or dropped. The call itself moves although it is
    met: it was the wrong day that is corrected.
    """
    moved = []
    for row in rows:
        is_settled = row.is_met and row.code != CALL_CODE
        if row.is_own_date or is_settled or row.is_dropped or row.is_added:
            continue
        readings = read_rule(Anchor(row.anchor), row.offset_working_days, days, calendar)
        before, due_before, ends_before = day_in_words(row.due_at), row.due_at, row.ends_at
        row.due_at = moment(readings[0].day, row.at_time) if readings else None
        row.ends_at = _end_of(row, readings[0].day, days, calendar) if readings else None
        if readings:
            row.counted_as = readings[0].basis
            row.other_readings = [[other.day.isoformat(), other.basis] for other in readings[1:]]
        if (row.due_at, row.ends_at) != (due_before, ends_before):
            row.original_due_at = row.due_at
            if row.standing == LetterStanding.CONFIRMED and due_before is not None:
                row.standing = LetterStanding.OPEN
            row.version += 1
            moved.append((row, before))
    return moved


def _end_of(row: Deadline, day: date, days: VisitDays, calendar: WorkingCalendar) -> datetime | None:
    if row.ends_offset_working_days is not None:
        readings = read_rule(Anchor(row.anchor), row.ends_offset_working_days, days, calendar)
        return moment(readings[0].day, row.ends_at_time)
    return moment(day, row.ends_at_time) if row.ends_at_time else None


def day_in_words(at: datetime | None) -> str:
    return say(timezone.localdate(at)) if at else "no day yet"


def preview_moves(visit: Inspection, days: VisitDays, at: datetime) -> list[tuple[Deadline, str]]:
    """What `correct_days` would move, without storing it. Two queries."""
    rows = Deadline.objects.filter(inspection=visit)
    return move_deadlines(rows, days, gather_calendar(timezone.localdate(at)))
