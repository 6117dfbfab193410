"""The rounds of the worker's own threads outlive whatever befalls one of them."""

import threading

import pytest
from django.db import InterfaceError
from django.utils import timezone

from accounts.domain.roles import Role
from documents import jobs, tasks
from documents.actions import order_export
from documents.models import Export
from tests.factories.accounts import make_area, make_user
from tests.harness import export_kinds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_sweeper_goes_on_after_a_round_that_failed(settings, monkeypatch):
    settings.JOB_SWEEP_SECONDS = 0.01
    settings.JOB_MODELS = {"documents.Lost": "documents.make_export"}
    missed = threading.Semaphore(0)
    monkeypatch.setattr(tasks.log, "exception", lambda *args: missed.release())
    sweeper = tasks.Sweeper()

    sweeper.start()
    again = [missed.acquire(timeout=10) for _ in range(2)]
    sweeper.over.set()
    sweeper.join(10)

    assert again == [True, True]


def test_heartbeat_goes_on_after_a_connection_that_was_closed(settings, monkeypatch):
    settings.EXPORT_KINDS = export_kinds.TABLE
    settings.EXPORT_STALE_SECONDS = 0.06
    make_area()
    export = order_export(by=make_user(Role.LANO), at=timezone.now(), kind="words", params={"text": "hello"})
    beat = jobs.Beat(jobs.claim(Export, export.pk))
    written = threading.Semaphore(0)

    def fails() -> None:
        written.release()
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(beat, "_write", fails)

    with beat:
        again = [written.acquire(timeout=10) for _ in range(2)]

    assert again == [True, True]
