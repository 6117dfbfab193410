"""OpenDocument spreadsheets, in one pass. A text never becomes a formula; the same sheets give the same bytes."""

import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from documents.press.sheets import Prepared, Sheet, Value, prepare

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
CREATED = "2000-01-01T00:00:00"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_ROWS_AT_ONCE = 500
# A character of ours is about this wide.
_CENTIMETRES = 0.21
_SPACES = (
    "office", "table", "text", "style", "meta", "config", "manifest",
)  # fmt: skip
_NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in _SPACES} | {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ooo": "http://openoffice.org/2004/office",
}
# White space that a reader of the format would draw together. A tab becomes a space: not every reader knows its mark.
_DRAWN_TOGETHER = re.compile(r"^ +| +$| {2,}")


def write_ods(path: Path, sheets: Sequence[Sheet], *, marking: str, title: str = "") -> None:
    """Writes `.ods` in flat memory. The marking stands in the header and footer of each printed page, in no cell."""
    prepared = [prepare(sheet) for sheet in sheets]
    with zipfile.ZipFile(path, "w") as archive:
        _add(archive, "mimetype", [MIMETYPE], stored=True)  # first and uncompressed, as the format asks
        _add(archive, "content.xml", _content(prepared))
        _add(archive, "styles.xml", [_styles(marking.upper())])
        _add(archive, "meta.xml", [_meta(title)])
        _add(archive, "settings.xml", [_settings(prepared)])
        _add(archive, "META-INF/manifest.xml", [_manifest()])


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[str], *, stored: bool = False) -> None:
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
    # A workbook may outgrow what a small archive can say; whether it does isn't known when it is begun.
    with archive.open(info, "w", force_zip64=not stored) as member:
        for piece in pieces:
            member.write(piece.encode())


def _document(kind: str, *names: str) -> str:
    spaces = "".join(f" xmlns:{name}={quoteattr(_NAMES[name])}" for name in ("office", *names))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{kind}{spaces} office:version="1.3">'


# -- the content


def _content(sheets: Sequence[Prepared]) -> Iterator[str]:
    yield _document("document-content", "table", "text", "style", "fo", "number")
    yield f"<office:automatic-styles>{_FIXED_STYLES}"
    widths = sorted({column.width for sheet in sheets for column in sheet.columns})
    names = {width: f"co{number}" for number, width in enumerate(widths, 1)}
    for width, name in names.items():
        yield (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * _CENTIMETRES:.2f}cm"/></style:style>'
        )
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    ranges = []
    for sheet in sheets:
        count = yield from _table(sheet, names)
        ranges.append(_filter_range(sheet, count))
    yield f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _table(sheet: Prepared, widths: dict[float, str]) -> Generator[str, None, int]:
    """Yields the table's XML and returns the number of its rows."""
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="ta">'
    for column in sheet.columns:
        style = "wrapped" if column.is_wrapped else "plain"
        yield (
            f'<table:table-column table:style-name="{widths[column.width]}" table:default-cell-style-name="{style}"/>'
        )
    headers = "".join(_text_cell(text, "head") for text in sheet.headers)
    yield f"<table:table-header-rows><table:table-row>{headers}</table:table-row></table:table-header-rows>"
    count = 1
    lines: list[str] = []
    styles = ["wrapped" if column.is_wrapped else "plain" for column in sheet.columns]
    for row in sheet.rows:
        cells = "".join(map(_cell, row, styles))
        lines.append(f"<table:table-row>{cells}</table:table-row>")
        count += 1
        if len(lines) == _ROWS_AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines) + "</table:table>"
    return count


def _cell(value: Value, style: str) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case str():
            return _text_cell(value, style)
        case float():
            shown = str(int(value)) if value.is_integer() else repr(value)
            return (
                f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{shown}">'
                f"<text:p>{shown}</text:p></table:table-cell>"
            )
        case datetime():
            return _date_cell("moment", f"{value:%Y-%m-%dT%H:%M:%S}", f"{value:%d/%m/%Y %H:%M}")
        case date():
            return _date_cell("day", f"{value:%Y-%m-%d}", f"{value:%d/%m/%Y}")


