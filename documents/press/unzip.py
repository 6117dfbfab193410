"""Reads an archive back for checking, without unpacking it anywhere."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from documents.domain.manifest import Sum

CHUNK = 1024 * 1024
# A member: a header of 30 bytes that ends with the lengths of name and extra field, both, the data, then perhaps a
# descriptor: three numbers, two of them long in a large file, with or without a signature. At the very end a record.
_LOCAL_HEADER, _LOCAL_HEADER_ENDING = 30, "<HH"
_DESCRIPTORS = (0, 12, 16, 20, 24)
_END_RECORD = 22


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
    """The sum of each member, in the archive's order. A member that can't be read gets an empty sum: it differs.

    A folder without files is a member too, of no bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                yield _sum(archive, info)
    except zipfile.BadZipFile:
        raise NotAnArchive(f"{path.name} is not a whole ZIP archive.") from None


def has_stray_bytes(path: Path) -> bool:
    """True when bytes stand before, between or after the members: nobody sees them who unpacks the archive."""
    try:
        with path.open("rb") as raw, zipfile.ZipFile(raw) as archive:
            end = 0
            for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
                if info.header_offset - end not in (_DESCRIPTORS if end else (0,)):
                    return True
                raw.seek(info.header_offset)
                name, extra = struct.unpack(_LOCAL_HEADER_ENDING, raw.read(_LOCAL_HEADER)[-4:])
                end = info.header_offset + _LOCAL_HEADER + name + extra + info.compress_size
            if archive.start_dir - end not in _DESCRIPTORS:
                return True
            raw.seek(-_END_RECORD, 2)
            return not raw.read(_END_RECORD).startswith(b"PK\x05\x06")
    except (zipfile.BadZipFile, struct.error, OSError):
        return True


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
