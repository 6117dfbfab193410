"""Looks into an .xlsx or .ods before anything unpacks it: size, expansion, macros, far-off cells, broken cells.

The fast reader gives a blank for a cell that holds an error value or a formula that was never computed, and lays out
every cell between A1 and the last one. So both are looked for here, in one streamed pass over the sheets' XML.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from posixpath import join, normpath
from typing import IO, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from children.domain.cells import EPOCH_1900, EPOCH_1904, BrokenCell
from children.readers.refusal import Unusable

MAX_EXPANDED = 250 * 1024 * 1024
MAX_RATIO = 300
RATIO_FROM = 20 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 150_000
MAX_CELLS = 8_000_000
MAX_COLUMNS_REPEATED = 260
MAX_BROKEN = 50_000
_CHUNK = 1 << 20

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MAIN_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_FAR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="((?:[A-Z]{3}|[J-Z][A-Z])\d+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_ODS_ROWS = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL)
_ODS_CELLS = re.compile(rb'<table:table-cell\b[^>]*number-columns-repeated="(\d{3,})"[^>]*office:value-type=')
_ODS_CELLS_BACKWARDS = re.compile(rb'<table:table-cell\b[^>]*office:value-type=[^>]*number-columns-repeated="(\d{3,})"')
_ODS_SPANS = re.compile(rb'number-(?:rows|columns)-spanned="(?:[2-9]|\d{2,})"')
_ODS_TABLE = re.compile(rb'<table:table\s[^>]*table:name="([^"]*)"')


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the look inside found of one sheet. `broken` is by (row from 1, column from 0)."""

    broken: dict[tuple[int, int], BrokenCell] = field(default_factory=dict)
    has_merged: bool = False


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
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Unusable(
            f"{name} is damaged or was cut short. Open it in Excel, save it again as .xlsx and upload that."
        ) from error


def _look(archive: zipfile.ZipFile) -> ArchiveFacts:
    parts = archive.infolist()
    names = {part.filename for part in parts}
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
        raise Unusable("The file holds far more parts than a workbook has. Export the lists again.")
    expanded = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if expanded > MAX_EXPANDED or (expanded > RATIO_FROM and expanded > packed * MAX_RATIO):
        raise Unusable(
            f"The file would unpack to {expanded // (1024 * 1024)} MB, far more than two lists need. "
            "Export the lists again, without pictures and without formatting of empty rows."
        )


def _is_ods(archive: zipfile.ZipFile) -> bool:
    if "mimetype" not in archive.namelist():
        return True
    with archive.open("mimetype") as stream:
        return b"spreadsheet" in stream.read(100)


