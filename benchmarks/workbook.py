"""How long a workbook of person-level size takes to write: `.venv/bin/python -m benchmarks.workbook [--rows 20000]`."""

import argparse
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from documents.press.workbook import Column, ColumnKind, Row, Sheet, write_workbook

KINDS = [ColumnKind.TEXT] * 15 + [ColumnKind.DATE] * 3 + [ColumnKind.NUMBER] * 3


def rows(number: int) -> Iterator[Row]:
    first = date(2008, 1, 1)
    for n in range(number):
        day = first + timedelta(days=n % 4000)
        yield [f"SYN{n:07}", "=1+1", *["a value"] * 13, day, day, None, n % 9, 0, n / 7]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    wanted = parser.parse_args()
    os.environ.setdefault("SENDREADY_SECRET_KEY", secrets.token_hex(32))
    columns = [Column(f"Column {n}", 14, kind) for n, kind in enumerate(KINDS)]
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            start = time.perf_counter()
            write_workbook(
                Path(folder) / "book.xlsx", [Sheet("List_1", columns, rows(wanted.rows))], marking="OFFICIAL"
            )
            taken.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{wanted.rows} rows of {len(columns)} columns: {sorted(taken)[1]:.2f} s · peak {peak} MB")


if __name__ == "__main__":
    main()
