"""A command that makes an export in the foreground, while a worker may hear of it too."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.domain.roles import Role
from documents import foreground, jobs
from documents.actions import order_export
from documents.models import Export
from tests.factories.accounts import make_area, make_user
from tests.harness import export_kinds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def export(settings):
    settings.EXPORT_KINDS = export_kinds.TABLE
    make_area()
    return order_export(by=make_user(Role.LANO), at=timezone.now(), kind="words", params={"text": "hello"})


def test_export_nobody_works_on_is_made_here_and_copied_out(export, tmp_path):
    done = foreground.finished(export)

    path = foreground.copied_out(done, tmp_path / "out")

    assert (path.name, path.stat().st_size) == (done.file_name, done.size)
    assert [each.name for each in path.parent.iterdir()] == [done.file_name]


def test_export_that_a_worker_took_first_is_waited_for(export):
    taken = jobs.claim(Export, export.pk)

    def work() -> None:
        jobs.finish(taken, file_name="made-by-the-worker.txt")
        connection.close()

    worker = threading.Timer(0.5, work)
    worker.start()
    done = foreground.finished(export, seconds=20)
    worker.join()

    assert (done.is_done, done.file_name) == (True, "made-by-the-worker.txt")


def test_export_that_no_worker_finishes_in_time_is_said(export):
    jobs.claim(Export, export.pk)

    with pytest.raises(foreground.NotMade, match=r"within 0\.1 seconds"):
        foreground.finished(export, seconds=0.1)


def test_export_that_was_cancelled_is_said(export):
    jobs.cancel(export, at=timezone.now())

    with pytest.raises(foreground.NotMade, match="cancelled"):
        foreground.finished(export)
