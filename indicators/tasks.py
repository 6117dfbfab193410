"""What the background worker runs."""

from celery import shared_task

from indicators import importing


@shared_task(name="indicators.read_statistics")
def read_statistics(pk: int) -> None:
    importing.read_import(pk)
