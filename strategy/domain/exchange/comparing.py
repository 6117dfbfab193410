"""A file against the strategy as it stands: what is new, what changed, what is missing, and what can't be."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from documents.domain.links import link_fault
from strategy.domain.exchange.sheets import (
    AIMS,
    BOARDS,
    PRIORITIES,
    SPECS,
    STRATEGY,
    CellKind,
    Problem,
    SheetRow,
    SheetSpec,
    Tables,
    Values,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row of the file; `id` is empty for a new one. `fields` is empty for one that stays as it is."""

    place: str
    id: str
    label: str
    values: Values
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDifference:
    spec: SheetSpec
    new: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    unchanged: int
    missing: tuple[SheetRow, ...]

    @property
    def is_anything(self) -> bool:
        return bool(self.new or self.changed or self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    sheets: tuple[SheetDifference, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": sum(len(sheet.new) for sheet in self.sheets),
            "changed": sum(len(sheet.changed) for sheet in self.sheets),
            "unchanged": sum(sheet.unchanged for sheet in self.sheets),
            "missing": sum(len(sheet.missing) for sheet in self.sheets),
        }


def fingerprint_of(tables: Tables) -> str:
    """The same for the same strategy, whatever the order of its rows in the database."""
    rows = {name: sorted([row.id, *sorted(row.values.items())] for row in table) for name, table in tables.items()}
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def compare(read: Tables, present: Tables, *, guessed: frozenset[str] = frozenset()) -> Difference:
    """What taking the file over would do. Sheets that the file doesn't have stay as they are.

    `guessed`: fields that the reader set where the file says nothing; they count for new rows alone.
    """
    problems = [*_doubled(read), *_dangling(read, present), *_backwards(read)]
    sheets = []
    for spec in SPECS:
        if spec.name in read:
            found, wrong = _sheet(spec, read[spec.name], present.get(spec.name, ()), guessed)
            sheets.append(found)
            problems += wrong
    problems += [*_taken_numbers(sheets), *_faulty_links(sheets)]
    return Difference(sheets=tuple(sheets), problems=tuple(problems))


def _sheet(
    spec: SheetSpec, rows: tuple[SheetRow, ...], standing: tuple[SheetRow, ...], guessed: frozenset[str]
) -> tuple[SheetDifference, list[Problem]]:
    by_id = {row.id: row for row in standing}
    by_key: dict[str, list[SheetRow]] = defaultdict(list)
    named = {row.id for row in rows if row.id}
    for row in standing:
        if row.id not in named:
            by_key[_key(spec, row)].append(row)
    new, changed, problems, seen = [], [], [], set()
    unchanged = 0
    for row in rows:
        if row.id and row.id not in by_id:
            problems.append(
                Problem(
                    sheet=spec.name,
                    place=row.place,
                    column="ID",
                    reason=f"“{row.id}” is no {spec.noun} of this strategy.",
                    fix="Leave the ID empty to add a row.",
                )
            )
            continue
        alike = by_key.get(_key(spec, row))
        match = by_id[row.id] if row.id else alike.pop(0) if alike else None
        if match is None:
            new.append(RowChange(place=row.place, id="", label=_label(spec, row), values=row.values))
            continue
        seen.add(match.id)
        fields = tuple(_changes(spec, match.values, row.values, guessed))
        unchanged += not fields
        if fields:
            label = _label(spec, match)
            changed.append(RowChange(place=row.place, id=match.id, label=label, values=row.values, fields=fields))
    missing = tuple(row for row in standing if row.id not in seen and spec is not STRATEGY)
    found = SheetDifference(spec=spec, new=tuple(new), changed=tuple(changed), unchanged=unchanged, missing=missing)
    return found, problems


def _key(spec: SheetSpec, row: SheetRow) -> str:
    return " ".join(spec.key(row.values).lower().split())


def _label(spec: SheetSpec, row: SheetRow) -> str:
    words = row.values.get("title") or row.values.get("text") or row.values.get("you_asked") or row.values.get("name")
    number = row.values.get("ref") or row.values.get("aim") or row.values.get("number") or row.values.get("priority")
    return " ".join(part for part in (number, words) if part) or spec.noun


def label_of(spec: SheetSpec, row: SheetRow) -> str:
    """What tells a row from others, for a page."""
    return _label(spec, row)


def _changes(spec: SheetSpec, before: Values, after: Values, guessed: frozenset[str]) -> Iterator[FieldChange]:
    for column in spec.columns:
        if (
            column.field in after
            and column.field not in guessed
            and before.get(column.field, "") != after[column.field]
        ):
            old, new = before.get(column.field, ""), after[column.field]
            shown = column.choices
            yield FieldChange(header=column.header, before=shown.get(old, old), after=shown.get(new, new))


def _doubled(read: Tables) -> Iterator[Problem]:
    """The same ID, the same number of a priority or aim, the same board, twice in one file."""
    for spec in SPECS:
        rows = read.get(spec.name, ())
        seen: dict[tuple[str, str], str] = {}
        for row in rows:
            marks = [("ID", row.id)] if row.id else []
            if spec in (PRIORITIES, AIMS, BOARDS):
                marks.append((spec.columns[0].header, _key(spec, row)))
            for column, mark in marks:
                if (column, mark) in seen:
                    yield Problem(
                        sheet=spec.name,
                        place=row.place,
                        column=column,
                        reason=f"“{mark}” stands twice: first in {seen[column, mark]}.",
                        fix="Keep one, or give the other an empty ID and a number of its own.",
                    )
                seen.setdefault((column, mark), row.place)
        if spec is STRATEGY and len(rows) > 1:
            yield Problem(
                sheet=spec.name, place=rows[1].place, column="", reason="There are two strategies.", fix="Keep one row."
            )


def _dangling(read: Tables, present: Tables) -> Iterator[Problem]:
    """Numbers of priorities and aims, and names of boards, that stand neither in the file nor here."""
    known = {
        CellKind.PRIORITY: _all(read, present, PRIORITIES, "number"),
        CellKind.AIM: _all(read, present, AIMS, "ref"),
        CellKind.BOARD: _all(read, present, BOARDS, "name"),
    }
    known[CellKind.PRIORITIES] = known[CellKind.PRIORITY]
    sheets = {CellKind.AIM: AIMS.name, CellKind.BOARD: BOARDS.name}
    for spec in SPECS:
        for row in read.get(spec.name, ()):
            for column in spec.columns:
                for named in _named(column.kind, column.field, row.values):
                    if named not in known[_asked(column.kind, column.field)]:
                        yield Problem(
                            sheet=spec.name,
                            place=row.place,
                            column=column.header,
                            reason=f"“{named}” stands nowhere.",
                            fix=f"Add it to the sheet {sheets.get(column.kind, PRIORITIES.name)}, or correct it here.",
                        )


SPANS = (("from_on", "to_on"), ("starts_on", "due_on"))


def _backwards(read: Tables) -> Iterator[Problem]:
    """What ends before it starts, and boards that report to themselves."""
    for spec in SPECS:
        headers = {column.field: column.header for column in spec.columns}
        for row in read.get(spec.name, ()):
            for start, end in SPANS:
                if row.values.get(start) and row.values.get(end) and row.values[end] < row.values[start]:
                    yield Problem(
                        sheet=spec.name,
                        place=row.place,
                        column=headers[end],
                        reason="It ends before it starts.",
                        fix="Correct one of the two days.",
                    )
            if spec is BOARDS and row.values.get("reports_to") == row.values["name"]:
                yield Problem(
                    sheet=spec.name,
                    place=row.place,
                    column=headers["reports_to"],
                    reason="The board reports to itself.",
                    fix="Name another board, or leave it empty.",
                )


def _asked(kind: CellKind, name: str) -> CellKind:
    return CellKind.PRIORITY if name == "ref" else kind


def _named(kind: CellKind, name: str, values: Values) -> list[str]:
    value = values.get(name, "")
    if not value or kind not in (CellKind.PRIORITY, CellKind.PRIORITIES, CellKind.AIM, CellKind.BOARD):
        return []
    if name == "ref":
        return [value.split(".")[0]]
    return value.split(", ") if kind is CellKind.PRIORITIES else [value]


def _all(read: Tables, present: Tables, spec: SheetSpec, name: str) -> frozenset[str]:
    return frozenset(row.values.get(name, "") for table in (read, present) for row in table.get(spec.name, ()))


def _faulty_links(sheets: list[SheetDifference]) -> Iterator[Problem]:
    """Links that are new and no address of a page."""
    for sheet in sheets:
        for column in sheet.spec.columns:
            if column.field != "url":
                continue
            changed = [change for change in sheet.changed if column.header in {field.header for field in change.fields}]
            for change in (*sheet.new, *changed):
                link = change.values.get("url", "")
                fault = link_fault(link) if link else ""
                if fault:
                    yield Problem(
                        sheet=sheet.spec.name,
                        place=change.place,
                        column=column.header,
                        reason="The link can't be used.",
                        fix=fault,
                    )


def _taken_numbers(sheets: list[SheetDifference]) -> Iterator[Problem]:
    """A number that the file gives to one row while a row that it leaves out still has it."""
    for sheet in sheets:
        if sheet.spec not in (PRIORITIES, AIMS, BOARDS):
            continue
        left = Counter(_key(sheet.spec, row) for row in sheet.missing)
        for change in (*sheet.new, *sheet.changed):
            row = SheetRow(place=change.place, id=change.id, values=change.values)
            if left[_key(sheet.spec, row)]:
                yield Problem(
                    sheet=sheet.spec.name,
                    place=change.place,
                    column=sheet.spec.columns[0].header,
                    reason=f"“{sheet.spec.key(change.values)}” stands here already, in a row that the file leaves out.",
                    fix="Give it another number, or put the other row back into the file.",
                )
