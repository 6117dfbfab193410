"""What the rules see: rows with typed values, one index per sheet, the findings they raise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from children.domain.ages import age_on
from children.domain.cells import Cell, Parsed, Unreadable, display
from children.domain.headers import MappedHeader, SeenSheet
from children.domain.schema import ListSchema, SheetLayout
from documents.domain.cells import BrokenCell


class Level(StrEnum):
    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class LocalValues:
    """What the council's own columns say of a row; it never leaves the council. Blank where there is no such column."""

    officer: str = ""
    team: str = ""
    source: str = ""
    as_at_on: date | None = None


NO_LOCAL = LocalValues()


class Row:
    """One child's row.

    `values` has the typed value per column key: None where blank, Unreadable where it can't be understood; columns
    that the sheet lacks have no key. `cells` is as read, in the order of `positions` (key → place). `excel_row` is
    the row number that Excel shows. `age` counts completed years on the day of the extract. `local` stands apart, so
    that nothing which goes through the published columns can carry it away.
    """

    __slots__ = ("age", "cells", "excel_row", "local", "positions", "values")

    def __init__(
        self,
        excel_row: int,
        values: dict[str, Parsed],
        cells: tuple[Cell | BrokenCell, ...],
        positions: dict[str, int],
        as_at: date,
    ) -> None:
        self.local = NO_LOCAL
        self.excel_row = excel_row
        self.values = values
        self.cells = cells
        self.positions = positions
        born = values.get("date_of_birth")
        self.age = age_on(born, as_at) if isinstance(born, date) else None

    def unreadable(self, key: str) -> Unreadable | None:
        """Why the value can't be used; None when it can, or when there is none."""
        value = self.values.get(key)
        return value if isinstance(value, Unreadable) else None

    def __getitem__(self, key: str) -> Any:
        """The typed value; None when blank, unreadable or without its column."""
        value = self.values.get(key)
        return None if value.__class__ is Unreadable else value

    @property
    def unique_id(self) -> str:
        return str(self["unique_id"] or "")

    def texts(self) -> dict[str, str]:
        """Every cell that isn't blank as the workbook shows it."""
        return {
            key: text
            for key, cell in zip(self.positions, self.cells, strict=True)
            if (text := cell if cell.__class__ is str else display(cell))
        }

    def text(self, key: str) -> str:
        """The cell as the workbook shows it."""
        position = self.positions.get(key)
        return "" if position is None else display(self.cells[position])


@dataclass(frozen=True, slots=True)
class Index:
    """Rows by what they share, made in one pass and read by every rule across rows.

    `by_likeness` is by date of birth, gender and URN, of rows that have all three.
    """

    by_unique_id: dict[str, list[Row]]
    by_upn: dict[str, list[Row]]
    by_uln: dict[str, list[Row]]
    by_likeness: dict[tuple[Any, str, str], list[Row]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Index":
        index = cls(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
        for row in rows:
            if unique_id := row["unique_id"]:
                index.by_unique_id[unique_id.casefold()].append(row)
            if upn := row["upn"]:
                index.by_upn[upn].append(row)
            if uln := row["uln"]:
                index.by_uln[uln].append(row)
            if (born := row["date_of_birth"]) and (gender := row["gender"]) and (urn := row["main_urn"]):
                index.by_likeness[born, gender, urn].append(row)
        return index


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """A sheet of the layout as found in the workbook.

    `raw_name` is what the workbook calls it, `places` where each header stands: header as read → column from 0;
    `local_keys` are the council's own columns that are there.
    """

    layout: SheetLayout
    rows: tuple[Row, ...]
    keys: frozenset[str]
    header_row: int
    as_at: date
    index: Index
    raw_name: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    local_keys: frozenset[str] = frozenset()

    @property
    def missing(self) -> frozenset[str]:
        return self.layout.keys - self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is wrong in one place. `row` is None where a whole sheet is meant; `columns` lists all that take part."""

    sheet: str
    row: int | None
    unique_id: str
    column: str
    columns: tuple[str, ...]
    rule: str
    level: Level
    message: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRun:
    """A rule that could not be asked, which is not the same as passed."""

    rule: str
    sheet: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """Everything read from one upload, with what reading it already found wrong.

    `seen` has every sheet with its headers as they stand, `mapped` what was read under another name, `foreign` the
    sheets that pass for our own issues and are not, or are about children that nobody marked as invented.
    """

    schema: ListSchema
    as_at: date
    sheets: tuple[SheetRows, ...]
    findings: tuple[RowFinding, ...] = field(default=())
    seen: tuple[SeenSheet, ...] = ()
    mapped: tuple[MappedHeader, ...] = ()
    foreign: tuple[str, ...] = ()

    def sheet(self, name: str) -> SheetRows | None:
        return next((sheet for sheet in self.sheets if sheet.layout.name == name), None)
