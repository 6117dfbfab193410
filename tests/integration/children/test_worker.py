"""An upload read by a real background worker, which is killed on the way."""

import pytest

from accounts.domain.roles import Role
from children.models import ListRow
from children.synthetic import synthetic_lists
from tests.factories.accounts import make_area, make_user
from tests.factories.lists import EXTRACTED_ON, lists_bytes, order_upload

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_upload_survives_a_worker_that_is_killed(idle_worker):
    make_area()
    lists = synthetic_lists(plans=3000, support=3000, seed=4, as_at=EXTRACTED_ON)
    plans, support = lists.rows.values()
    upload = order_upload(by=make_user(Role.DATA_LEAD), content=lists_bytes(plans=plans, support=support))
    idle_worker.environment["SENDREADY_EXPORT_STALE_SECONDS"] = "2"
    idle_worker.environment["SENDREADY_JOB_SWEEP_SECONDS"] = "1"

    idle_worker.start()
    idle_worker.wait_until(ListRow.objects.exists, what="some rows are stored")
    idle_worker.kill()
    idle_worker.start()

    def is_done():
        upload.refresh_from_db()
        return upload.is_done

    idle_worker.wait_until(is_done, within=60, what="the upload is read")
    assert upload.row_counts == {"List_1": 3000, "List_2": 3000}
    assert ListRow.objects.count() == 6000
    assert upload.is_current
