"""What the scripts say, and how they end."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Stop(Exception):
    """The script cannot go on; the sentence says what to do."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Says what happens, and at the end how long it took."""
    started = time.monotonic()
    print(f"{sentence} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" done ({time.monotonic() - started:.0f} s)", flush=True)


def run(command: list[str], *, environment: dict[str, str] | None = None, why: str) -> None:
    """Runs quietly; when the command fails, stops with the end of what it wrote."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Stop(f"{why} failed. The end of what it said:\n{done.stdout[-3000:].rstrip()}")


def main(work: Callable[[], int]) -> None:
    """Runs a script: a termination counts as Ctrl-C, a `Stop` is said plainly."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)
    try:
        sys.exit(work())
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on from here.", file=sys.stderr, flush=True)
        sys.exit(130)
