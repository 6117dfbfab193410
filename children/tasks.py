"""What the background worker runs."""

from typing import Any

import structlog
from celery import current_app, shared_task
from celery.signals import worker_ready
from django.utils import timezone

from children import reading_upload
from children.actions import erase_due
from children.upkeep import clear_left_rows

log = structlog.get_logger(__name__)


@shared_task(name="children.read_upload")
def read_upload(pk: int) -> None:
    reading_upload.read_upload(pk)


@shared_task(name="children.erase_due_rows")
def erase_due_rows() -> None:
    """Once a day: what was kept long enough goes, and what a reading that failed left."""
    clear_left_rows()
    erase_due(by=None, at=timezone.now())


@worker_ready.connect
def erase_at_start(**_: Any) -> None:
    """An installation without a beat service erases at least whenever its worker starts."""
    try:
        current_app.send_task("children.erase_due_rows", retry=False)
    except Exception as error:  # as for every bell: it is rung again tomorrow
        log.warning("the broker did not answer", reason=type(error).__name__)
