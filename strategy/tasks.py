"""What the clock rings for."""

from celery import shared_task
from django.utils import timezone

from strategy.actions.digest import send_digest


@shared_task(name="strategy.send_digest")
def send_monday_digest() -> int:
    """The digest of this week; returns how many went out. Asked twice, nobody gets it twice."""
    at = timezone.now()
    return len(send_digest(by=None, at=at, on=timezone.localdate(at)).sent)
