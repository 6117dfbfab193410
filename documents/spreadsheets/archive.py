"""Looks into an .xlsx or .ods before anything unpacks it: size, expansion, passwords, macros, then each sheet."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from posixpath import join, normpath
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from documents.domain.cells import EPOCH_1900, EPOCH_1904
from documents.spreadsheets.facts import SheetFacts
from documents.spreadsheets.ods_content import look_at_content
from documents.spreadsheets.refusal import Unusable
from documents.spreadsheets.xlsx_sheet import look_at_sheet, look_at_texts

MAX_EXPANDED = 250 * 1024 * 1024
MAX_RATIO = 300
RATIO_FROM = 20 * 1024 * 1024
MAX_PARTS = 2_000
_START = 1 << 20

# How a broken archive makes itself felt, a place outside the file included.
_BREAKDOWNS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """`kind` is "xlsx" or "ods"; `day_zero` the day from which this workbook counts serial days."""

    kind: str
    day_zero: date
    sheets: dict[str, SheetFacts]


def look_inside(name: str, stream: BinaryIO) -> ArchiveFacts:
    """Raises Unusable, with the fix, for what must not be unpacked or can't be read whole."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _look(archive)
    except _BREAKDOWNS as error:
        raise Unusable(
            f"{name} is damaged or was cut short. Open it in Excel, save it again as .xlsx and upload that."
        ) from error


def _look(archive: zipfile.ZipFile) -> ArchiveFacts:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise Unusable("The file holds one of its parts twice. Open it in Excel, save it again and upload that.")
    _check_size(parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Unusable("The file is protected by a password. Save it without one.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unusable("The workbook carries macros. Save it as an Excel workbook (.xlsx) without them.")
    if "xl/workbook.bin" in names:
        raise Unusable("The file is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx).")
    if "xl/workbook.xml" in names:
        return _look_at_xlsx(archive, names)
    if "content.xml" in names and _is_ods(archive):
        return _look_at_ods(archive)
    raise Unusable("The file is not a workbook. Choose a file that ends in .xlsx, .ods or .csv.")


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise Unusable("The file holds far more parts than a workbook has. Export it again.")
    expanded = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if expanded > MAX_EXPANDED or (expanded > RATIO_FROM and expanded > packed * MAX_RATIO):
        raise Unusable(
            f"The file would unpack to {expanded // (1024 * 1024)} MB, far more than such tables need. "
            "Export it again, without pictures and without formatting of empty rows."
        )


def _is_ods(archive: zipfile.ZipFile) -> bool:
    if "mimetype" not in archive.namelist():
        return True
    with archive.open("mimetype") as stream:
        return b"spreadsheet" in stream.read(100)


def _look_at_xlsx(archive: zipfile.ZipFile, names: set[str]) -> ArchiveFacts:
    workbook = _small_xml(archive, "xl/workbook.xml")
    space = _MAIN if workbook.find(f"{_MAIN}sheets") is not None else _MAIN_STRICT
    _check_start(archive, names)
    relations = _relations(archive, names)
    texts: list[int] = []
    shared = {"xl/sharedStrings.xml"} | {
        target for kind, target in relations.values() if kind.endswith("/sharedStrings")
    }
    for target in sorted(shared & names):
        with archive.open(target) as stream:  # a part that lies about its size fails its checksum here
            texts.extend(look_at_texts(stream, archive.getinfo(target).file_size))
    properties = workbook.find(f"{space}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "0").lower() in {"1", "true"}
    sheets = {}
    for sheet in workbook.iterfind(f"{space}sheets/{space}sheet"):
        relation = next((sheet.get(name) for name in _RELATION_ID if sheet.get(name)), "")
        _, target = relations.get(relation or "", ("", ""))
        name = sheet.get("name", "")
        if target in names:
            with archive.open(target) as stream:
                sheets[name] = look_at_sheet(name, stream, texts)
    return ArchiveFacts("xlsx", EPOCH_1904 if is_1904 else EPOCH_1900, sheets)


def _check_start(archive: zipfile.ZipFile, names: set[str]) -> None:
    """What is looked at here must be what is read afterwards."""
    if "_rels/.rels" not in names:
        raise _damaged()
    for relation in _small_xml(archive, "_rels/.rels"):
        is_document = relation.get("Type", "").endswith("/officeDocument")
        if is_document and relation.get("Target", "").lstrip("/") != "xl/workbook.xml":
            raise _damaged()


def _relations(archive: zipfile.ZipFile, names: set[str]) -> dict[str, tuple[str, str]]:
    """Type and part by identifier. A part that is called by another spelling of its name is that part."""
    if "xl/_rels/workbook.xml.rels" not in names:
        return {}
    parts = {name.casefold(): name for name in names}
    found = {}
    for relation in _small_xml(archive, "xl/_rels/workbook.xml.rels"):
        if target := relation.get("Target", ""):
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            found[relation.get("Id", "")] = (relation.get("Type", ""), parts.get(path.casefold(), path))
    return found


def _damaged() -> Unusable:
    return Unusable("The workbook is damaged. Open it in Excel, save it again as .xlsx and upload that.")


def _small_xml(archive: zipfile.ZipFile, name: str):  # type: ignore[no-untyped-def]  # defusedxml has no element type
    with archive.open(name) as stream:
        text = stream.read(4 * 1024 * 1024)
    try:
        return ElementTree.fromstring(text)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _damaged() from error


def _look_at_ods(archive: zipfile.ZipFile) -> ArchiveFacts:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(_START):
                raise Unusable("The file is protected by a password. Save it without one.")
    with archive.open("content.xml") as stream:
        day_zero, sheets = look_at_content(stream)
    return ArchiveFacts("ods", day_zero, sheets)
