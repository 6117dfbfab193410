"""Drawings of charts, kept by what they show: the same chart is drawn once for all pages, reports and processes.

They are kept as files beside the other work of this installation, not in the database: a page that is only read must
never wait for the one writer of SQLite, and whoever loses them draws them again.
"""

import hashlib
import os
import time
import uuid
from collections import OrderedDict
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from documents.press.charts import Chart, key_text
from documents.press.drawing import draw

# Raise it when the drawing of an unchanged chart changes.
DRAWING: Final = 2
KEEP_SECONDS: Final = 90 * 86_400
_AT_HAND: Final = 256
_at_hand: OrderedDict[str, str] = OrderedDict()


def key_of(chart: Chart) -> str:
    text = f"{DRAWING}|{version('vl-convert-python')}|{key_text(chart)}"
    return hashlib.sha256(text.encode()).hexdigest()


def kept_drawing(chart: Chart) -> SafeString | None:
    """The drawing where it is there already; never draws. What a page asks for."""
    key = key_of(chart)
    found = _at_hand.get(key)
    if found is None:
        try:
            found = _place(key).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        _remember(key, found)
    return mark_safe(found)  # noqa: S308  # nosec B308 B703  # our own drawing: texts in it are escaped as XML


def drawing_of(chart: Chart) -> SafeString:
    """The drawing, made and kept where it isn't there. For background work, and for the address of a picture."""
    kept = kept_drawing(chart)
    if kept is not None:
        return kept
    drawn = draw(chart)
    key = key_of(chart)
    place = _place(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f"{key}.{uuid.uuid4().hex}.half")
    half.write_text(drawn, encoding="utf-8")
    half.replace(place)
    _remember(key, drawn)
    return mark_safe(drawn)  # noqa: S308  # nosec B308 B703  # as above


def _place(key: str) -> Path:
    return Path(settings.CHART_DIR) / key[:2] / f"{key}.svg"


def _remember(key: str, drawn: str) -> None:
    _at_hand[key] = drawn
    while len(_at_hand) > _AT_HAND:
        _at_hand.popitem(last=False)


def tidy_drawings() -> int:
    """Takes away drawings that were made three months ago; returns how many. A chart still shown is drawn again."""
    gone = 0
    for path in Path(settings.CHART_DIR).glob("*/*"):
        # Another worker may tidy up too.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - KEEP_SECONDS:
                os.unlink(path)
                gone += 1
    return gone
