"""Somebody's own workbook handed back with marks: cells filled, a comment in each, a sheet of issues in front.

The library that reopens a workbook keeps values and formats, and drops what it does not know (pictures, charts,
slicers, custom parts). Formulas are dropped on purpose and leave their last value: a formula in somebody's workbook can
start a program or fetch a page on the desk of whoever opens the copy. Whoever offers a marked copy says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.press.sheets import Sheet, text_of

# More comments than this make a workbook that Excel opens slowly; the other cells are filled without one.
MOST_COMMENTS = 5_000
_FILLS = {
    True: PatternFill("solid", start_color="F4CDC6", end_color="F4CDC6"),
    False: PatternFill("solid", start_color="FFF4B8", end_color="FFF4B8"),
}
_AUTHOR = "sendready"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to mark: sheet by its own name, row from 1, column from 1. `is_error` chooses the colour."""

    sheet: str
    row: int
    column: int
    text: str
    is_error: bool


def mark_workbook(source: BinaryIO, out: Path, *, marks: Iterable[Mark], issues: Sheet, marking: str) -> int:
    """Writes the marked copy of an `.xlsx` and returns the number of comments in it. Several marks of one cell join."""
    book = load_workbook(source, data_only=True, keep_links=False)
    joined: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        joined.setdefault((mark.sheet, mark.row, mark.column), []).append(mark)
    comments = 0
    for (name, row, column), found in joined.items():
        if name not in book.sheetnames:
            continue
        cell = book[name].cell(row, column)
        if not isinstance(cell, SheetCell):
            continue  # the covered part of a merged range
        cell.fill = _FILLS[any(mark.is_error for mark in found)]
        if comments < MOST_COMMENTS:
            cell.comment = _comment("\n\n".join(mark.text for mark in found))
            comments += 1
    for sheet in book.worksheets:
        _mark_pages(sheet, marking)
    _add_issues(book.create_sheet(_free_name(issues.name, book.sheetnames), 0), issues, marking)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    book.save(out)
    return comments


def _comment(text: str) -> Comment:
    comment = Comment(text_of(text), _AUTHOR)
    comment.width = 320
    comment.height = min(60 + 18 * (len(text) // 45), 400)
    return comment


def _mark_pages(sheet: Worksheet, marking: str) -> None:
    mark = marking.upper().replace("&", "&&")
    for part in (sheet.oddHeader, sheet.oddFooter):
        if part is not None and part.center is not None:
            part.center.text = mark


def _free_name(name: str, taken: Sequence[str]) -> str:
    used = {other.casefold() for other in taken}
    names = (name, *(f"{name} ({number})" for number in range(2, 100)))
    return next(free for free in names if free.casefold() not in used)


def _add_issues(sheet: Worksheet, issues: Sheet, marking: str) -> None:
    wrapped = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(issues.columns, start=1):
        cell = sheet.cell(1, place, text_of(column.header))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    number = 1
    for number, row in enumerate(issues.rows, start=2):
        for place, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet[f"{get_column_letter(place)}{number}"]
            cell.value = text_of(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a text that starts with = stays a text
            if issues.columns[place - 1].is_wrapped:
                cell.alignment = wrapped
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(issues.columns))}{number}"
    _mark_pages(sheet, marking)
