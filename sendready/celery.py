"""The Celery application. The rows in the database are the truth; the broker is only a bell."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendready.settings")

app = Celery("sendready")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
