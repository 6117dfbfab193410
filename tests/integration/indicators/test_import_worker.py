"""A file of figures read by a real background worker, which is killed on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from indicators.actions import import_file
from indicators.models import Observation, Release
from tests.factories.indicators import make_entry, make_family, make_indicator, make_local_area, make_region
from tests.factories.statistics_files import csv_bytes, row

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
COLUMNS = [f"share_{number}" for number in range(60)]


def test_import_survives_a_worker_that_is_killed(idle_worker):
    make_region()
    make_local_area()
    make_local_area(code="902")
    family = make_family(code="shares", filters={"who": []}, columns=COLUMNS)
    for column in COLUMNS:
        indicator = make_indicator(code=column.replace("_", "-"))
        make_entry(indicator=indicator, family=family, value_column=column, filters={"who": "Total"})
    rows = [
        row(place, time=str(year), identifier="Calendar year", who="Total", **dict.fromkeys(COLUMNS, "12.5"))
        for year in range(1985, 2025)
        for place in ("Nowhere", "901", "902")
    ]
    job = import_file(by=None, at=timezone.now(), upload=SimpleUploadedFile("shares.csv", csv_bytes(rows)))
    idle_worker.environment["SENDREADY_EXPORT_STALE_SECONDS"] = "2"
    idle_worker.environment["SENDREADY_JOB_SWEEP_SECONDS"] = "1"

    idle_worker.start()
    idle_worker.wait_until(Observation.objects.exists, what="some figures are stored")
    idle_worker.kill()
    idle_worker.start()

    def is_done() -> bool:
        job.refresh_from_db()
        return job.is_done

    idle_worker.wait_until(is_done, within=60, what="the file is read")
    assert Release.objects.get().figures == len(rows) * len(COLUMNS)
    assert Observation.objects.filter(is_current=True).count() == Observation.objects.count() == 7200
