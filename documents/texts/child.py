"""Has a file read by a child process: what it costs in time and memory is bounded, whatever the file does."""

import json
import subprocess
import sys
from typing import BinaryIO

from django.conf import settings

from documents.domain.texts import Outcome
from documents.texts.limits import SECONDS, Text

# Longer than its processor time: the machine may be busy with other things.
PATIENCE = 3 * SECONDS
UNREADABLE = Text("", Outcome.UNREADABLE)


def read_text(source: BinaryIO, content_type: str) -> Text:
    """The words of a file on disk; `source` needs a file number, so not one of memory. Never raises for its content."""
    source.seek(0)
    command = [sys.executable, "-m", "documents.texts.reading", content_type]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, an argument from our own table of types
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library complains of may quote the file, and has no end
            timeout=PATIENCE,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return UNREADABLE
    return Text(found["text"], Outcome(found["outcome"]))