def _look_at_xlsx(archive: zipfile.ZipFile, names: set[str]) -> ArchiveFacts:
    workbook = _small_xml(archive, "xl/workbook.xml")
    space = _MAIN if workbook.find(f"{_MAIN}sheets") is not None else _MAIN_STRICT
    targets = _targets(archive, names)
    if "xl/sharedStrings.xml" in names:
        with archive.open("xl/sharedStrings.xml") as stream:
            while stream.read(_CHUNK):  # a part that lies about its size fails its checksum here
                pass
    properties = workbook.find(f"{space}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "0").lower() in {"1", "true"}
    sheets = {}
    for sheet in workbook.iterfind(f"{space}sheets/{space}sheet"):
        relation = next((sheet.get(name) for name in _RELATION_ID if sheet.get(name)), "")
        target = targets.get(relation or "", "")
        name = sheet.get("name", "")
        if target in names and "worksheets" in target:
            with archive.open(target) as stream:
                sheets[name] = _look_at_sheet(name, stream)
    return ArchiveFacts("xlsx", EPOCH_1904 if is_1904 else EPOCH_1900, sheets)


def _targets(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if "xl/_rels/workbook.xml.rels" not in names:
        return {}
    relations = _small_xml(archive, "xl/_rels/workbook.xml.rels")
    return {
        relation.get("Id", ""): target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        for relation in relations
        if (target := relation.get("Target", ""))
    }


def _small_xml(archive: zipfile.ZipFile, name: str):  # type: ignore[no-untyped-def]  # defusedxml has no element type
    with archive.open(name) as stream:
        text = stream.read(4 * 1024 * 1024)
    try:
        return ElementTree.fromstring(text)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unusable("The workbook is damaged. Open it in Excel, save it again as .xlsx and upload that.") from error


def _pieces(stream: IO[bytes], end: bytes) -> Iterator[bytes]:
    """The stream in pieces that end behind `end`, so that no row is cut in two."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        piece = rest + chunk
        cut = piece.rfind(end)
        if cut < 0 and len(piece) < 16 * _CHUNK:
            rest = piece
            continue
        cut = len(piece) if cut < 0 else cut + len(end)
        yield piece[:cut]
        rest = piece[cut:]
    if rest:
        yield rest


def _look_at_sheet(name: str, stream: IO[bytes]) -> SheetFacts:
    broken: dict[tuple[int, int], BrokenCell] = {}
    has_merged = False
    for piece in _pieces(stream, b"row>"):
        if far := _FAR_CELL.search(piece):
            _refuse_far(name, f"cell {far[1].decode()}")
        highest = max(map(int, _ROW.findall(piece)), default=0)
        if highest > MAX_ROWS:
            _refuse_far(name, f"row {highest:,}")
        if b't="e"' in piece:
            _add_broken(name, broken, _ERROR_CELL, piece)
        if _HAS_FORMULA.search(piece):
            _add_broken(name, broken, _FORMULA_CELL, piece)
        has_merged = has_merged or b"mergeCell " in piece
    return SheetFacts(broken, has_merged)


def _refuse_far(name: str, where: str) -> None:
    raise Unusable(
        f"Something stands in {where} of the sheet “{name}”, far outside a list. Delete what lies outside the list "
        "and save the workbook again."
    )


def _add_broken(name: str, broken: dict[tuple[int, int], BrokenCell], cells: re.Pattern[bytes], piece: bytes) -> None:
    is_error = cells is _ERROR_CELL
    for match in cells.finditer(piece):
        attributes = match[1]
        if not is_error and b't="str"' in attributes:
            continue  # the formula's result is an empty text
        address = _ADDRESS.search(attributes)
        if address is None or len(broken) > MAX_BROKEN:
            raise Unusable(
                f"The sheet “{name}” holds cells that could not be computed. Open it in Excel, replace the formulas "
                "by their values, save and upload that."
            )
        if is_error:
            value = _VALUE.search(match[2])
            text = value[1].decode("utf-8", "replace") if value else "#ERROR"
            cell = BrokenCell(text, f"the spreadsheet shows the error {text}")
        else:
            cell = BrokenCell("(formula without a result)", "the formula has no stored result; paste its value")
        broken[int(address[2]), _column(address[1])] = cell


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _look_at_ods(archive: zipfile.ZipFile) -> ArchiveFacts:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(_CHUNK):
                raise Unusable("The file is protected by a password. Save it without one.")
    merged: dict[str, bool] = {}
    name = ""
    day_zero = EPOCH_1900
    with archive.open("content.xml") as stream:
        for piece in _pieces(stream, b"</table:table-row>"):
            if match := re.search(rb'table:null-date[^>]*date-value="1904-01-01"', piece):
                day_zero = EPOCH_1904
            for row in _ODS_ROWS.finditer(piece):
                if int(row[1]) > 1000 and b"office:value-type=" in row[2]:
                    _refuse_far(name or "of the workbook", f"{int(row[1]):,} equal rows")
            for match in (_ODS_CELLS.search(piece), _ODS_CELLS_BACKWARDS.search(piece)):
                if match and int(match[1]) > MAX_COLUMNS_REPEATED:
                    _refuse_far(name or "of the workbook", f"{int(match[1]):,} equal cells")
            position = 0
            for table in _ODS_TABLE.finditer(piece):
                if name and _ODS_SPANS.search(piece, position, table.start()):
                    merged[name] = True
                name = table[1].decode("utf-8", "replace")
                merged.setdefault(name, False)
                position = table.end()
            if name and _ODS_SPANS.search(piece, position):
                merged[name] = True
    return ArchiveFacts("ods", day_zero, {sheet: SheetFacts({}, held) for sheet, held in merged.items()})
