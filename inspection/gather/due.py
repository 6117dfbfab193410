"""When each batch is due, in words: of the visit that runs, else as the rulebook counts it."""

from datetime import datetime

from django.utils import timezone

from framework.models import TimetableRule
from inspection.domain.clock import Anchor, offset_words
from inspection.models import Deadline, Inspection, LetterStanding, VisitItem


def due_words(visit: Inspection | None) -> dict[str, str]:
    """Words by batch ("annex-a": "Friday 27 November, 23:59"), without what was dropped; asks the database once."""
    if visit is not None:
        deadlines = Deadline.objects.filter(inspection=visit, due_at__isnull=False).exclude(batch="")
        asked = deadlines.exclude(standing=LetterStanding.DROPPED).order_by("-due_at")
        return {row.batch: _moment(row.due_at, has_time=row.has_time) for row in asked if row.due_at}
    rules = TimetableRule.objects.filter(framework__is_current=True, is_archived=False).exclude(batch="")
    return {
        rule.batch: f"{offset_words(rule.offset_working_days, Anchor(rule.anchor))}"
        + (f", {rule.at_time:%H:%M}" if rule.at_time else "")
        for rule in rules.order_by("-offset_working_days")
    }


def own_due_words(item: VisitItem | None) -> str:
    """The day that the letter gave to this item alone; empty where it goes with the others."""
    if item is None or item.is_dropped or item.own_due_at is None:
        return ""
    return _moment(item.own_due_at, has_time=item.has_own_due_time)


def _moment(due_at: datetime, *, has_time: bool) -> str:
    local = timezone.localtime(due_at)
    words = f"{local:%A} {local.day} {local:%B}"
    return f"{words}, {local:%H:%M}" if has_time else words
