#!/usr/bin/env python3
"""What each page takes with ten years of data: queries, the warm median of 20 requests, the size of the HTML.

    python benchmarks/pages.py [--years 10]

Makes a database of its own in a temporary folder: the worked example, and for each year four versions of every item,
three visits, thirty exports and 2,000 lines of the audit trail. The bar: 60 ms and 100 kB for each page.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TIMES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "sendready.settings",
            "SENDREADY_VAR": folder,
            "SENDREADY_DEMO": "1",
            "SENDREADY_HOSTS": "testserver",
            "SENDREADY_STATIC": "plain",
            "SENDREADY_SECRET_KEY": "a key that only the benchmarks use, long enough",
            "SENDREADY_STORAGE_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        }
        import django

        django.setup()
        import structlog

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        fill(options.years)
        measure()


def example() -> Path:
    """The first area that has a folder here."""
    return next(folder for folder in sorted((ROOT / "fixtures" / "areas").iterdir()) if folder.is_dir())


def somebody(role: str) -> Any:
    from accounts.models import RoleAssignment

    return RoleAssignment.objects.filter(role=role, deputy_for=None).select_related("user").earliest("pk").user


def fill(years: int) -> None:
    from django.core.management import call_command

    for command in (
        ["migrate"],
        ["load_areas"],
        ["load_framework", str(ROOT / "fixtures" / "frameworks" / "area-send-2023.yaml")],
        ["load_area", str(example())],
    ):
        call_command(*command, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115  # ends with the process
    from children.models import ListUpload
    from children.reading_upload import read_upload

    lano = somebody("lano")
    for waiting in ListUpload.objects.all():
        read_upload(waiting.pk)
    for year in range(1, years + 1):
        fill_year(lano, year)


def fill_year(lano: Any, year: int) -> None:
    from accounts.models import AuditEvent
    from documents.models import Export
    from framework.models import RequestItem
    from inspection.actions import visits
    from inspection.domain.states import VisitStep
    from inspection.models import ItemSubmission

    at = datetime(2027 - year, 3, 2, 10, tzinfo=UTC)
    ItemSubmission.objects.bulk_create(
        ItemSubmission(
            item=item,
            version=1000 - 10 * year + number,
            state="superseded",
            created_by=lano,
            created_at=at,
            changed_by=lano,
            changed_at=at,
            submitted_by=lano,
            submitted_at=at,
            decided_by=lano,
            decided_at=at,
        )
        for item in RequestItem.objects.filter(framework__is_current=True)
        for number in range(4)
    )
    for number in range(3):
        on = date(2027 - year, 3, 2) + timedelta(weeks=5 * number)
        visit = visits.start_visit(by=lano, at=at, notified_on=on, is_rehearsal=True, takes_any_weekday=True)
        visits.step_visit(by=lano, at=at, visit=visit, step=VisitStep.WITHDRAW, reason="A year's rehearsal")
    Export.objects.bulk_create(
        Export(
            kind="annex-a-pack",
            params={"inspection": None, "parts": ["annex-a"]},
            params_key=f"{year:064}",
            title="Pack: Annex A documents",
            state="done",
            ordered_by=lano,
            ordered_at=at,
            finished_at=at,
            as_at=at,
            fingerprint=f"{number:064}",
            path=f"exports/{year}/{number}",
            version=100 * year + number,
            file_name="ANNEX-A.zip",
        )
        for number in range(30)
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=at,
            actor_id=lano.pk,
            actor_label=lano.name,
            action="submission.changed",
            thing_type="inspection.itemsubmission",
            thing_id=str(number),
            thing_label="An item",
            text="Some words.",
        )
        for number in range(2000)
    )


def pages() -> list[tuple[str, str, str]]:
    """What to measure: a name, who looks, the address."""
    from django.urls import reverse
    from django.utils import timezone

    from documents.models import Export
    from inspection.actions.visits import start_visit
    from inspection.models import ItemSubmission

    lano = somebody("lano")
    called = timezone.localdate()
    while called.weekday() > 4:
        called -= timedelta(days=1)
    visit = start_visit(by=lano, at=timezone.now(), notified_on=called, takes_any_weekday=True)
    answered = ItemSubmission.objects.filter(files__isnull=False).select_related("item").first()
    deadline = visit.deadlines.first()
    if answered is None or deadline is None:
        raise SystemExit("the worked example has no answered item, or the visit no deadline")
    item = {"code": answered.item.code}
    shown: list[tuple[str, str, dict[str, Any]]] = [
        ("home, a visit runs", "inspection:home", {}),
        ("Annex A", "inspection:item-list", {}),
        ("an item", "inspection:item-show", item),
        ("approving many", "inspection:items-decide", {}),
        ("visits", "inspection:visit-list", {}),
        ("a visit", "inspection:visit-show", {"pk": visit.pk}),
        ("the letter", "inspection:letter-edit", {"pk": visit.pk}),
        ("the first hour", "inspection:task-list", {"pk": visit.pk}),
        ("a deadline", "inspection:deadline-show", {"visit": visit.pk, "pk": deadline.pk}),
        ("the call", "inspection:visit-call", {}),
        ("packs", "inspection:pack-list", {}),
        ("exports", "documents:export-list", {}),
        ("an export", "documents:export-show", {"pk": Export.objects.latest("pk").pk}),
        ("lists", "children:upload-list", {}),
        ("findings of the lists", "children:finding-list", {"pk": 1}),
        ("the audit trail", "accounts:audit-list", {}),
        ("people", "accounts:person-list", {}),
        ("status", "pages:status-show", {}),
        ("criteria", "framework:criteria-read", {}),
    ]
    found = []
    for name, view, arguments in shown:
        who = somebody("administrator").email if name == "people" else lano.email
        found.append((name, who, reverse(view, kwargs=arguments)))
    return found


def time_of(email: str, address: str) -> tuple[float, float, int, int, int]:
    """Medians of the warm requests in milliseconds (by the clock, of the processor), queries, bytes, status."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = len(queries)
    spent, worked = [], []
    for _ in range(TIMES):
        started, began = time.perf_counter(), time.process_time()
        client.get(address)
        spent.append(1000 * (time.perf_counter() - started))
        worked.append(1000 * (time.process_time() - began))
    return statistics.median(spent), statistics.median(worked), asked, len(answer.content), answer.status_code


def measure() -> None:
    load = os.getloadavg()[0]
    sys.stdout.write(f"load {load:.1f}\n{'page':24} {'median':>8} {'processor':>9} {'queries':>8} {'HTML':>8}\n")
    for name, email, address in pages():
        median, worked, queries, size, status = time_of(email, address)
        note = "" if status == 200 else f"  answered {status}"
        sys.stdout.write(f"{name:24} {median:5.0f} ms {worked:6.0f} ms {queries:8} {size / 1000:5.0f} kB{note}\n")
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    main()
