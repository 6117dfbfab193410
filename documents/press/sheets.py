"""What a workbook is made of, whichever writer writes it."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain

Cell = str | int | float | Decimal | bool | date | datetime | None
Row = Sequence[Cell]
# What a cell is once prepared: writers meet nothing else.
Value = str | float | date | datetime | None

DATE_FORMAT = "dd/mm/yyyy"
DATE_TIME_FORMAT = "dd/mm/yyyy hh:mm"
LONGEST_TEXT = 32_767  # what a cell can hold
LARGEST_WHOLE = 2**53  # beyond this a workbook would round the number
# Characters that XML, and so a workbook, can't hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class ColumnKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DATE_TIME = "date and time"


@dataclass(frozen=True, slots=True)
class Column:
    """A header and how wide the column is, in characters.

    Dates stand as dates in columns of that kind and as text (dd/mm/yyyy) elsewhere; texts stay texts everywhere.
    """

    header: str
    width: float = 16
    kind: ColumnKind = ColumnKind.TEXT
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `name` exactly as it shall be called, rows as long as there are columns. Rows may be a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sheet with a name that workbooks allow, and rows of nothing but values."""

    name: str
    columns: Sequence[Column]
    rows: Iterator[list[Value]]
    is_empty: bool

    @property
    def headers(self) -> list[str]:
        return [text_of(column.header) for column in self.columns]


def prepare(sheet: Sheet) -> Prepared:
    rows = iter(sheet.rows)
    first = next(rows, None)
    every = rows if first is None else chain([first], rows)
    kinds = [column.kind for column in sheet.columns]
    values = ([_value(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in every)
    return Prepared(_sheet_name(sheet.name), sheet.columns, values, is_empty=first is None)


def _value(cell: Cell, kind: ColumnKind) -> Value:
    if isinstance(cell, str):
        return text_of(cell) or None
    if cell is None:
        return None
    if isinstance(cell, bool):
        return words(cell)
    if isinstance(cell, date):
        return _day_or_words(cell, kind)
    number = float(cell)
    return number if math.isfinite(number) and abs(number) <= LARGEST_WHOLE else str(cell)


def _day_or_words(cell: date | datetime, kind: ColumnKind) -> Value:
    # No workbook knows a day before March 1900 rightly: such a date stays readable as text.
    if cell.year > 1900 and kind in {ColumnKind.DATE, ColumnKind.DATE_TIME}:
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=None) if kind == ColumnKind.DATE_TIME else cell.date()
        return cell
    return words(cell)


def words(cell: Cell) -> str:
    """A cell as people write it."""
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case str():
            return text_of(cell)
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return str(cell)


def text_of(value: str) -> str:
    if value.isascii() and value.isprintable() and len(value) <= LONGEST_TEXT:
        return value
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_TEXT]


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAME.sub("-", name).strip("'")[:31] or "Sheet"
