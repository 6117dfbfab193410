"""The log as two sheets of a workbook, and a workbook against the log: what is new, what changed, what can't be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# Text in the one form that cells and rows are compared in: days as 2026-11-30, choices by their code.
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Col:
    """A column. `is_told` is only said, never read back."""

    field: str
    header: str
    width: int = 14
    is_day: bool = False
    is_required: bool = False
    is_told: bool = False


# Each row is written as a page would write it: more than this at once keeps everybody else waiting (our default).
MOST_TAKEN = 1_000
ITEMS_SHEET, LINKS_SHEET = "Evidence", "Speaks to"
NUMBER = Col(field="number", header="Number", width=9)
ITEM_COLUMNS = (
    NUMBER,
    Col(field="title", header="Title", width=44, is_required=True),
    Col(field="kind", header="Kind", width=19, is_required=True),
    Col(field="shows", header="What it shows", width=60),
    Col(field="organisation", header="Partner", width=34),
    Col(field="covers_from_on", header="Covers from", is_day=True),
    Col(field="covers_to_on", header="Covers to", is_day=True),
    Col(field="collected_on", header="Collected on", is_day=True),
    Col(field="review_by_on", header="Look at it again by", is_day=True),
    Col(field="marking", header="Who may see it", width=20, is_required=True),
    Col(field="owner", header="Owner (e-mail)", width=34),
    Col(field="state", header="State (not read back)", width=20, is_told=True),
)
LINK_COLUMNS = (
    Col(field="number", header="Number", width=9, is_required=True),
    Col(field="code", header="Point or statement", width=20, is_required=True),
    Col(field="relevance", header="What it says about it", width=80, is_required=True),
)
SHEETS: Mapping[str, tuple[Col, ...]] = {ITEMS_SHEET: ITEM_COLUMNS, LINKS_SHEET: LINK_COLUMNS}
LONGEST = {"title": 200, "shows": 2000, "relevance": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`place` is where it stands in the file: "row 7"; empty for one of the log."""

    place: str = ""
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """None: the file has no such sheet, so what it would hold stays as it is."""

    items: tuple[Row, ...] | None
    links: tuple[Row, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    sheet: str
    place: str
    column: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that is new or differs; `fields` is empty for a new one."""

    sheet: str
    place: str
    label: str
    values: Values
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: int
    missing: int
    problems: tuple[Problem, ...]


def fingerprint_of(tables: Tables) -> str:
    """The same for the same log, whatever the order of its rows."""
    rows = [sorted(sorted(row.values.items()) for row in table or ()) for table in (tables.items, tables.links)]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def compare(read: Tables, present: Tables) -> Difference:
    """What taking the file over would do. What the file leaves out stays as it is: evidence is put away on its page."""
    problems: list[Problem] = []
    new: list[Change] = []
    changed: list[Change] = []
    unchanged = missing = 0
    known = {row.values["number"] for row in present.items or ()}
    for sheet, rows, standing, keys in (
        (ITEMS_SHEET, read.items, present.items, ("number",)),
        (LINKS_SHEET, read.links, present.links, ("number", "code")),
    ):
        if rows is None:
            continue
        problems += _faults(sheet, rows, known, keys)
        by_key = {tuple(row.values[key] for key in keys): row for row in standing or ()}
        found = set()
        for row in rows:
            key = tuple(row.values.get(name, "") for name in keys)
            match = by_key.get(key)
            label = " ".join(part for part in (key[0], row.values.get("title") or row.values.get("code", "")) if part)
            if match is None:
                new.append(Change(sheet=sheet, place=row.place, label=label, values=row.values))
                continue
            found.add(key)
            fields = tuple(_fields(sheet, match.values, row.values))
            unchanged += not fields
            if fields:
                changed.append(Change(sheet=sheet, place=row.place, label=label, values=row.values, fields=fields))
        missing += len(set(by_key) - found)
    if len(new) + len(changed) > MOST_TAKEN:
        reason = f"{len(new) + len(changed):,} rows are new or changed."
        fix = (
            f"Split the file: {MOST_TAKEN:,} of them are taken over at a time. Rows that are left out stay as they are."
        )
        problems.append(Problem(sheet="The workbook", place="", column="", reason=reason, fix=fix))
    return Difference(
        new=tuple(new), changed=tuple(changed), unchanged=unchanged, missing=missing, problems=tuple(problems)
    )


def _fields(sheet: str, before: Values, after: Values) -> Iterator[FieldChange]:
    for column in SHEETS[sheet]:
        if column.is_told or column.field not in after:
            continue
        if before.get(column.field, "") != after[column.field]:
            yield FieldChange(header=column.header, before=before.get(column.field, ""), after=after[column.field])


def _faults(sheet: str, rows: Sequence[Row], known: set[str], keys: tuple[str, ...]) -> Iterator[Problem]:
    """What single rows, and rows together, can't be."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        values = row.values
        for column in SHEETS[sheet]:
            text = values.get(column.field, "")
            if column.is_required and not text and column.field in values:
                yield _problem(sheet, row, column, "It is empty.", "Fill it in.")
            longest = LONGEST.get(column.field, 0)
            if longest and len(text) > longest:
                yield _problem(sheet, row, column, f"It has {len(text)} characters.", f"Keep to {longest}.")
        number = values.get("number", "")
        if number and number not in known:
            fix = "Leave the number empty to add an item." if sheet == ITEMS_SHEET else "Take the row out."
            yield _problem(sheet, row, NUMBER, f"There is no {number} that you may open.", fix)
        key = tuple(values.get(name, "") for name in keys)
        if all(key) and key in seen:
            yield _problem(sheet, row, NUMBER, f"It stands twice: first in {seen[key]}.", "Keep one of the rows.")
        seen.setdefault(key, row.place)
        starts, ends = values.get("covers_from_on", ""), values.get("covers_to_on", "")
        if starts and ends and ends < starts:
            column = next(each for each in ITEM_COLUMNS if each.field == "covers_to_on")
            yield _problem(
                sheet, row, column, "It lies before the first day.", "Give a last day that is not before it."
            )


def _problem(sheet: str, row: Row, column: Col, reason: str, fix: str) -> Problem:
    return Problem(sheet=sheet, place=row.place, column=column.header, reason=reason, fix=fix)
