"""Rows of a layout → the sheets of a workbook, exactly as published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from children.domain.cells import Value
from children.domain.schema import ColumnType, SheetLayout
from documents.press.workbook import Column, ColumnKind, Sheet

_WIDTHS = {ColumnType.TEXT: 24, ColumnType.IDENTIFIER: 16, ColumnType.DATE: 13, ColumnType.CODE: 14}


@dataclass(frozen=True, slots=True)
class LayoutRows:
    layout: SheetLayout
    rows: Iterable[Mapping[str, Value | None]]


def sheet_of(filled: LayoutRows) -> Sheet:
    """The sheet under its published name with its published headers, in their order."""
    layout = filled.layout
    keys = [column.key for column in layout.columns]
    return Sheet(
        name=layout.name,
        columns=[
            Column(
                header=column.header,
                width=_WIDTHS.get(column.type, 14),
                kind=ColumnKind.DATE if column.type is ColumnType.DATE else ColumnKind.TEXT,
            )
            for column in layout.columns
        ],
        rows=([row.get(key) for key in keys] for row in filled.rows),
    )
