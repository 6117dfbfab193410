"""When each batch is due, in words: of the visit that runs, else as the rulebook counts it."""

from django.utils import timezone

from framework.models import TimetableRule
from inspection.domain.clock import Anchor, offset_words
from inspection.models import Deadline, Inspection


def due_words(visit: Inspection | None) -> dict[str, str]:
    """Words by batch ("annex-a": "Friday 27 November, 23:59"); asks the database once."""
    if visit is not None:
        deadlines = Deadline.objects.filter(inspection=visit, due_at__isnull=False).exclude(batch="")
        return {deadline.batch: f"{_moment(deadline)}" for deadline in deadlines.order_by("-due_at") if deadline.due_at}
    rules = TimetableRule.objects.filter(framework__is_current=True, is_archived=False).exclude(batch="")
    return {
        rule.batch: f"{offset_words(rule.offset_working_days, Anchor(rule.anchor))}"
        + (f", {rule.at_time:%H:%M}" if rule.at_time else "")
        for rule in rules.order_by("-offset_working_days")
    }


def _moment(deadline: Deadline) -> str:
    assert deadline.due_at is not None  # noqa: S101  # filtered by the caller
    local = timezone.localtime(deadline.due_at)
    words = f"{local:%A} {local.day} {local:%B}"
    return f"{words}, {local:%H:%M}" if deadline.has_time else words
