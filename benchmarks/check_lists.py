#!/usr/bin/env python3
"""How long it takes to check person-level lists, and how much memory, by number of rows.

    python benchmarks/check_lists.py [--rows 20000 …] [--runs 3]

Each measurement is a fresh process: it reads a synthetic .xlsx (40 in 100 rows are children with a
plan), asks every rule and stops its watch. Django's own start is not counted, its memory is.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendready.settings")
os.environ.setdefault("SENDREADY_SECRET_KEY", "a key that only the benchmarks use, long enough")
SHARE_WITH_PLAN = 0.4


def measure(path: Path) -> dict[str, float]:
    """One check in this process."""
    import resource
    from datetime import date

    import django

    django.setup()
    from children.domain.check import check
    from children.domain.reading import read_lists
    from children.loaders import load_schema
    from children.readers.workbook import read_file

    started, cpu = time.perf_counter(), time.process_time()
    schema = load_schema()
    with path.open("rb") as stream:
        sheets = read_file(path.name, stream, schema)
        opened = time.perf_counter()
        workbook = read_lists(sheets, schema, as_at=date(2026, 11, 22))
    read = time.perf_counter()
    report = check(workbook)
    checked = time.perf_counter()
    return {
        "opened": opened - started,
        "read": read - opened,
        "rules": checked - read,
        "whole": checked - started,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "findings": len(report.findings),
        "rules_run": report.rules_run,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 10_000, 20_000, 50_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    print("| rows | open | read | rules | whole | of that processor | peak |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            path = Path(folder) / f"{rows}.xlsx"
            plans = int(rows * SHARE_WITH_PLAN)
            make = [sys.executable, "manage.py", "make_lists", "--as-at", "2026-11-22", "--out", str(path)]
            subprocess.run(  # noqa: S603  # our own command
                [*make, "--list1", str(plans), "--list2", str(rows - plans)],
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            runs = [
                json.loads(
                    subprocess.run(  # noqa: S603  # this file itself
                        [sys.executable, __file__, "--measure", str(path)], cwd=ROOT, check=True, capture_output=True
                    ).stdout
                )
                for _ in range(options.runs)
            ]
            middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            print(
                f"| {rows:,} | {middle['opened']:.2f} s | {middle['read']:.2f} s | {middle['rules']:.2f} s "
                f"| **{middle['whole']:.2f} s** | {middle['cpu']:.2f} s | {middle['peak_mb']:.0f} MB |"
            )


if __name__ == "__main__":
    main()
