"""Raw sheets → typed rows of a layout. Whatever doesn't fit is a finding by name; nothing is dropped unsaid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import chain, islice

from children.domain.cells import Cell, Parsed, Parser, Unreadable, display, parser_for
from children.domain.headers import MappedHeader
from children.domain.layers import oddities
from children.domain.local import LocalReading, WrongLocal
from children.domain.marked_rows import MarkedRows
from children.domain.notes import HEADER_SEARCH, Notes
from children.domain.rows import Index, Row, RowFinding, SheetRows, Workbook
from children.domain.rules import reading as rules
from children.domain.rules.reading import raise_reading
from children.domain.schema import ColumnType, ListSchema, SheetLayout
from children.domain.words import key_of, plain
from documents.domain.cells import EPOCH_1900, BrokenCell, column_letters

# Columns with few different values: each value is read once.
_REMEMBERED = frozenset({ColumnType.DATE, ColumnType.CODE, ColumnType.COUNT, ColumnType.PERCENT, ColumnType.TEXT})


@dataclass(slots=True, kw_only=True)
class RawSheet:
    """A sheet as a reader hands it over. `rows` gives (Excel row number, cells); cells count from column A.

    `merged` holds ranges as (first row, first column, last row, last column): rows from 1, columns from 0;
    `is_merged_somewhere` stands for them where a format doesn't tell the place.
    `broken` holds cells that the spreadsheet could not compute, by (row from 1, column from 0); `formulas` counts
    cells that it did compute or not; `hidden_columns` are ranges, both ends included.
    """

    name: str
    rows: Iterable[tuple[int, list[Cell]]]
    is_hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_merged_somewhere: bool = False
    broken: dict[tuple[int, int], BrokenCell] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    formulas: int = 0
    day_zero: date = EPOCH_1900


def read_lists(sheets: Iterable[RawSheet], schema: ListSchema, *, as_at: date) -> Workbook:
    """Finds the sheets of the layout, their headers and rows."""
    findings: list[RowFinding] = []
    found: dict[str, SheetRows] = {}
    names: dict[str, list[str]] = {}
    notes = Notes(findings)
    for raw in sheets:
        layout = schema.sheet_for(raw.name)
        if layout is None and schema.is_ignored(raw.name):
            notes.look_aside(raw.name, raw.rows)
            continue
        if layout is None:
            wanted = " or ".join(sheet.name for sheet in schema.sheets)
            findings.append(raise_reading(rules.UNKNOWN_SHEET, sheet=raw.name, value=raw.name, words={"names": wanted}))
            notes.look_through(raw.name, "", raw.rows)
            continue
        names.setdefault(layout.name, []).append(raw.name)
        if len(names[layout.name]) > 1:
            continue
        if raw.is_hidden:
            findings.append(raise_reading(rules.HIDDEN_SHEET, sheet=layout.name, value=raw.name))
        if key_of(raw.name) in layout.is_mapped_from:
            notes.mapped.append(MappedHeader(layout.name, "", "", raw.name))
            findings.append(raise_reading(rules.MAPPED_SHEET, sheet=layout.name, words={"name": raw.name}))
        sheet = _SheetReading(raw, layout, as_at, notes).read()
        if sheet is not None:
            found[layout.name] = sheet
    for layout in schema.sheets:
        held = names.get(layout.name, [])
        if not held:
            findings.append(raise_reading(rules.MISSING_SHEET, sheet=layout.name))
        elif len(held) > 1:
            findings.append(raise_reading(rules.REPEATED_SHEET, sheet=layout.name, words={"names": "”, “".join(held)}))
    ordered = tuple(found[layout.name] for layout in schema.sheets if layout.name in found)
    return Workbook(
        schema=schema,
        as_at=as_at,
        sheets=ordered,
        findings=tuple(findings),
        seen=tuple(notes.seen),
        mapped=tuple(notes.mapped),
        foreign=tuple(notes.foreign),
    )


@dataclass(slots=True)
class _Plan:
    """Where one column of the layout stands in the sheet and how its cells are read."""

    place: int
    key: str
    parse: Parser
    memory: dict[Cell, tuple[Cell, Parsed]] | None


class _SheetReading:
    """One sheet on its way from cells to rows."""

    def __init__(self, raw: RawSheet, layout: SheetLayout, as_at: date, notes: Notes) -> None:
        self.raw = raw
        self.layout = layout
        self.as_at = as_at
        self.notes = notes
        self.findings = notes.findings
        self.local = LocalReading(layout, as_at, notes.names, raw.broken, raw.day_zero)
        self.marks: MarkedRows | None = None  # only where no Unique ID can tell
        self.named: set[int] = set()  # places that have a header
        self.nameless: dict[int, str] = {}  # places that have values and no header → the first value

    def read(self) -> SheetRows | None:
        rows = iter(self.raw.rows)
        head = list(islice(rows, HEADER_SEARCH))
        place = self._header_place(head)
        if place is None:
            self.notes.look_through(self.raw.name, self.layout.name, chain(head, rows))
            self._find(rules.NO_HEADERS, words={"looked": len(head)})
            return None
        header_row, headers = head[place]
        if any(_is_filled(cells) for _, cells in head[:place]):
            self._find(rules.TEXT_ABOVE, row=header_row)
        plans = self._plans(header_row, [plain(display(cell)) for cell in headers])
        if not any(plan.key == "unique_id" for plan in plans):
            self.marks = MarkedRows()
        table = tuple(self._rows(plans, headers, chain(head[place + 1 :], rows)))
        self.notes.see(self.raw.name, self.layout.name, headers, is_marked=bool(self.marks))
        self._report_nameless(header_row)
        headed = {plan.place: self.layout.header(plan.key) for plan in plans}
        self.findings.extend(
            oddities(
                self.raw,
                sheet=self.layout.name,
                header_row=header_row,
                table=table,
                headed=headed,
                named=self.named | set(headed),
            )
        )
        if not table:
            self._find(rules.EMPTY_SHEET, row=header_row)
        return SheetRows(
            layout=self.layout,
            rows=table,
            keys=frozenset(plan.key for plan in plans),
            header_row=header_row,
            as_at=self.as_at,
            index=Index.of(table),
            raw_name=self.raw.name,
            places=self._places(plans, headers) | self.local.places,
            local_keys=self.local.keys,
        )

    def _find(
        self,
        rule: rules.ReadingRule,
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        words: dict[str, object] | None = None,
    ) -> None:
        self.findings.append(
            raise_reading(rule, sheet=self.layout.name, row=row, column=column, value=value, words=words)
        )

    def _spellings(self) -> dict[str, str]:
        return {
            key_of(word): column.key for column in self.layout.columns for word in (column.header, *column.spellings)
        }

    def _header_place(self, head: list[tuple[int, list[Cell]]]) -> int | None:
        """The row with the most published headers; the first of equals."""
        known = self._spellings() | {
            key_of(word): column.key for column in self.layout.columns for word in column.mapped
        }
        scores = [len({known[key] for cell in cells if (key := key_of(display(cell))) in known}) for _, cells in head]
        best = max(scores, default=0)
        return scores.index(best) if best else None

    def _places(self, plans: list[_Plan], headers: list[Cell]) -> dict[str, int]:
        read = {plain(display(cell)): place for place, cell in reversed(list(enumerate(headers))) if display(cell)}
        return read | {self.layout.header(plan.key): plan.place for plan in plans}

    def _plans(self, header_row: int, headers: list[str]) -> list[_Plan]:
        known = self._spellings()
        places: dict[str, list[int]] = {}
        others: list[tuple[int, str]] = []
        for place, header in enumerate(headers):
            key = known.get(key_of(header))
            if key is not None:
                places.setdefault(key, []).append(place)
            elif header:
                others.append((place, header))
        others = self._map(header_row, others, places)
        unknown = self.local.plan(others)
        self.notes.mapped.extend(self.local.mapped)
        for repeated in self.local.repeated:
            letters = ", ".join(map(column_letters, repeated.places))
            self._find(
                rules.REPEATED_LOCAL, row=header_row, column=repeated.header,
                words={"header": repeated.header, "letters": letters},
            )  # fmt: skip
        missing = {key_of(column.header): column.header for column in self.layout.columns if column.key not in places}
        for place, header in unknown:
            near = get_close_matches(key_of(header), missing, n=1, cutoff=0.6)
            hint = f"; did you mean “{missing[near[0]]}”?" if near else ""
            self._find(
                rules.UNKNOWN_COLUMN, row=header_row, column=header, value=header,
                words={"header": header, "letters": column_letters(place), "hint": hint},
            )  # fmt: skip
        plans = []
        for column in self.layout.columns:
            held = places.get(column.key, [])
            if not held:
                self._find(rules.MISSING_COLUMN, row=header_row, column=column.header, words={"header": column.header})
            elif len(held) > 1:
                letters = ", ".join(map(column_letters, held))
                self._find(
                    rules.REPEATED_COLUMN,
                    row=header_row,
                    column=column.header,
                    words={"header": column.header, "letters": letters},
                )
            else:
                memory: dict[Cell, tuple[Cell, Parsed]] | None = {} if column.type in _REMEMBERED else None
                plans.append(_Plan(held[0], column.key, parser_for(column, day_zero=self.raw.day_zero), memory))
        self.named = {place for place, header in enumerate(headers) if header}
        return plans

    def _map(
        self, header_row: int, others: list[tuple[int, str]], places: dict[str, list[int]]
    ) -> list[tuple[int, str]]:
        """Puts columns with a confirmed header where the published one is missing; gives back what is left."""
        mapped = {key_of(word): column for column in self.layout.columns for word in column.mapped}
        published = set(places)
        left = []
        for place, header in others:
            column = mapped.get(key_of(header))
            if column is None or column.key in published:
                left.append((place, header))
                continue
            places.setdefault(column.key, []).append(place)
            self.notes.mapped.append(MappedHeader(self.layout.name, column.key, column.header, header))
            self._find(
                rules.MAPPED_COLUMN, row=header_row, column=column.header, value=header,
                words={"letters": column_letters(place), "header": header, "column": column.header},
            )  # fmt: skip
        return left

    def _rows(self, plans: list[_Plan], headers: list[Cell], rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[Row]:
        positions = {plan.key: number for number, plan in enumerate(plans)}
        header_keys = [key_of(display(cell)) for cell in headers]
        header_set = frozenset(key for key in header_keys if key)
        broken_rows = {row for row, _ in self.raw.broken}
        blank_from: int | None = None
        width = len(headers)
        is_first = True
        for number, cells in rows:
            if not _is_filled(cells) and number not in broken_rows:
                blank_from = blank_from or number
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            if _repeats_headers(cells, header_keys, header_set):
                self._find(rules.SECOND_HEADERS, row=number)
                continue
            if blank_from is not None:
                self._report_blank(blank_from, number, is_first=is_first)
                blank_from = None
            is_first = False
            self._note_nameless(cells)
            if self.marks is not None:
                self.marks.add(cells)
            row = self._row(plans, positions, number, cells, has_broken=number in broken_rows)
            yield row

    def _row(
        self, plans: list[_Plan], positions: dict[str, int], number: int, cells: list[Cell], *, has_broken: bool
    ) -> Row:
        values: dict[str, Parsed] = {}
        kept: list[Cell | BrokenCell] = []
        unreadable: list[str] = []
        for plan in plans:
            cell = cells[plan.place]
            if has_broken and (broken := self.raw.broken.get((number, plan.place))):
                value: Parsed = plan.parse(broken)
                kept.append(broken)
            else:
                if cell.__class__ is bool:
                    cell = display(cell)  # True and 1.0 are one key of a dict, and two different cells
                if plan.memory is None:
                    value = plan.parse(cell)
                else:
                    known = plan.memory.get(cell)
                    if known is None:
                        known = plan.memory[cell] = self._as_kept(cell, plan.parse(cell))
                    cell, value = known
                kept.append(cell)
            values[plan.key] = value
            # Values that are no code are for the rules about codes, each under its own.
            if isinstance(value, Unreadable) and not value.is_code:
                unreadable.append(plan.key)
        row = Row(number, values, tuple(kept), positions, self.as_at)
        for key in unreadable:
            self._report_unreadable(row, key)
        if self.local.keys:
            row.local, wrong = self.local.read(number, cells, has_broken=has_broken)
            for found in wrong:
                self._report_local(row, found)
        return row

    def _as_kept(self, cell: Cell, value: Parsed) -> tuple[Cell, Parsed]:
        """A day number that counts from another day zero is kept as its date: stored text tells no day zero."""
        if self.raw.day_zero == EPOCH_1900 or not isinstance(value, date) or isinstance(cell, date):
            return cell, value
        is_number = plain(display(cell)).replace(".", "", 1).isdecimal()
        return (value if is_number else cell), value

    def _report_local(self, row: Row, wrong: WrongLocal) -> None:
        self.findings.append(
            raise_reading(
                rules.LOCAL_VALUE,
                sheet=self.layout.name,
                row=row.excel_row,
                unique_id=row.unique_id,
                column=wrong.header,
                value=wrong.text,
                words={"reason": wrong.reason},
            )
        )

    def _report_unreadable(self, row: Row, key: str) -> None:
        value = row.values[key]
        self.findings.append(
            raise_reading(
                rules.UNREADABLE_VALUE,
                sheet=self.layout.name,
                row=row.excel_row,
                unique_id=row.unique_id,
                column=self.layout.header(key),
                value=row.text(key),
                words={"reason": value.reason if isinstance(value, Unreadable) else ""},
            )
        )

    def _report_blank(self, first: int, number: int, *, is_first: bool) -> None:
        if is_first:
            return
        count = number - first
        self._find(
            rules.BLANK_ROWS,
            row=number,
            words={"number": "A blank row stands" if count == 1 else f"{count} blank rows stand"},
        )

    def _note_nameless(self, cells: list[Cell]) -> None:
        """Remembers the first value under a column that has no header at all."""
        if len(cells) == len(self.named):
            return
        for place, cell in enumerate(cells):
            if place not in self.named and place not in self.nameless and _is_filled([cell]):
                self.nameless[place] = display(cell)

    def _report_nameless(self, header_row: int) -> None:
        for place in self.nameless:
            letters = column_letters(place)
            self._find(
                rules.UNKNOWN_COLUMN, row=header_row, column=f"(no header, column {letters})",
                words={"header": "", "letters": letters, "hint": " because it is blank"},
            )  # fmt: skip


def _is_filled(cells: list[Cell]) -> bool:
    for cell in cells:
        if cell.__class__ is not str:
            return True
        if cell and plain(str(cell)):
            return True
    return False


def _repeats_headers(cells: list[Cell], header_keys: list[str], header_set: frozenset[str]) -> bool:
    """At least half of the headers stand again in their own columns."""
    first = next((cell for cell in cells if cell != ""), "")
    if first.__class__ is not str or key_of(str(first)) not in header_set:
        return False
    same = sum(bool(key) and key_of(display(cell)) == key for cell, key in zip(cells, header_keys, strict=False))
    return same * 2 >= len(header_set)
