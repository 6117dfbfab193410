"""A workbook with the sheets of a strategy → its tables, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from documents.spreadsheets.reading import read_sheets
from documents.spreadsheets.refusal import Unusable
from strategy.domain.exchange.cells import Known, RawCell, Wrong, read_cell, text_of
from strategy.domain.exchange.sheets import BY_NAME, ID_HEADER, SPECS, Col, Problem, SheetRow, SheetSpec, Tables

MOST_ROWS = 5_000


def read_workbook(stream: BinaryIO, known: Known) -> tuple[Tables, tuple[Problem, ...], tuple[str, ...]]:
    """The tables, the problems of single cells, and the names of sheets that are left out. Raises Unusable."""
    sheets = read_sheets(stream, lambda name: name.strip().lower() in BY_NAME)
    tables: dict[str, tuple[SheetRow, ...]] = {}
    problems: list[Problem] = []
    for name, cells in sheets.cells.items():
        spec = BY_NAME[name.strip().lower()]
        rows, wrong = _read_sheet(spec, cells, known)
        problems += wrong
        if rows is not None:
            tables[spec.name] = rows
    if not tables and not problems:
        names = ", ".join(spec.name for spec in SPECS)
        raise Unusable(f"No sheet of the workbook is one of a strategy. Export one first: its sheets are {names}.")
    return tables, tuple(problems), sheets.others


def _read_sheet(
    spec: SheetSpec, cells: Sequence[Sequence[Any]], known: Known
) -> tuple[tuple[SheetRow, ...] | None, list[Problem]]:
    if not cells:
        return (), []
    places, id_place, problems = _headers(spec, cells[0])
    if problems:
        return None, problems
    if len(cells) > MOST_ROWS:
        reason = f"The sheet has {len(cells)} rows."
        return None, [Problem(sheet=spec.name, place="", column="", reason=reason, fix=f"Keep to {MOST_ROWS} rows.")]
    rows = []
    for number, line in enumerate(cells[1:], 2):
        if not any(text_of(cell) for cell in line):
            continue
        values: dict[str, str] = {}
        for place, column in places.items():
            raw: RawCell = line[place] if place < len(line) else None
            try:
                values[column.field] = read_cell(column, raw, known)
            except Wrong as wrong:
                values[column.field] = ""
                problems.append(
                    Problem(
                        sheet=spec.name,
                        place=f"row {number}",
                        column=column.header,
                        reason=wrong.reason,
                        fix=wrong.fix,
                    )
                )
        identity = text_of(line[id_place]) if id_place is not None and id_place < len(line) else ""
        rows.append(SheetRow(place=f"row {number}", id=identity, values=values))
    return tuple(rows), problems


def _headers(spec: SheetSpec, line: Sequence[Any]) -> tuple[dict[int, Col], int | None, list[Problem]]:
    """Which column stands where; columns that nobody knows and required ones that are not there are problems."""
    by_header = {column.header.lower(): column for column in spec.columns}
    places: dict[int, Col] = {}
    id_place = None
    problems = []
    for place, cell in enumerate(line):
        header = text_of(cell)
        column = by_header.get(header.lower())
        if header.lower() in (ID_HEADER.lower(), "id"):
            id_place = place
        elif column is None and header:
            problems.append(
                Problem(
                    sheet=spec.name,
                    place="row 1",
                    column=header,
                    reason=f"“{header}” isn't a column of this sheet.",
                    fix=f"Take it out, or call it one of: {', '.join(each.header for each in spec.columns)}.",
                )
            )
        elif column is not None and column in places.values():
            problems.append(
                Problem(
                    sheet=spec.name,
                    place="row 1",
                    column=header,
                    reason=f"“{header}” stands twice.",
                    fix="Keep one of the columns.",
                )
            )
        elif column is not None:
            places[place] = column
    for column in spec.columns:
        if column.is_required and column not in places.values():
            problems.append(
                Problem(
                    sheet=spec.name,
                    place="row 1",
                    column=column.header,
                    reason=f"The column “{column.header}” is missing.",
                    fix="Put it back, with this word in the first row.",
                )
            )
    return places, id_place, problems
