"""How long a data file of 3.5 MB and 23,000 rows takes to import, how long others wait for the database meanwhile,
and how much memory a file of 300 MB needs to be looked through.

Run it with `python benchmarks/import_statistics.py [--large]`; it uses a database of its own that goes afterwards.
"""

import argparse
import csv
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIGURES = 12
TOPICS = [f"Group {number}" for number in range(24)]
YEARS = range(2019, 2025)


def write_file(path: Path, *, times: int = 1) -> int:
    """As the publisher writes them: England, regions and local authorities, six years, 24 groups, twelve columns."""
    import yaml

    areas = yaml.safe_load((ROOT / "fixtures" / "benchmarks" / "areas.yaml").read_text())["areas"]
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        place = ["country_code", "country_name", "region_code", "region_name", "new_la_code", "old_la_code", "la_name"]
        writer.writerow(["time_period", "time_identifier", "geographic_level", *place, "topic", *columns()])
        for _ in range(times):
            for year in YEARS:
                for topic in TOPICS:
                    for number, area in enumerate(areas):
                        cells = [f"{(number * 7 + len(topic) * 13 + year) % 1000 / 10}" for _ in range(FIGURES - 1)]
                        local = [area["region_ons_code"], area["region"], area["ons_code"], area["code"], area["name"]]
                        time_and_place = [year, "Calendar year", "Local authority", "E92000001", "England", *local]
                        writer.writerow([*time_and_place, topic, *cells, "c"])
                        rows += 1
    return rows


def columns() -> list[str]:
    return [f"figure_{number}_pc" for number in range(FIGURES)]


class Neighbour(threading.Thread):
    """Somebody else who writes all the time: how long did they ever wait?"""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest, self.writes, self.is_over = 0.0, 0, False

    def run(self) -> None:
        from django.db import connection, transaction
        from django.utils import timezone

        from accounts import audit
        from indicators.models import Area

        area = Area.objects.order_by("pk")[0]
        while not self.is_over:
            before = time.perf_counter()
            with transaction.atomic():
                audit.record(by=None, at=timezone.now(), action="benchmark.write", thing=area)
            self.longest = max(self.longest, time.perf_counter() - before)
            self.writes += 1
            time.sleep(0.02)
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="look through 300 MB as well")
    large = parser.parse_args().large
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SENDREADY_VAR": folder, "DJANGO_SETTINGS_MODULE": "sendready.settings"}
        os.environ.setdefault("SENDREADY_SECRET_KEY", "a-key-for-a-benchmark-0123456789-0123456789")
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        measure(Path(folder), large=large)


def measure(folder: Path, *, large: bool) -> None:
    from django.core.files import File
    from django.core.management import call_command
    from django.utils import timezone

    from indicators.actions import import_file
    from indicators.importing import read_import
    from indicators.models import CatalogueEntry, FileFamily, Indicator

    call_command("migrate", verbosity=0)
    call_command("load_areas", verbosity=0)
    path = folder / "figures.csv"
    rows = write_file(path)
    family = FileFamily.objects.create(code="benchmark", title="Benchmark", filters={"topic": []}, columns=columns())
    for number, column in enumerate(columns()):
        indicator = Indicator.objects.create(code=f"figure-{number}", name=column, unit="percent")
        CatalogueEntry.objects.create(
            indicator=indicator, family=family, value_column=column, filters={"topic": TOPICS[0]}, state="confirmed"
        )
    neighbour = Neighbour()
    neighbour.start()
    before, worked = time.perf_counter(), time.process_time()
    with path.open("rb") as source:
        job = import_file(by=None, at=timezone.now(), upload=File(source, name=path.name))
    stored = time.perf_counter()
    done = read_import(job.pk)
    after = time.perf_counter()
    neighbour.is_over = True
    neighbour.join()
    assert done is not None and done.release is not None, done  # noqa: S101, PT018  # a benchmark
    print(f"{path.stat().st_size / 1e6:.1f} MB, {rows:,} rows, {done.release.figures:,} figures")
    work = time.process_time() - worked
    print(f"taken in: {stored - before:.2f} s; read: {after - stored:.2f} s; of the processor: {work:.2f} s in all")
    print(
        f"somebody else wrote {neighbour.writes} times meanwhile and never waited longer than {neighbour.longest:.2f} s"
    )
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if large:
        look_through(folder)


def look_through(folder: Path) -> None:
    from indicators.readers.statistics import open_statistics, survey

    path = folder / "large.csv"
    rows = write_file(path, times=90)
    before = time.perf_counter()
    with path.open("rb") as source:
        file = open_statistics(source, size=path.stat().st_size)
        survey(file, known=lambda header: (frozenset(), frozenset()), progress=lambda share: None)
    print(f"{path.stat().st_size / 1e6:.0f} MB, {rows:,} rows looked through in {time.perf_counter() - before:.1f} s")
    print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
