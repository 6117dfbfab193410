"""Rows of a layout → the sheets of a workbook, exactly as published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from children.domain.cells import Value
from children.domain.schema import ColumnType, SheetLayout
from documents.press.ods import write_ods
from documents.press.workbook import Column, ColumnKind, Sheet, write_workbook

_WIDTHS = {ColumnType.TEXT: 24, ColumnType.IDENTIFIER: 16, ColumnType.DATE: 13, ColumnType.CODE: 14}


# What a workbook of lists can be written as, by the ending of its name.
FORMATS = {"xlsx": write_workbook, "ods": write_ods}


def write_sheets(path: Path, sheets: Sequence[Sheet], *, format: str, marking: str, title: str = "") -> None:
    FORMATS[format](path, sheets, marking=marking, title=title)


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
