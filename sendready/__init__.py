"""Wiring only: settings, addresses, the Celery application, the table of export kinds, commands that span apps.

Takes: the settings of an installation, requests, folders of an area.
Decides: nothing about SEND; which app answers, and what a fault looks like to people.
Gives: the running service, its set-up pages and its status.
"""

from sendready.celery import app as celery_app

__all__ = ["celery_app"]
