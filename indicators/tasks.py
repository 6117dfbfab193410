"""What the background worker runs."""

from celery import shared_task

from indicators import drawing, importing


@shared_task(name="indicators.read_statistics")
def read_statistics(pk: int) -> None:
    job = importing.read_import(pk)
    if job is not None and job.is_done:
        drawing.draw_charts()
