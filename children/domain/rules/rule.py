"""The shape of a rule, and the few ways in which rules are written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from children.domain.rows import Level, Row, SheetRows
from children.domain.schema import ListKind

RowCheck = Callable[[Row], bool]
SheetCheck = Callable[[SheetRows], Iterable[Row]]


class Source(StrEnum):
    """Where a rule comes from."""

    SECTOR = "the sector's open validator for Annex A lists (data-to-insight)"
    SENDREADY = "sendready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule for one list.

    `columns` are the keys it needs: it is not run when one is missing. The finding stands at the first.
    `wrong` says what is wrong, `fix` what to do. `check` gives the rows at fault of a sheet. `softer` turns an error
    into a query for those rows where a published rule meets an ordinary explanation, told by `softer_fix`.
    """

    code: str
    list_kind: ListKind
    level: Level
    columns: tuple[str, ...]
    wrong: str
    fix: str
    source: Source
    check: SheetCheck
    softer: RowCheck | None = None
    softer_fix: str = ""

    @property
    def message(self) -> str:
        return f"{self.wrong} {self.fix}"


def each_row(is_at_fault: RowCheck) -> SheetCheck:
    """Asks every row by itself."""
    return lambda sheet: [row for row in sheet.rows if is_at_fault(row)]


def blank(key: str) -> SheetCheck:
    return each_row(lambda row: row.values[key] is None)


def all_blank(*keys: str) -> RowCheck:
    return lambda row: all(row.values[key] is None for key in keys)


def aged(first: int, last: int = 999) -> RowCheck:
    """Completed years on the day of the extract, both ends included. False where the date of birth can't be read."""
    return lambda row: row.age is not None and first <= row.age <= last


def both(one: RowCheck, other: RowCheck) -> RowCheck:
    return lambda row: one(row) and other(row)


def after(key: str, other: str) -> RowCheck:
    """The first date is later than the second. False where either is blank or can't be read."""

    def check(row: Row) -> bool:
        first, second = row[key], row[other]
        return first is not None and second is not None and first > second

    return check


def in_future(key: str) -> SheetCheck:
    """Later than the day of the extract. That day itself is not in the future."""

    def check(sheet: SheetRows) -> Iterator[Row]:
        as_at = sheet.as_at
        return (row for row in sheet.rows if (day := row[key]) is not None and day > as_at)

    return check


def repeated(groups: dict[str, list[Row]]) -> list[Row]:
    """Every row of every group of two or more, in the order of the sheet."""
    return sorted((row for rows in groups.values() if len(rows) > 1 for row in rows), key=lambda row: row.excel_row)
