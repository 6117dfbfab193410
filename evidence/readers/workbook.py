"""A workbook with the sheets of the log → its rows, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from accounts.domain.typed_days import Unreadable, read_day
from documents.spreadsheets.reading import read_sheets
from documents.spreadsheets.refusal import Unusable
from evidence.domain.exchange import ITEMS_SHEET, LINKS_SHEET, SHEETS, Col, Problem, Row, Tables

MOST_ROWS = 25_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What cells may name. `kinds` and `markings`: code → what the workbook says."""

    kinds: Mapping[str, str]
    markings: Mapping[str, str]
    organisations: Collection[str]
    owners: Collection[str]
    codes: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    tables: Tables
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def read_workbook(stream: BinaryIO, known: Known) -> Reading:
    """Raises Unusable where no sheet is one of the log."""
    names = {name.lower(): name for name in SHEETS}
    sheets = read_sheets(stream, lambda name: name.strip().lower() in names)
    found: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for name, lines in sheets.cells.items():
        sheet = names[name.strip().lower()]
        found[sheet] = _sheet(sheet, lines, known, problems)
    if not found:
        raise Unusable(
            f"No sheet of the workbook is one of the log. Export it first: its sheets are {', '.join(SHEETS)}."
        )
    return Reading(
        tables=Tables(items=found.get(ITEMS_SHEET), links=found.get(LINKS_SHEET)),
        problems=tuple(problems),
        left_out=sheets.others,
    )


def _sheet(sheet: str, lines: Sequence[Sequence[Any]], known: Known, problems: list[Problem]) -> tuple[Row, ...]:
    if not lines:
        return ()
    places = _headers(sheet, lines[0], problems)
    if len(lines) > MOST_ROWS:
        reason = f"The sheet has {len(lines)} rows."
        problems.append(Problem(sheet=sheet, place="", column="", reason=reason, fix=f"Keep to {MOST_ROWS} rows."))
        return ()
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not any(_text(cell) for cell in line):
            continue
        values = {}
        for place, column in places.items():
            if column.is_told:
                continue
            raw = line[place] if place < len(line) else ""
            try:
                values[column.field] = _value(column, raw, known)
            except _Wrong as wrong:
                values[column.field] = _text(raw)
                where = f"row {number}"
                problems.append(
                    Problem(sheet=sheet, place=where, column=column.header, reason=wrong.reason, fix=wrong.fix)
                )
        rows.append(Row(place=f"row {number}", values=values))
    return tuple(rows)


def _headers(sheet: str, line: Sequence[Any], problems: list[Problem]) -> dict[int, Col]:
    """Which column stands where; what nobody knows, and what is needed and not there, is a problem."""
    by_header = {column.header.lower(): column for column in SHEETS[sheet]}
    places: dict[int, Col] = {}
    for place, cell in enumerate(line):
        header = _text(cell)
        column = by_header.get(header.lower())
        if not header:
            continue
        if column is None or column in places.values():
            reason = f"“{header}” {'stands twice' if column else 'is no column of this sheet'}."
            names = ", ".join(each.header for each in SHEETS[sheet])
            fix = "Keep one of the columns." if column else f"Take it out, or call it one of: {names}."
            problems.append(Problem(sheet=sheet, place="row 1", column=header, reason=reason, fix=fix))
            continue
        places[place] = column
    for column in SHEETS[sheet]:
        if (column.is_required or column.field == "number") and column not in places.values():
            reason = f"The column “{column.header}” is missing."
            fix = "Put it back, with this word in the first row."
            problems.append(Problem(sheet=sheet, place="row 1", column=column.header, reason=reason, fix=fix))
    return places


class _Wrong(Exception):
    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    lines = str(raw).replace("\r\n", "\n").replace("_x000D_", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _value(column: Col, raw: Any, known: Known) -> str:
    text = _text(raw)
    if not text:
        return ""
    if column.is_day:
        return _day(raw, text)
    if column.field == "number":
        number = re.fullmatch(r"[eE]?\s*(\d{1,9})", text)
        if not number:
            raise _Wrong(f"“{text}” is no number of an item.", "Write it as E12, or leave it empty for a new item.")
        return f"E{int(number[1])}"
    if column.field in {"kind", "marking"}:
        return _choice(text, known.kinds if column.field == "kind" else known.markings)
    if column.field == "organisation" and text not in known.organisations:
        raise _Wrong(
            f"“{text}” is no partner here.", "Write its name as on the page of the partners, or leave it empty."
        )
    if column.field == "owner":
        if text.lower() not in known.owners:
            raise _Wrong(f"{text} can own no evidence here.", "Give the address of somebody who may add evidence.")
        return text.lower()
    if column.field == "code" and text not in known.codes:
        raise _Wrong(f"“{text}” is no point and no statement of the framework.", "Write the code, such as A1.2.")
    return text


def _choice(text: str, choices: Mapping[str, str]) -> str:
    for code, words in choices.items():
        if text.lower() in {code.lower(), words.lower()}:
            return code
    raise _Wrong(f"“{text}” isn't known here.", f"Choose from: {', '.join(choices.values())}.")


def _day(raw: Any, text: str) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    try:
        return read_day(text).isoformat()
    except Unreadable:
        raise _Wrong(f"“{text}” isn't a day.", "Write it like 27/11/2026.") from None
