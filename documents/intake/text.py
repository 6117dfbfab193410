"""Plain text and CSV: decodable from the first character to the last, and nothing that only looks like text."""

import codecs
import re
from typing import BinaryIO

from documents.intake.refusal import Refused
from documents.intake.types import CSV, PDF, TXT, FileType, list_in_words

CHUNK = 256 * 1024
# Control characters that no text editor writes. Tab, line feed, form feed and carriage return are fine.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(rb"^\s*(<!doctype|<html|<svg|<script|<\?xml|<\?php|<body|mime-version:|#!/)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def looks_like_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def type_of(source: BinaryIO, *, name: str, accepted: tuple[FileType, ...]) -> FileType:
    source.seek(0)
    head = source.read(1024)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        way = "Print it to .pdf and upload that." if PDF in accepted else f"Accepted: {list_in_words(accepted)}."
        raise Refused(f"This is a web page or a script. {way}")
    encodings = [encoding for bom, encoding in _BOMS if head.startswith(bom)] or ["utf-8", "cp1252"]
    if not any(_decodes(source, encoding) for encoding in encodings):
        raise Refused(f"The type of this file is not known. Accepted: {list_in_words(accepted)}.")
    return CSV if name.lower().endswith((".csv", ".tsv")) or TXT not in accepted else TXT


def _decodes(source: BinaryIO, encoding: str) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := source.read(CHUNK):
            if _CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
