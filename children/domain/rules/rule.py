"""The shape of a rule, and the few ways in which rules are written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from children.domain.rows import Index, Level, Row, SheetRows
from children.domain.schema import ListKind, SheetLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a rule is asked about: one sheet, and what lies around it.

    `elsewhere` indexes the rows of the other lists. `earlier_rows` is the number of rows of this list in the upload
    before, `today` the day of the check; both are None where nobody knows them.
    """

    sheet: SheetRows
    elsewhere: Index
    earlier_rows: int | None = None
    today: date | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.sheet.rows

    @property
    def index(self) -> Index:
        return self.sheet.index

    @property
    def layout(self) -> SheetLayout:
        return self.sheet.layout

    @property
    def as_at(self) -> date:
        return self.sheet.as_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place at fault that is not simply a row: another column than the rule's first, a whole sheet, other words.

    `row` None means the sheet, shown at `excel_row` where there is one. Empty words are the rule's own.
    """

    row: Row | None = None
    excel_row: int | None = None
    column: str = ""
    value: str | None = None
    wrong: str = ""
    fix: str = ""


RowCheck = Callable[[Row], bool]
SheetCheck = Callable[[Asked], Iterable[Row | Hit]]


class Source(StrEnum):
    """Where a rule comes from."""

    SECTOR = "the sector's open validator for Annex A lists (data-to-insight)"
    LAYOUT = "the published layout of the lists"
    NUMBERS = "how UPN, ULN and URN are made up (general knowledge, see the layout's notes)"
    SENDREADY = "sendready: what such lists get wrong and the sector's validator does not see"


class Need(StrEnum):
    """What a rule needs beside its own sheet."""

    OTHER_LIST = "the other list"
    EARLIER_UPLOAD = "an earlier upload"
    TODAY = "the day of the check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule for one list.

    `columns` are the keys it needs: it is not run when one is missing. The finding stands at the first. Without
    columns it reads whatever the sheet has. `wrong` says what is wrong, `fix` what to do. `check` gives the places at
    fault. `softer` turns an error into a query for those rows where a published rule meets an ordinary explanation,
    told by `softer_fix`. A rule that needs the other list is not run without it; one that needs an earlier upload or
    today's date doesn't apply where there is none.
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
    needs: frozenset[Need] = field(default_factory=frozenset)

    @property
    def message(self) -> str:
        return f"{self.wrong} {self.fix}"


def rules(  # noqa: PLR0917  # a table row reads best in the order of its columns
    codes: str,
    level: Level,
    columns: tuple[str, ...],
    wrong: str,
    fix: str,
    check: SheetCheck,
    source: Source = Source.SENDREADY,
    softer: RowCheck | None = None,
    softer_fix: str = "",
    needs: frozenset[Need] = frozenset(),
) -> Iterator[Rule]:
    """One line of a table: one rule per code, such as "101a 201a" for both lists or "105b" for the first alone."""
    for code in codes.split():
        yield Rule(
            code=code,
            list_kind=ListKind.EHC_PLAN if code.lstrip("S").startswith("1") else ListKind.SEN_SUPPORT,
            level=level,
            columns=columns,
            wrong=wrong,
            fix=fix,
            source=source,
            check=check,
            softer=softer,
            softer_fix=softer_fix,
            needs=needs,
        )


def each_row(is_at_fault: RowCheck) -> SheetCheck:
    """Asks every row by itself."""
    return lambda asked: [row for row in asked.rows if is_at_fault(row)]


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

    def check(asked: Asked) -> Iterator[Row]:
        as_at = asked.as_at
        return (row for row in asked.rows if (day := row[key]) is not None and day > as_at)

    return check


def cells_at_fault(asked: Asked, is_at_fault: Callable[[str, str], bool]) -> Iterator[tuple[Row, str, str]]:
    """Row, column key and text of every text cell at fault; each text of a column is asked about once."""
    keys = list(asked.rows[0].positions) if asked.rows else []
    for place, key in enumerate(keys):
        texts = {cell for row in asked.rows if (cell := row.cells[place]).__class__ is str}
        wrong = {text for text in texts if is_at_fault(key, str(text))}
        if wrong:
            yield from ((row, key, str(cell)) for row in asked.rows if (cell := row.cells[place]) in wrong)


def malformed(key: str, is_well_formed: Callable[[str], bool]) -> SheetCheck:
    """There is a value, and it is not formed as it should be."""
    return each_row(lambda row: (value := row[key]) is not None and not is_well_formed(str(value)))


def repeated(groups: Mapping[Any, list[Row]]) -> list[Row]:
    """Every row of every group of two or more, in the order of the sheet."""
    return sorted((row for rows in groups.values() if len(rows) > 1 for row in rows), key=lambda row: row.excel_row)
