"""PNG and JPEG: whole, and of a size that a reader can open."""

import struct
from typing import BinaryIO

from documents.intake.limits import PIXELS
from documents.intake.refusal import DAMAGED, Refused

_TOO_LARGE = "This picture has more than 100 million pixels. Make it smaller and upload that."
_HAS_NO_SIZE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _check_pixels(width: int, height: int) -> None:
    if width == 0 or height == 0:
        raise Refused(DAMAGED)
    if width * height > PIXELS:
        raise Refused(_TOO_LARGE)


def check_png(source: BinaryIO) -> None:
    source.seek(8)
    first = source.read(16)
    if len(first) < 16 or first[4:8] != b"IHDR":
        raise Refused(DAMAGED)
    _check_pixels(*struct.unpack(">II", first[8:16]))
    source.seek(-12, 2)
    if source.read()[4:8] != b"IEND":
        raise Refused(DAMAGED)


def check_jpeg(source: BinaryIO) -> None:
    source.seek(2)
    while True:
        marker = source.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            raise Refused(DAMAGED)
        if marker[1] == 0xFF:
            source.seek(-1, 1)
            continue
        if marker[1] in _HAS_NO_SIZE:
            continue
        size = source.read(2)
        if len(size) < 2 or (length := struct.unpack(">H", size)[0]) < 2:
            raise Refused(DAMAGED)
        if marker[1] in _FRAMES:
            frame = source.read(5)
            if len(frame) < 5:
                raise Refused(DAMAGED)
            height, width = struct.unpack(">HH", frame[1:5])
            return _check_pixels(width, height or 1)
        if marker[1] == 0xDA:
            raise Refused(DAMAGED)
        source.seek(length - 2, 1)
