"""Wiring only: settings, addresses, the Celery application, the table of export kinds, commands that span apps."""

from sendready.celery import app as celery_app

__all__ = ["celery_app"]
