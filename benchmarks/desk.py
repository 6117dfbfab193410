#!/usr/bin/env python3
"""Every figure of the person-level desk for docs/performance.md, in one go.

    python benchmarks/desk.py [--runs 3]

Checking 5,000 to 100,000 rows (cost grows in a line with rows), then 50,000 rows uploaded with somebody writing beside
it, then the pages. Nothing else should run on the machine meanwhile; the load is printed before and after.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(program: str, *options: str) -> None:
    print(f"\n## {program} {' '.join(options)}\n", flush=True)
    subprocess.run([sys.executable, str(HERE / program), *options], check=True)  # noqa: S603  # our own programs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    run("check_lists.py", "--runs", str(options.runs))
    for _ in range(options.runs):
        run("upload_lists.py")
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
