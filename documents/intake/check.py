"""Examines one upload from the first byte to the last."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import filetype
from django.conf import settings
from django.core.files import File

from documents.domain.names import safe_name
from documents.intake import clamav, office, pdfs, pictures, text
from documents.intake.limits import Budget
from documents.intake.refusal import Refused
from documents.intake.types import FOREIGN, JPEG, PDF, PNG, FileType, list_in_words

CHUNK = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Examined:
    """An upload that may come in. `source` is still the caller's to close."""

    source: BinaryIO
    file_type: FileType
    sha256: str
    size: int
    safe_name: str


def examine(upload: "File[bytes]", *, accepted: Iterable[FileType]) -> Examined:
    """Raises Refused with a sentence, or says what the upload is. Reads it in pieces, stores nothing."""
    accepted = tuple(accepted)
    name = upload.name or ""
    size = upload.size or 0
    limit = settings.UPLOAD_LIMIT_MB * 1024 * 1024
    if size == 0:
        raise Refused("This file is empty. Choose the file again, or save it once more and upload that.")
    if size > limit:
        raise Refused(_too_large(size), status=413)
    source = cast(BinaryIO, upload.file or upload)
    found = _type_of(source, name, accepted)
    if found not in accepted:
        raise Refused(f"{_is_a(found)} It is not accepted here. Accepted: {list_in_words(accepted)}.")
    sha256, length = _digest(source)
    if length != size:
        raise Refused("This file did not arrive whole. Upload it again.")
    if settings.CLAMAV_ADDRESS:
        source.seek(0)
        clamav.scan(source, address=settings.CLAMAV_ADDRESS)
    source.seek(0)
    return Examined(source, found, sha256, size, safe_name(name, extension=found.extension))


def _too_large(size: int) -> str:
    mb = max(size // (1024 * 1024), settings.UPLOAD_LIMIT_MB)
    return (
        f"This file is larger than {settings.UPLOAD_LIMIT_MB} MB (it has about {mb} MB). "
        "Make its pictures smaller, or split it into parts, and upload those."
    )


def _is_a(found: FileType) -> str:
    return f"This is a file of the type {found.words}."


def _digest(source: IO[bytes]) -> tuple[str, int]:
    source.seek(0)
    sha, length = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        sha.update(chunk)
        length += len(chunk)
    return sha.hexdigest(), length


def _type_of(source: BinaryIO, name: str, accepted: tuple[FileType, ...]) -> FileType:
    """Looks at the first bytes, then inside. The name only tells CSV from other plain text, which is harmless."""
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    if head.startswith(OLE):
        raise Refused(office.ole_sentence(source))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return office.type_of(source, Budget())
    if b"%PDF-" in head[:1024]:
        pdfs.check(source)
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        pictures.check_png(source)
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        pictures.check_jpeg(source)
        return JPEG
    for start, sentence in FOREIGN:
        if head.startswith(start) and not (start in {b"BM", b"MZ"} and text.looks_like_text(head)):
            raise Refused(sentence)
    guessed = None if text.looks_like_text(head) else filetype.guess(head)
    if guessed is not None:
        raise Refused(f"Files of the type {guessed.extension} are not accepted. Accepted: {list_in_words(accepted)}.")
    return text.type_of(source, name=name, accepted=accepted)
