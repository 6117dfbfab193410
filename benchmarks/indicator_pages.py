#!/usr/bin/env python3
"""What the pages of figures take with 150 areas, 200 indicators and 10 years: queries, warm median, size of the HTML.

    python benchmarks/indicator_pages.py [--indicators 200] [--years 10] [--keep FOLDER]

Makes a database of its own in a temporary folder (or in FOLDER, to look at the pages afterwards): every area of the
national list, its region and England, invented figures. The bar: an indicator with its neighbours under 50 ms and
100 kB; every other page of figures under 60 ms and 100 kB.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TIMES = 20
OWN = "852"
THEMES = ("Plans", "Timeliness", "Attendance", "Attainment", "Health", "Preparing for adulthood", "Money", "Appeals")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--keep", type=Path, help="keep the database in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "sendready.settings",
            "SENDREADY_VAR": str(options.keep or folder),
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
        fill(options.indicators, options.years)
        measure()


def fill(indicators: int, years: int) -> None:
    from django.core.management import call_command

    from accounts.domain.roles import Role
    from accounts.models import LocalArea, RoleAssignment, User
    from indicators.models import Indicator, Observation

    quiet = open(os.devnull, "w")  # noqa: SIM115  # ends with the process
    call_command("migrate", verbosity=0, stdout=quiet)
    if Indicator.objects.exists():
        return
    call_command("load_areas", verbosity=0, stdout=quiet)
    now = datetime.now(UTC)
    LocalArea.objects.get_or_create(
        pk=1, defaults={"name": "An area", "la_code": OWN, "short_code": "AREA", "set_up_at": now}
    )
    for role in (Role.LANO, Role.VIEWER, Role.DATA_LEAD):
        user = User.objects.create_user(f"{role.value}@example.example", "A long password, 2026", name=role.value)
        RoleAssignment.objects.create(user=user, role=role.value, from_on=date(2020, 1, 1))
    _indicators(indicators)
    started = time.perf_counter()
    Observation.objects.bulk_create(_figures(years), batch_size=5000)
    count = Observation.objects.count()
    print(f"{count:,} figures of {indicators} indicators filled in {time.perf_counter() - started:.0f} s\n")
    _scorecard_and_forecast()


def _indicators(number: int) -> None:
    from indicators.models import Indicator

    chance = random.Random(1)  # noqa: S311  # invented figures
    Indicator.objects.bulk_create(
        Indicator(
            code=f"indicator-{n:03}",
            name=f"Share of children and young people with a plan, measure {n}",
            unit="percent" if n % 3 else "count",
            decimals=1 if n % 3 else 0,
            direction=chance.choice(["higher", "lower", "neither"]),
            theme=THEMES[n * len(THEMES) // number],
            definition="What is counted, of whom, at what time. " * 4,
            source="Department for Education, an invented release",
            order=n,
        )
        for n in range(number)
    )


def _figures(years: int) -> Iterator[Any]:
    from django.utils import timezone

    from indicators.models import Area, Indicator, Observation, Release

    release = Release.objects.create(
        title="An invented release",
        sha256="0" * 64,
        imported_at=timezone.now(),
        newest_to_on=date(2025, 12, 31),
        state="held",
    )
    chance = random.Random(2)  # noqa: S311  # invented figures
    areas = list(Area.objects.values_list("pk", "level"))
    for indicator in Indicator.objects.all():
        size = 100_000 if indicator.unit == "count" else 1
        for area, level in areas:
            value = chance.uniform(5, 95)
            for year in range(2025 - years, 2025):
                value = min(max(value + chance.uniform(-4, 4), 0), 99.9)
                hidden = level == "local_authority" and chance.random() < 0.02
                shown = value if size == 1 else value * (40 if level == "local_authority" else 5000)
                yield Observation(
                    indicator=indicator,
                    area_id=area,
                    release=release,
                    period_kind="calendar",
                    period_from_on=date(year, 1, 1),
                    period_to_on=date(year, 12, 31),
                    period_label=str(year),
                    value=None if hidden else Decimal(f"{shown:.{indicator.decimals}f}"),
                    symbol="c" if hidden else "",
                    is_current=True,
                )


def _scorecard_and_forecast() -> None:
    from django.utils import timezone

    from accounts.models import User
    from indicators.actions.forecasts import Wish, make_forecast
    from indicators.actions.scorecards import Words, add_scorecard
    from indicators.domain.forecast import Growth, Method
    from indicators.gather import series_of
    from indicators.models import Indicator

    lead, first = User.objects.get(name="data_lead"), Indicator.objects.earliest("order")
    codes = tuple(Indicator.objects.values_list("code", flat=True)[:20])
    words = Words(title="Partnership board", board="Partnership board", codes=codes)
    add_scorecard(by=lead, at=timezone.now(), words=words)
    series = series_of([first.code], [OWN])[first.code, OWN]
    growth = tuple(Growth(year=year, percent=Decimal(7)) for year in range(2021, 2031))
    wish = Wish(
        title="An old forecast", method=Method.CHAINED_GROWTH, made_on=date(2021, 1, 1), base_year=2020, growth=growth
    )
    make_forecast(by=lead, at=timezone.now(), indicator=first, area_code=OWN, series=series, wish=wish)


def pages() -> list[tuple[str, str]]:
    from indicators.models import Indicator

    codes = list(Indicator.objects.values_list("code", flat=True))
    beside = "&".join(f"indicator={code}" for code in codes[:10])
    return [
        ("the catalogue", "/data/"),
        ("the catalogue, page 4", "/data/?page=4"),
        ("an indicator, a number", f"/data/{codes[0]}/"),
        ("an indicator, per cent", f"/data/{codes[1]}/"),
        ("ten side by side", f"/data/compare/?{beside}"),
        ("a scorecard of 20", "/data/scorecards/1/"),
        ("forecasts of one", f"/data/forecasts/{codes[0]}/"),
    ]


def measure() -> None:
    """Each page in three states: nothing drawn yet, drawn, and warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client()
    viewer = User.objects.get(name="viewer")
    client.force_login(viewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    print("| page | undrawn, first | warm median | processor | queries | HTML |\n|---|---|---|---|---|---|")
    for name, address in pages():
        started = time.perf_counter()
        response = client.get(address)
        first = time.perf_counter() - started
        if response.status_code != 200:
            raise SystemExit(f"{address} gives {response.status_code}")
        for part in response.content.decode().split('src="')[1:]:
            picture = part.split('"')[0]
            if picture.endswith(".svg") and picture.startswith("/data/"):
                client.get(picture)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        asked = len(queries)
        clock, busy = [], []
        for _ in range(TIMES):
            started, worked = time.perf_counter(), time.process_time()
            response = client.get(address)
            clock.append(time.perf_counter() - started)
            busy.append(time.process_time() - worked)
        print(
            f"| {name} | {first * 1000:.0f} ms | **{statistics.median(clock) * 1000:.0f} ms** "
            f"| {statistics.median(busy) * 1000:.0f} ms | {asked} | {len(response.content) / 1000:.0f} kB |"
        )
    started = time.perf_counter()
    _draw_all()
    print(
        f"\nA trend and a strip of every indicator drawn in {time.perf_counter() - started:.1f} s (in the background)."
    )


def _draw_all() -> None:
    from indicators.drawing import draw_charts

    draw_charts()


if __name__ == "__main__":
    main()
