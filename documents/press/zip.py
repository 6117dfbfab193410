"""ZIP archives, written in one pass: flat memory, the sum of the whole known at the end, the same bytes each time.

Members are stored, not compressed (documents are compressed already); their dates are fixed.
"""

import hashlib
import io
import queue
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO

CHUNK = 1024 * 1024
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: enough to check it years later. `write` of an export kind may return it to save a reading."""

    sha256: str
    size: int


class _SideSum:
    """SHA-256 in a thread of its own: summing runs beside reading and writing, which leaves the second core busy."""

    def __init__(self) -> None:
        self._sha = hashlib.sha256()
        self._pieces: queue.Queue[bytes | memoryview | None] = queue.Queue(maxsize=4)
        self._thread = threading.Thread(target=self._run, name="sum of an archive", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (piece := self._pieces.get()) is not None:
            self._sha.update(piece)

    def update(self, piece: bytes | memoryview) -> None:
        self._pieces.put(bytes(piece))

    def hexdigest(self) -> str:
        self.close()
        return self._sha.hexdigest()

    def close(self) -> None:
        if self._thread.is_alive():
            self._pieces.put(None)
            self._thread.join()


class _HashingStream(io.RawIOBase):
    """Passes bytes on and sums them. It can't seek, so `zipfile` never goes back to change what is summed."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self.sha, self.size = out, _SideSum(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | memoryview, /) -> int:  # type: ignore[override]  # zipfile hands over plain bytes
        self.sha.update(data)
        self.size += len(data)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        if not self._out.closed:
            self._out.flush()


class ZipWriter:
    """`with ZipWriter(path) as archive: archive.add("01 Plan.pdf", source)`; afterwards `archive.written`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "ZipWriter":
        self._file = self._path.open("wb")
        self._stream = _HashingStream(self._file)
        self._archive = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._archive.close()
            else:
                # Half an archive gets no list of members, neither now nor when Python tidies up.
                self._archive.fp = None
        finally:
            self._stream.sha.close()
            self._file.close()

    @property
    def written(self) -> Written:
        return Written(self._stream.sha.hexdigest(), self._stream.size)

    def add(
        self, name: str, source: BinaryIO | IO[bytes] | bytes, *, size: int, tick: Callable[[int], None] | None = None
    ) -> Written:
        """Copies one member in and returns its own sum. `tick(bytes)` is called after each piece of 1 MB."""
        info = zipfile.ZipInfo(name, FIXED_DATE)
        info.create_system, info.external_attr, info.file_size = _UNIX, _PLAIN_FILE, size
        sha, length = hashlib.sha256(), 0
        reader = io.BytesIO(source) if isinstance(source, bytes) else source
        with self._archive.open(info, "w") as member:
            while chunk := reader.read(CHUNK):
                sha.update(chunk)
                length += len(chunk)
                member.write(chunk)
                if tick:
                    tick(len(chunk))
        return Written(sha.hexdigest(), length)

    def add_bytes(self, name: str, data: bytes) -> Written:
        return self.add(name, data, size=len(data))

    def list_first(self, names: Sequence[str]) -> None:
        """Puts members at the head of the archive's own list, which is what people see, wherever their bytes lie."""
        places = {name: place for place, name in enumerate(names)}
        self._archive.filelist.sort(key=lambda info: places.get(info.filename, len(places)))
