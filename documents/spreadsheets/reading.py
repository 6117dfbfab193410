"""A workbook that somebody uploaded → the cells of the sheets that are wanted, without ever being laid out blindly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from documents.domain.cells import column_letters
from documents.spreadsheets.archive import look_inside
from documents.spreadsheets.facts import MAX_CELLS, MAX_ROWS, refuse_far
from documents.spreadsheets.refusal import Unusable

DAMAGED = "The workbook can't be read: it may be damaged. Open it in Excel and save it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """`cells` by the names of the wanted sheets, in their order; `others` are the names of the rest."""

    cells: Mapping[str, Sequence[Sequence[Any]]]
    others: tuple[str, ...]


def read_sheets(stream: BinaryIO, is_wanted: Callable[[str], bool], *, keeps_place: bool = False) -> Sheets:
    """Raises Unusable. `keeps_place`: rows and columns before the first value are there too, empty.

    A sheet is a box to the fast reader: one cell far out would take more memory than the machine has. So the
    extents are looked at before anything is laid out.
    """
    stream.seek(0)
    looked_at = look_inside("The workbook", stream).sheets
    stream.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        cells = {}
        for name in filter(is_wanted, workbook.sheet_names):
            if name not in looked_at:
                raise Unusable(DAMAGED)
            sheet = workbook.get_sheet_by_name(name)
            last_row, last_column = sheet.end or (0, 0)
            if last_row >= MAX_ROWS or (last_row + 1) * (last_column + 1) > MAX_CELLS:
                refuse_far(name, f"row {last_row + 1:,}, column {column_letters(last_column)}")
            cells[name] = sheet.to_python(skip_empty_area=not keeps_place)
    except PasswordError:
        raise Unusable("The workbook is protected by a password. Save it without one.") from None
    except CalamineError:
        raise Unusable(DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own breakdown, which no import names
            raise Unusable(DAMAGED) from error
        raise
    return Sheets(cells=cells, others=tuple(name for name in workbook.sheet_names if name not in cells))
