"""The real pack, made by a real worker that is killed in the middle."""

import io
import os
import time

import pytest

from accounts.domain.roles import Role
from documents.actions import store_file
from documents.files import copy_stored
from documents.models import Export, JobState
from inspection.actions import decisions
from inspection.actions import items as item_actions
from inspection.actions import packs as actions
from inspection.gather.packs import gather_pack
from inspection.models import Pack, SubmissionFile
from inspection.pack_export import write_pack
from inspection.readers.packs import verify
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_draft

pytestmark = pytest.mark.worker
KILLS = int(os.environ.get("SENDREADY_TEST_KILLS", "3"))
FILES = 12
MEGABYTES = 8


@pytest.fixture
def params(transactional_db):
    """One item with files that take long enough to be interrupted."""
    lano = make_user(Role.LANO)
    make_area()
    framework = make_framework()
    item = make_request_item(framework=framework, deadline=make_timetable_rule(framework=framework))
    draft = make_draft(by=lano, item=item)
    for number in range(2, FILES + 2):
        source = io.BytesIO(f"{number:08}".encode() * (MEGABYTES * 131072))
        stored = store_file(by=lano, at=AT, source=source, name=f"{number}.txt", content_type="text/plain")
        SubmissionFile.objects.create(
            submission=draft, stored=stored, title=f"Part {number}", order=number, added_by=lano, added_at=AT
        )
    decisions.approve(by=lano, at=AT, submission=item_actions.submit(by=lano, at=AT, submission=draft))
    return {"inspection": None, "parts": ["annex-a"]}


class Here:
    """A making in this process, to compare with."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, progress, stage=""):
        pass

    def keep(self, name, make):
        make(self.folder / name)
        return self.folder / name


def test_worker_killed_in_the_middle_of_a_pack_leaves_one_complete_pack(idle_worker, params, tmp_path):
    expected = write_pack(gather_pack(params), tmp_path / "expected.zip", Here(tmp_path))
    idle_worker.environment = {"SENDREADY_JOB_SWEEP_SECONDS": "1"}
    export = actions.order_pack(by=None, at=AT, inspection=None, parts=("annex-a",))
    for attempt in range(1, KILLS + 1):
        running = Export.objects.filter(pk=export.pk, state=JobState.RUNNING, attempts=attempt)
        idle_worker.start()
        idle_worker.wait_until(running.exists, what=f"attempt {attempt} is on its way")
        time.sleep(0.04 * attempt)
        idle_worker.kill()
        export.refresh_from_db()
        assert export.state == JobState.RUNNING, "killed too late to test anything"

    idle_worker.start()
    idle_worker.wait_until(
        Export.objects.filter(pk=export.pk, state=JobState.DONE).exists, within=60, what="it is done"
    )

    export.refresh_from_db()
    path = tmp_path / "made.zip"
    with path.open("wb") as out:
        copy_stored(export, out)
    assert (export.sha256, export.size) == (expected.sha256, expected.size)
    assert verify(path).is_whole
    assert Pack.objects.filter(export=export).count() == 1
    assert (Export.objects.count(), export.attempts) == (1, KILLS + 1)
