"""Reads an archive back for checking, without unpacking it anywhere."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from documents.domain.manifest import Sum

CHUNK = 1024 * 1024


class NotAnArchive(Exception):
    """The file can't be read as a ZIP archive at all."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_member(path: Path, name: str, *, longest: int = 64 * 1024 * 1024) -> bytes | None:
    """The bytes of one small member; None when it is not there. Raises NotAnArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            if name not in archive.namelist():
                return None
            with archive.open(name) as member:
                return member.read(longest)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise NotAnArchive(f"{path.name} is not a whole ZIP archive.") from None


def read_archive(path: Path) -> Iterator[Sum]:
    """The sum of each member, in the archive's order. A member that can't be read gets an empty sum: it differs."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield _sum(archive, info)
    except zipfile.BadZipFile:
        raise NotAnArchive(f"{path.name} is not a whole ZIP archive.") from None


def _sum(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Sum:
    sha, size = hashlib.sha256(), 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                sha.update(chunk)
                size += len(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return Sum(info.filename, "", -1)
    return Sum(info.filename, sha.hexdigest(), size)
