"""Commands that make an export and copy it out, with the code that the worker runs."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from documents.files import copy_stored
from documents.making import make_export
from documents.models import Export

WAIT_SECONDS = 600
_LOOK_AGAIN_SECONDS = 0.3


class NotMade(Exception):
    """The export ended without a file, or nobody finished it in time. Carries the sentence to print."""


def finished(
    export: Export, *, seconds: float = WAIT_SECONDS, here: bool = True, tell: Callable[[Export], None] = lambda _: None
) -> Export:
    """The finished export: this process made it, or a worker that heard of it first. Raises NotMade.

    `here=False` leaves the work to the worker; `tell` is called with each new look at it.
    """
    if here and export.is_unfinished:
        make_export(export.pk)
    ends = time.monotonic() + seconds
    export.refresh_from_db()
    while export.is_unfinished and time.monotonic() < ends:
        time.sleep(_LOOK_AGAIN_SECONDS)
        export.refresh_from_db()
        tell(export)
    if export.is_unfinished:
        raise NotMade(f"No worker finished it within {seconds:g} seconds.")
    if not export.is_done:
        raise NotMade(export.error or "It was cancelled.")
    return export


def copied_out(export: Export, folder: Path) -> Path:
    """Where it stands now. Whole or not at all: a half-copied file never stands under the name of a whole one."""
    folder.mkdir(parents=True, exist_ok=True)
    target, partial = folder / export.file_name, folder / f".{export.file_name}.part"
    try:
        with partial.open("wb") as out:
            copy_stored(export, out)
        shutil.move(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target
