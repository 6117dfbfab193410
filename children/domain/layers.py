"""What lies over the cells of a sheet: merged ranges, hidden rows and columns, formulas. None of it changes a value."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from children.domain.rows import Row, RowFinding
from children.domain.rules import reading as rules
from children.domain.rules.reading import raise_reading
from documents.domain.cells import column_letters

if TYPE_CHECKING:
    from children.domain.reading import RawSheet


def oddities(
    raw: "RawSheet",
    *,
    sheet: str,
    header_row: int,
    table: Sequence[Row],
    headed: Mapping[int, str],
    named: Collection[int],
) -> Iterator[RowFinding]:
    """`headed` has the published header by place; `named` every place that has a header at all."""
    yield from _merged(raw, sheet, header_row, table, named)
    hidden = frozenset(raw.hidden_rows)
    if held := [row.excel_row for row in table if row.excel_row in hidden]:
        number = "One row is hidden" if len(held) == 1 else f"{len(held):,} rows are hidden"
        yield raise_reading(rules.HIDDEN_ROWS, sheet=sheet, row=held[0], words={"number": number})
    for place, header in headed.items():
        if any(first <= place <= last for first, last in raw.hidden_columns):
            words: dict[str, object] = {"header": header}
            yield raise_reading(rules.HIDDEN_COLUMN, sheet=sheet, row=header_row, column=header, words=words)
    if raw.formulas:
        number = "One cell holds a formula" if raw.formulas == 1 else f"{raw.formulas:,} cells hold formulas"
        yield raise_reading(rules.FORMULAS, sheet=sheet, words={"number": number})


def _merged(
    raw: "RawSheet", sheet: str, header_row: int, table: Sequence[Row], named: Collection[int]
) -> Iterator[RowFinding]:
    last_row = table[-1].excel_row if table else header_row
    for first_row, first_column, last, last_column in raw.merged:
        is_beside = last < header_row or first_row > last_row
        if not is_beside and any(first_column <= place <= last_column for place in named):
            cells = f"{column_letters(first_column)}{first_row}:{column_letters(last_column)}{last}"
            yield raise_reading(rules.MERGED_CELLS, sheet=sheet, row=first_row, value=cells, words={"cells": cells})
    if raw.is_merged_somewhere:
        yield raise_reading(rules.MERGED_CELLS, sheet=sheet, row=header_row, words={"cells": "somewhere"})
