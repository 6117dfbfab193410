"""Office files, which are ZIP archives: whole, of a known kind, without macros, bombs or strangers inside."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from documents.intake.limits import RATIO, RATIO_FROM, Budget
from documents.intake.refusal import DAMAGED, Refused
from documents.intake.types import ODF_TYPES, OOXML_TYPES, FileType

CHUNK = 256 * 1024
# What may lie across two pieces of a part, in bytes.
OVERLAP = 1024
LOCKED = "This document is protected by a password. Remove the password, save it and upload that."
MACROS = "This document contains macros. Save it without macros (.docx, .xlsx or .pptx, not .docm, .xlsm or .pptm)."
BOMB = "This file expands to far more than its size, as a trap would. Open it, save it again and upload the new copy."
PLAIN_ZIP = "This is a ZIP archive, not a document. Unpack it and upload the documents one by one."
LOCKED_ZIP = "This is a ZIP archive with a password. Unpack it and upload the documents one by one."
NESTED = "This document carries an archive or a program inside it. Take it out, save the document and upload that."
REMOTE = (
    "This document fetches parts of itself from an address ({what}). Embed them, or break the link, save it and "
    "upload that."
)
DDE = "This document starts other programs through a data link (DDE). Remove the link, save it and upload that."

_MAIN_PARTS = {kind.content_type + ".main+xml": kind for kind in OOXML_TYPES}
_STRICT_OR_TEMPLATE = re.compile(r"openxmlformats-officedocument\.\w+\.(template|slideshow)\.main\+xml$")
# Drawings (image/svg+xml) are shown, never run, and may declare entities.
_IS_XML = re.compile(r"^(?!image/).*[/+]xml$")
_ODF_MIMETYPES = {kind.content_type.encode(): kind for kind in ODF_TYPES}
_MACRO_PART = re.compile(
    r"(^|/)(vbaproject|vbadata|vbaprojectsignature)[^/]*$|(^|/)macrosheets/|^basic/|^scripts/|(^|/)activex/"
)
_ARCHIVE_START = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MZ", b"\x7fELF")
_PACKAGE = "\x01Ole10Native".encode("utf-16-le")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DDE_FIELD = re.compile(
    rb"instrText[^>]*>\s*\"?\s*DDE(AUTO)?\s|w:instr=\"\s*DDE(AUTO)?\s|<(\w+:)?ddeLink\b", re.IGNORECASE
)
_REMOTE_KINDS = {
    "attachedTemplate": "a template",
    "image": "a picture",
    "oleObject": "an object",
    "frame": "a page",
    "subDocument": "a document",
    "video": "a film",
    "audio": "a sound",
}
_WEB = ("http:", "https:", "ftp:", "mhtml:")
# Where Office itself calls a fetched part dangerous even on a network drive.
_NEVER_OUTSIDE = frozenset({"oleObject", "frame", "subDocument"})


def ole_sentence(source: BinaryIO) -> str:
    """What to say about the container that old office files, mails and password-protected new ones share."""
    source.seek(0)
    overlap = b""
    while chunk := source.read(CHUNK):
        if _ENCRYPTED_PACKAGE in overlap + chunk:
            return LOCKED
        overlap = chunk[-64:]
    return (
        "This is a file of an old office format or a saved mail (.doc, .xls, .ppt or .msg). "
        "Open it, save it as .docx, .xlsx, .pptx or .pdf and upload that."
    )


def type_of(source: IO[bytes], budget: Budget) -> FileType:
    """The kind of office file, once every part was unpacked within the budget and found harmless."""
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            return _examine(archive, budget)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OverflowError):
        raise Refused(DAMAGED) from None
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError):
        raise Refused(DAMAGED) from None
    except RuntimeError:  # how zipfile says that a part has a password
        raise Refused(LOCKED) from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused(DAMAGED) from None
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma", "_lzma"}:
            raise Refused(DAMAGED) from None
        raise


def _examine(archive: zipfile.ZipFile, budget: Budget) -> FileType:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    kind, xml_parts = _kind(archive, names)
    _check_counts(archive, entries, budget)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(LOCKED if kind else LOCKED_ZIP)
    if kind is None:
        raise Refused(PLAIN_ZIP)
    if any(_MACRO_PART.search(name.lower()) for name in names):
        raise Refused(MACROS)
    for entry in entries:
        if not entry.is_dir():
            name = entry.filename.lower()
            is_xml = name.endswith((".xml", ".rels", ".vml")) or name in xml_parts
            _check_entry(archive, entry, budget, is_xml=is_xml)
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> tuple[FileType | None, set[str]]:
    """The kind, and the parts (in small letters) that are XML whatever their name ends in."""
    if "[Content_Types].xml" in names:
        return _ooxml_kind(archive, names)
    if "mimetype" in names:
        return _odf_kind(archive, names), set()
    return None, set()


def _ooxml_kind(archive: zipfile.ZipFile, names: set[str]) -> tuple[FileType | None, set[str]]:
    found = None
    xml_parts: set[str] = set()
    for element in _elements(archive, "[Content_Types].xml"):
        content_type = element.get("ContentType", "")
        if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
            raise Refused(MACROS)
        if "sheet.binary" in content_type.lower():
            raise Refused("This is a binary workbook (.xlsb). Save it as .xlsx and upload that.")
        if _STRICT_OR_TEMPLATE.search(content_type):
            raise Refused("This is a template or a slide show. Save it as .docx, .xlsx or .pptx and upload that.")
        found = found or _MAIN_PARTS.get(content_type)
        if _IS_XML.search(content_type.lower()):
            # A part by its name, or all parts with an ending.
            part, ending = element.get("PartName", ""), element.get("Extension", "")
            xml_parts.add(part.lstrip("/").lower())
            if ending:
                xml_parts.update(name.lower() for name in names if name.lower().endswith(f".{ending.lower()}"))
    return found, xml_parts


def _odf_kind(archive: zipfile.ZipFile, names: set[str]) -> FileType | None:
    with archive.open("mimetype") as part:
        kind = _ODF_MIMETYPES.get(part.read(200).strip())
    if kind and "META-INF/manifest.xml" in names:
        for element in _elements(archive, "META-INF/manifest.xml"):
            if element.tag.endswith("}encryption-data"):
                raise Refused(LOCKED)
    return kind


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[Element]:
    if archive.getinfo(name).file_size > 16 * 1024 * 1024:
        raise Refused(BOMB)
    with archive.open(name) as part:
        # Old OpenOffice manifests name a DTD; entities stay forbidden.
        for _, element in iterparse(part, forbid_dtd=False):
            yield element


def _check_counts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], budget: Budget) -> None:
    budget.entries -= len(entries)
    if budget.entries < 0 or sum(entry.file_size for entry in entries) > budget.unpacked:
        raise Refused(BOMB)
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refused(DAMAGED)
    # Parts that lie over each other make a small archive expand without end.
    packed = sum(entry.compress_size for entry in entries)
    if archive.start_dir and packed > archive.start_dir:
        raise Refused(BOMB)


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, *, is_xml: bool) -> None:
    if entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(entry.compress_size, 1):
        raise Refused(BOMB)
    head = _unpack(archive, entry, budget, is_xml=is_xml)
    if entry.filename.lower().endswith(".rels"):
        _check_relationships(archive, entry.filename)
    if head.startswith(b"PK\x03\x04"):
        _check_nested(archive, entry, budget)
    elif head.startswith(_ARCHIVE_START):
        raise Refused(NESTED)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, *, is_xml: bool) -> bytes:
    """Reads a part to its end, which checks its sum as well; returns its first bytes."""
    head = overlap = b""
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            budget.unpacked -= len(chunk)
            if budget.unpacked < 0:
                raise Refused(BOMB)
            head = head or chunk[:8]
            window = overlap + chunk
            if is_xml:
                _check_xml(window)
            elif _PACKAGE in window:
                raise Refused(NESTED)
            overlap = window[-OVERLAP:]
    return head


def _check_xml(window: bytes) -> None:
    # In UTF-16, which XML may be written in, every letter of these words has a zero byte beside it.
    plain = window.replace(b"\0", b"")
    if b"<!ENTITY" in plain:
        raise Refused(DAMAGED)
    if _DDE_FIELD.search(plain):
        raise Refused(DDE)


def _check_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> None:
    """A workbook behind a chart is ordinary; it is examined like the document. Any other archive is not."""
    budget.depth -= 1
    if budget.depth < 0 or entry.file_size > 64 * 1024 * 1024:
        raise Refused(NESTED)
    try:
        type_of(cast(IO[bytes], io.BytesIO(archive.read(entry))), budget)
    except Refused as refusal:
        raise (Refused(NESTED) if refusal.sentence == PLAIN_ZIP else refusal) from None
    budget.depth += 1


def _check_relationships(archive: zipfile.ZipFile, name: str) -> None:
    """Hyperlinks may lead anywhere; parts may not be fetched from the web. Network drives stay a council's matter."""
    for element in _elements(archive, name):
        if element.get("TargetMode") != "External":
            continue
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        is_web = element.get("Target", "").strip().lower().startswith(_WEB)
        if kind in _REMOTE_KINDS and (is_web or kind in _NEVER_OUTSIDE):
            raise Refused(REMOTE.format(what=_REMOTE_KINDS[kind]))
