"""What the background worker runs."""

from celery import shared_task

from evidence import reading_texts


@shared_task(name="evidence.read_text")
def read_text(pk: int) -> None:
    reading_texts.read_file_text(pk)