def _date_cell(style: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str) -> str:
    if text.isascii() and text.isalnum():  # most are a code or a number
        paragraphs = f"<text:p>{text}</text:p>"
    else:
        paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in re.split(r"\r\n|[\r\n]", text))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    return _DRAWN_TOGETHER.sub(_space, escape(line.replace("\t", " ")))


def _space(found: re.Match[str]) -> str:
    return f'<text:s text:c="{len(found[0])}"/>'


def _filter_range(sheet: Prepared, rows: int) -> str:
    name = sheet.name.replace("'", "''")
    last = f"{_letters(len(sheet.columns))}{rows}"
    address = quoteattr(f"'{name}'.A1:'{name}'.{last}")
    return (
        f"<table:database-range table:name={quoteattr(f'filter of {sheet.name}')} table:target-range-address={address} "
        'table:display-filter-buttons="true"/>'
    )


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_DAY = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_TOP = '<style:table-cell-properties style:vertical-align="top"/>'
_WRAPPED = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
_HEAD = (
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" fo:border-bottom="0.5pt solid '
    '#000000"/><style:text-properties fo:font-weight="bold"/>'
)


def _cell_style(name: str, properties: str, data_style: str = "") -> str:
    shown = f' style:data-style-name="{data_style}"' if data_style else ""
    return f'<style:style style:name="{name}" style:family="table-cell"{shown}>{properties}</style:style>'


_FIXED_STYLES = "".join(
    (
        f'<number:date-style style:name="dmy">{_DAY}</number:date-style>',
        f'<number:date-style style:name="dmyhm">{_DAY}<number:text> </number:text><number:hours number:style="long"/>'
        '<number:text>:</number:text><number:minutes number:style="long"/></number:date-style>',
        '<style:style style:name="ta" style:family="table" style:master-page-name="Marked">'
        '<style:table-properties table:display="true"/></style:style>',
        _cell_style("plain", _TOP),
        _cell_style("wrapped", _WRAPPED),
        _cell_style("head", _HEAD),
        _cell_style("day", _TOP, "dmy"),
        _cell_style("moment", _TOP, "dmyhm"),
    )
)


# -- what stands beside the content


_ROOM = '<style:header-footer-properties fo:min-height="0.8cm" fo:margin="0cm"/>'


def _styles(marking: str) -> str:
    mark = f'<text:p text:style-name="mark">{escape(marking)}</text:p>'
    footer = (
        "<style:region-left><text:p><text:sheet-name>?</text:sheet-name></text:p></style:region-left>"
        f"<style:region-center>{mark}</style:region-center>"
        "<style:region-right><text:p><text:page-number>1</text:page-number> of "
        "<text:page-count>1</text:page-count></text:p></style:region-right>"
    )
    return (
        f"{_document('document-styles', 'style', 'text', 'fo')}"
        '<office:styles><style:style style:name="mark" style:family="paragraph">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" '
        f'style:scale-to-Y="0"/><style:header-style>{_ROOM}</style:header-style><style:footer-style>{_ROOM}'
        "</style:footer-style></style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Marked" style:page-layout-name="page">'
        f"<style:header><style:region-center>{mark}</style:region-center></style:header>"
        f"<style:footer>{footer}</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )


def _meta(title: str) -> str:
    return (
        f"{_document('document-meta', 'meta', 'dc')}<office:meta><dc:title>{escape(title)}</dc:title>"
        f"<meta:creation-date>{CREATED}</meta:creation-date></office:meta></office:document-meta>"
    )


_FROZEN = (
    ("VerticalSplitMode", "short", 2),
    ("VerticalSplitPosition", "int", 1),
    ("ActiveSplitRange", "short", 2),
    ("PositionTop", "int", 0),
    ("PositionBottom", "int", 1),
)


def _settings(sheets: Sequence[Prepared]) -> str:
    """The header row stays in sight."""
    frozen = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in _FROZEN
    )
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>{frozen}</config:config-item-map-entry>"
        for sheet in sheets
    )
    return (
        f"{_document('document-settings', 'config', 'ooo')}<office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f"{tables}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _manifest() -> str:
    entries = [("/", MIMETYPE), *((f"{name}.xml", "text/xml") for name in ("content", "styles", "meta", "settings"))]
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_NAMES["manifest"]}" '
        f'manifest:version="1.3">{lines}</manifest:manifest>'
    )
