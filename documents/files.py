"""The store: bytes in, bytes out, on the `default` storage of the settings, whichever that is."""

import errno
import hashlib
import io
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db import OperationalError

from documents import vault
from documents.models import Kept

CHUNK = 1024 * 1024
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


# What the databases say of it.
FULL_WORDS = ("disk is full", "no space left", "could not extend file")


def is_full_disk(error: BaseException | None) -> bool:
    """Whether a fault of the system or of the database says that there is no room left."""
    if isinstance(error, OperationalError):
        return any(words in str(error).lower() for words in FULL_WORDS)
    return isinstance(error, OSError) and error.errno in FULL_DISK


class DiskFull(Exception):
    """There is no room. Nothing was stored."""

    sentence = (
        "The disk of this service is full, so nothing was stored. Ask the administrator to make room, then try again."
    )

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Erased(Exception):
    """The bytes were erased on purpose."""

    sentence = "This file was erased and can't be opened any more."

    def __init__(self) -> None:
        super().__init__(self.sentence)


@contextmanager
def full_disk_as_sentence() -> Iterator[None]:
    """Turns the system's error into one that a person understands."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL_DISK:
            raise DiskFull from error
        raise


def digest(source: BinaryIO) -> tuple[str, int]:
    """SHA-256 and length of what is left in `source`."""
    sha, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        sha.update(chunk)
        size += len(chunk)
    return sha.hexdigest(), size


def free_bytes() -> int | None:
    """Bytes left where files are stored; None where the storage is elsewhere."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return None
    folder = Path(storage.location)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def check_room(size: int) -> None:
    """Raises DiskFull when `size` bytes would eat into the reserve that the database needs."""
    free = free_bytes()
    if free is not None and free < size + settings.DISK_RESERVE_MB * 1024 * 1024:
        raise DiskFull


def put(source: BinaryIO, *, sha256: str, size: int, is_vaulted: bool) -> str:
    """Stores the bytes under a new path and returns it; whole or not at all.

    A path is used once: its end is random. So nothing that is erased can be mistaken for something stored later.
    """
    check_room(size)
    ending = secrets.token_hex(4)
    path = f"vault/{ending[:2]}/{secrets.token_hex(16)}" if is_vaulted else f"files/{sha256[:2]}/{sha256}-{ending}"
    with full_disk_as_sentence():
        source.seek(0)
        if not is_vaulted:
            return storages["default"].save(path, File(source))
        key = vault.read_key(settings.STORAGE_KEY)
        with tempfile.TemporaryFile(dir=work_folder()) as sealed:
            vault.encrypt(source, cast(BinaryIO, sealed), key=key)
            sealed.seek(0)
            return storages["default"].save(path, File(cast(BinaryIO, sealed)))


class _Movable(File):  # type: ignore[type-arg]  # not subscriptable at run time
    """A finished file that the store may move into its place instead of copying it."""

    def __init__(self, path: Path, source: BinaryIO) -> None:
        super().__init__(source)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def put_whole(path: Path, *, sha256: str, size: int, is_vaulted: bool) -> str:
    """Stores a file that was made in the work folder, moving it where the storage can; then it is gone from there."""
    with path.open("rb") as source:
        if is_vaulted:
            stored = put(source, sha256=sha256, size=size, is_vaulted=True)
        else:
            name = f"exports/{sha256[:2]}/{sha256}-{secrets.token_hex(4)}"
            with full_disk_as_sentence():
                stored = storages["default"].save(name, _Movable(path, source))
    path.unlink(missing_ok=True)
    return stored


def discard(path: str) -> None:
    """Takes the bytes away; what is not there is fine."""
    if path:
        storages["default"].delete(path)


def open_stored(stored: Kept) -> BinaryIO:
    """A seekable reader of the plain bytes of a stored file or a finished export. Close it."""
    if not stored.has_bytes:
        raise Erased
    try:
        source = cast(BinaryIO, storages["default"].open(stored.path))
    except FileNotFoundError:
        raise vault.Damaged("This file is missing on disk. Restore it from the backup.") from None
    if not stored.is_vaulted:
        return source
    try:
        return vault.open_encrypted(source, key=vault.read_key(settings.STORAGE_KEY))
    except BaseException:
        source.close()
        raise


def copy_stored(stored: Kept, out: BinaryIO | io.RawIOBase) -> None:
    """Streams the plain bytes into `out`, and raises Damaged at the end if they are not the bytes once stored."""
    sha = hashlib.sha256()
    with open_stored(stored) as source:
        while chunk := source.read(CHUNK):
            sha.update(chunk)
            out.write(chunk)
    if sha.hexdigest() != stored.sha256:
        raise vault.Damaged


def work_folder() -> Path:
    """Where half-made files stand, for nobody else's eyes; on the disk of the store, never in the system's /tmp."""
    folder = Path(settings.WORK_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder
