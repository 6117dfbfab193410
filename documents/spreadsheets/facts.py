"""What a look inside a workbook finds of its sheets, and how far a sheet may reach."""

from dataclasses import dataclass, field
from typing import NoReturn

from documents.domain.cells import BrokenCell
from documents.spreadsheets.refusal import Unusable

MAX_ROWS = 150_000
MAX_COLUMNS = 260
MAX_CELLS = 8_000_000
MAX_BROKEN = 50_000
# A cell of Excel holds 32,767 characters; with markup of every few of them it is still shorter than this.
MAX_TEXT_BYTES = 400_000
# What the long texts of one sheet may come to when each cell gets its own.
MAX_TEXTS_BYTES = 60_000_000


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """One sheet. Rows count from 1, columns from 0. `merged` is None where the fast reader tells the ranges itself.

    `broken` has what the spreadsheet could not compute; `hidden_columns` are ranges, both ends included.
    """

    broken: dict[tuple[int, int], BrokenCell] = field(default_factory=dict)
    has_merged: bool = False
    merged: list[tuple[int, int, int, int]] | None = None
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0


def refuse_far(name: str, where: str) -> NoReturn:
    raise Unusable(
        f"Something stands in {where} of the sheet “{name}”, far outside its table. Delete what lies outside the table "
        "and save the workbook again."
    )


def refuse_strange(name: str, why: str) -> NoReturn:
    raise Unusable(
        f"The sheet “{name}” {why}, so it can't be read without doubt. Open it in Excel, save it again as .xlsx and "
        "upload that."
    )


def refuse_uncomputed(name: str) -> NoReturn:
    raise Unusable(
        f"The sheet “{name}” holds too many cells that could not be computed. Open it in Excel, replace the formulas "
        "by their values, save and upload that."
    )


def error_cell(text: str) -> BrokenCell:
    return BrokenCell(text, f"the spreadsheet shows the error {text}")


def uncomputed_cell() -> BrokenCell:
    return BrokenCell("(formula without a result)", "the formula has no stored result; paste its value")
