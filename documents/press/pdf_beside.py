"""A PDF drawn in a second process while this one does something else, such as copying files: one core for each.

The process has its drawing in its memory and answers through a pipe. When the worker is killed it finds nobody to
answer and ends; it leaves no file behind.
"""

import logging
import subprocess  # nosec B404  # our own module, no shell, nothing of anybody's in the command
import sys
import time
from types import TracebackType
from typing import Self

from django.conf import settings

from documents.press.pdf_drawing import Drawing

log = logging.getLogger(__name__)
_COMMAND = [sys.executable, "-m", "documents.press.pdf_drawing"]
# Far beyond any index; a process that hangs must not keep a job alive for ever.
LONGEST_SECONDS = 600.0


class NotDrawn(Exception):
    """The second process ended without a PDF."""

    sentence = "The PDF could not be drawn. Try again; if it fails again, ask the administrator to look at the log."


class DrawnBeside:
    """`with DrawnBeside(drawing) as beside:` … `beside.wait(0.2)` until it gives the bytes.

    Leaving the block early, through Cancelled for example, ends the process.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def __enter__(self) -> Self:
        self._until = time.monotonic() + LONGEST_SECONDS
        self._process = subprocess.Popen(  # noqa: S603  # nosec B603  # see above
            _COMMAND,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin is not None  # noqa: S101  # a pipe was asked for
        try:
            self._process.stdin.write(self._drawing.as_json())
            self._process.stdin.close()
        except BrokenPipeError:
            log.warning("the process that draws PDFs ended before it had read")
        # What was written is not sent again by `communicate`.
        self._process.stdin = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def wait(self, seconds: float) -> bytes | None:
        """The PDF; None when it isn't ready within so many seconds. Raises NotDrawn."""
        try:
            drawn, complaints = self._process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            if time.monotonic() > self._until:
                raise NotDrawn from None
            return None
        if self._process.returncode or not drawn:
            log.error("the process that draws PDFs ended with %s: %s", self._process.returncode, complaints[-2000:])
            raise NotDrawn
        return drawn
