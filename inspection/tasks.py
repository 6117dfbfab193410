"""What the background worker runs."""

from celery import shared_task

from inspection import report_reading


@shared_task(name="inspection.read_report")
def read_report(pk: int) -> None:
    report_reading.read_upload(pk)
