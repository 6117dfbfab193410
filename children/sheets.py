"""Rows of a layout → the sheets of a workbook, exactly as published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from children.domain.cells import Value
from children.domain.schema import ColumnType, SheetLayout
from documents.press.workbook import Column, ColumnKind, Sheet

_WIDTHS = {ColumnType.TEXT: 24, ColumnType.IDENTIFIER: 16, ColumnType.DATE: 13, ColumnType.CODE: 14}


@dataclass(frozen=True, slots=True)
class LayoutRows:
    """Rows of a sheet. `with_local` adds the council's own columns: for its own use, never for inspectors."""

    layout: SheetLayout
    rows: Iterable[Mapping[str, Value | None]]
    with_local: bool = False


def sheet_of(filled: LayoutRows) -> Sheet:
    """The sheet under its published name with its published headers, in their order."""
    layout = filled.layout
    columns = (*layout.columns, *layout.local) if filled.with_local else layout.columns
    keys = [column.key for column in columns]
    return Sheet(
        name=layout.name,
        columns=[
            Column(
                header=column.header,
                width=_WIDTHS.get(column.type, 14),
                kind=ColumnKind.DATE if column.type is ColumnType.DATE else ColumnKind.TEXT,
            )
            for column in columns
        ],
        rows=([row.get(key) for key in keys] for row in filled.rows),
    )
