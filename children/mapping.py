"""The headers that this council confirmed, and the layout as it is read with them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from children.domain.headers import HeaderMap, SeenSheet, SheetProposal, is_open, propose, with_mapping
from children.domain.rows import Workbook
from children.domain.schema import ListSchema
from children.loaders import load_schema
from children.models import HeaderMapping, ListUpload


def schema_in_use(schema_code: str) -> ListSchema:
    """The layout with all that was confirmed for it. One query."""
    return with_mapping(load_schema(schema_code), stored_mapping(schema_code))


def schema_of(upload: ListUpload) -> ListSchema:
    """The layout as this upload was read: what was confirmed or taken back since makes no difference."""
    return with_mapping(
        load_schema(upload.schema_code),
        _mapping((one["sheet"], one["key"], one["header"]) for one in upload.mapped_headers),
    )


def stored_mapping(schema_code: str) -> HeaderMap:
    kept = HeaderMapping.objects.filter(schema_code=schema_code)
    return _mapping(kept.values_list("sheet", "column", "header"))


def _mapping(lines: Iterable[tuple[str, str, str]]) -> HeaderMap:
    """`lines` has sheet, column key (empty for the sheet itself) and header."""
    sheets: defaultdict[str, list[str]] = defaultdict(list)
    columns: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for sheet, key, header in lines:
        (columns[sheet, key] if key else sheets[sheet]).append(header)
    return HeaderMap(
        {sheet: tuple(names) for sheet, names in sheets.items()},
        {place: tuple(headers) for place, headers in columns.items()},
    )


def seen_in(upload: ListUpload) -> tuple[SeenSheet, ...]:
    return tuple(SeenSheet(one["name"], one["layout"], tuple(one["headers"])) for one in upload.seen_headers)


def proposal_for(upload: ListUpload) -> tuple[SheetProposal, ...]:
    """What somebody has to decide about the headers of an upload, with all that was confirmed before. One query."""
    return propose(schema_in_use(upload.schema_code), seen_in(upload)) if upload.seen_headers else ()


def has_open_headers(upload: ListUpload) -> bool:
    """Whether `proposal_for` would ask anything. At most one query."""
    return bool(upload.seen_headers) and is_open(schema_in_use(upload.schema_code), seen_in(upload))


def headers_of(workbook: Workbook) -> dict[str, Any]:
    """What an upload keeps of its headers: its own columns, what was mapped, and all of them where some don't fit."""
    is_odd = any(
        finding.rule in {"unknown column", "missing column", "unknown sheet", "missing sheet", "missing header row"}
        for finding in workbook.findings
    )
    return {
        "local_columns": {
            sheet.layout.name: [column.header for column in sheet.layout.local if column.key in sheet.local_keys]
            for sheet in workbook.sheets
            if sheet.local_keys
        },
        "mapped_headers": [
            {"sheet": one.sheet, "key": one.key, "column": one.column, "header": one.header} for one in workbook.mapped
        ],
        "seen_headers": [
            {"name": seen.name, "layout": seen.layout, "headers": [text[:200] for text in seen.headers]}
            for seen in workbook.seen
        ]
        if is_odd
        else [],
    }
