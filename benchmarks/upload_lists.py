#!/usr/bin/env python3
"""How long the background worker takes from an uploaded workbook to findings on the page, and how much memory.

    python benchmarks/upload_lists.py [--rows 50000] [--faults 20000]

Makes a database of its own in a temporary folder and a synthetic workbook with planted blanks, uploads it twice (the
second time it is compared with the first), counting of the composition included, while another process goes on writing
a small row, and then asks each page of the desk twenty times through the test client. The bars: 10 s, 400 MB, 60 ms.
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DAY = "2026-11-22"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--faults", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "sendready.settings",
            "SENDREADY_VAR": folder,
            "SENDREADY_DEMO": "1",
            "SENDREADY_SECRET_KEY": "a key that only the benchmarks use, long enough",
            "SENDREADY_STORAGE_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        }
        import django

        django.setup()
        measure(Path(folder), rows=options.rows, faults=options.faults)


def workbook(path: Path, *, rows: int, faults: int) -> bytes:
    from datetime import date

    from children.loaders import load_schema
    from children.sheets import LayoutRows, sheet_of
    from children.synthetic import synthetic_lists
    from documents.press.workbook import write_workbook

    plans = rows * 2 // 5
    lists = synthetic_lists(plans=plans, support=rows - plans, seed=1, as_at=date.fromisoformat(DAY))
    random = Random(2)  # noqa: S311  # planted faults need no secure randomness
    everybody = [row for each in lists.rows.values() for row in each]
    for row in random.sample(everybody, min(faults, len(everybody))):
        row.pop(random.choice(["gender", "ethnicity", "primary_need", "disability"]))
    sheets = [sheet_of(LayoutRows(layout, lists.rows[layout.kind])) for layout in load_schema().sheets]
    write_workbook(path, sheets, marking="SYNTHETIC")
    return path.read_bytes()


WRITER = """
import sys, time, django
django.setup()
from pathlib import Path
from django.db import connection, transaction
from accounts.models import LocalArea
stop, waits = Path(sys.argv[1]), []
while not stop.exists():
    started = time.perf_counter()
    with transaction.atomic():
        LocalArea.objects.filter(pk=1).update(name=f"Wexcombe {len(waits)}")
    waits.append((time.perf_counter() - started) * 1000)
    time.sleep(0.05)
waits.sort()
print(f"{len(waits)} writes beside it, median {waits[len(waits) // 2]:.0f} ms, slowest {waits[-1]:.0f} ms")
"""


@contextmanager
def writer_beside(folder: Path) -> Iterator[None]:
    """Somebody else who writes twenty times a second, and says at the end how long they waited."""
    stop = folder / "stop"
    stop.unlink(missing_ok=True)
    command = [sys.executable, "-c", WRITER, str(stop)]
    beside = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603  # the text above
    time.sleep(3)  # until it has started
    try:
        yield
    finally:
        stop.touch()
        print(f"  {beside.communicate(timeout=60)[0].strip()}")


def measure(folder: Path, *, rows: int, faults: int) -> None:
    import resource
    from datetime import date

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.domain.roles import Role
    from accounts.models import LocalArea, RoleAssignment, User
    from children import actions, reading_upload

    call_command("migrate", verbosity=0)
    LocalArea.objects.create(pk=1, name="Wexcombe", short_code="WEXCOMBE", set_up_at=timezone.now())
    person = User.objects.create_user("data@wexcombe.example", "A long password, 2026", name="Data lead")
    RoleAssignment.objects.create(
        user=person, role=Role.DATA_LEAD.value, from_on=date.fromisoformat(DAY) - timedelta(9)
    )
    content = workbook(folder / "lists.xlsx", rows=rows, faults=faults)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name in ("first upload", "second upload, compared with the first"):
        upload = actions.upload_lists(
            by=person,
            at=timezone.now(),
            uploads=[SimpleUploadedFile("lists.xlsx", content)],
            extracted_on=date.fromisoformat(DAY),
            schema_code="area-send-2023",
        )
        with writer_beside(folder):
            started, cpu = time.perf_counter(), time.process_time()
            done = reading_upload.read_upload(upload.pk)
            took, of_cpu = time.perf_counter() - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        findings = done.error_count + done.query_count if done else 0
        print(
            f"{name}: {rows:,} rows, {findings:,} findings in {took:.1f} s "
            f"({of_cpu:.1f} s of processor), peak {peak:.0f} MB (making the file took {before:.0f})"
        )
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, url in (
        ("overview", reverse("children:upload-list")),
        ("findings", reverse("children:finding-list", args=[upload.pk])),
        ("findings, filtered", reverse("children:finding-list", args=[upload.pk]) + "?rule=101b&level=error"),
        ("findings, page 300", reverse("children:finding-list", args=[upload.pk]) + "?page=300"),
        ("what changed", reverse("children:difference-show", args=[upload.pk])),
        ("composition with a cross table", reverse("children:composition-show") + "?first=need&second=ethnicity"),
        ("upload by upload", reverse("children:trend-show")),
        ("erasure plan", reverse("children:erasure-show")),
    ):
        times = []
        for _ in range(20):
            started = time.perf_counter()
            response = client.get(url)
            times.append((time.perf_counter() - started) * 1000)
            if response.status_code != 200:
                raise SystemExit(f"{url} answered {response.status_code}")
        print(f"{name}: {statistics.median(times):.0f} ms, {len(response.content) // 1024} kB")


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
    main()
