"""Report files → reports, several at a time. Knows no database, so that other processes can do it."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from inspection.domain.reports.reading import Report, Wording, read_report
from inspection.readers.reports import Unreadable, read_blocks

# Below this many files, starting further processes takes longer than it saves.
FEW = 3


def read_file(path: Path, wording: Wording) -> Report:
    """Raises Unreadable."""
    return read_report(read_blocks(path), wording)


def read_files(paths: Sequence[Path], wording: Wording) -> Iterator[tuple[Path, Report | str]]:
    """Each file in its order with its report, or the sentence why it can't be read."""
    if len(paths) < FEW:
        for path in paths:
            yield path, _read(path, wording)
        return
    workers = min(len(paths), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from zip(paths, pool.map(_read, paths, [wording] * len(paths)), strict=True)


def _read(path: Path, wording: Wording) -> Report | str:
    try:
        return read_file(path, wording)
    except Unreadable as refusal:
        return refusal.sentence
