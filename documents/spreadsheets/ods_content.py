"""One pass over the content of an .ods before the fast reader gets it.

The fast reader lays out every repeated cell and row, drops what stands behind too many empty ones, gives a blank for an
error value and for a formula without a result, and spells out every counted space. So all of this is counted first.
"""

from datetime import date
from typing import IO
from xml.parsers import expat  # no entity is ever resolved: a document type is refused at its first letter

from documents.domain.cells import EPOCH_1900, EPOCH_1904
from documents.spreadsheets.facts import (
    MAX_BROKEN,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    SheetFacts,
    error_cell,
    refuse_far,
    refuse_uncomputed,
    uncomputed_cell,
)
from documents.spreadsheets.refusal import Unusable

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{_SPACE}table:1.0 ", f"{_SPACE}office:1.0 ", f"{_SPACE}text:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_ASIDE = {f"{_OFFICE}annotation", f"{_TABLE}tracked-changes"}
_MOST_SPACES = 1_000
_LONGEST_TEXT = 32_767
# How the format writes an error that it shows: "#REF!", "Err:502".
_ERROR_STARTS = ("#", "Err:")
_CHUNK = 1 << 18


def look_at_content(stream: IO[bytes]) -> tuple[date, dict[str, SheetFacts]]:
    """The first day of serial numbers, and the sheets by name. Raises Unusable, with the place."""
    look = _Look()
    try:
        while chunk := stream.read(_CHUNK):
            look.parser.Parse(chunk, False)
        look.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unusable("The workbook is damaged. Open it again, save it as .xlsx and upload that.") from error
    return look.day_zero, look.sheets


class _Look:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.read
        self.parser.StartDoctypeDeclHandler = _refuse_type
        self.day_zero = EPOCH_1900
        self.sheets: dict[str, SheetFacts] = {}
        self.name = ""
        self.facts = SheetFacts()
        self.depth = 0  # tables within tables
        self.aside = 0  # inside a comment, or another part that is no cell
        self.row = 0  # rows before the one that is being read
        self.rows = 1  # how often it is repeated
        self.is_row_filled = False
        self.is_row_hidden = False
        self.column = 0
        self.width = 0
        self.cell: dict[str, str] | None = None
        self.text = ""
        self.table_column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.aside or name in _ASIDE:
            self.aside += 1
        elif name in _CELLS and self.cell is None:
            self.cell, self.text = attributes, ""
        elif name == f"{_TABLE}table-row":
            self.rows = _times(attributes, "rows")
            self.column, self.is_row_filled = 0, False
            self.is_row_hidden = attributes.get(f"{_TABLE}visibility", "visible") != "visible"
        elif name == f"{_TABLE}table":
            self._start_table(attributes)
        elif name == f"{_TABLE}table-column":
            self._add_column(attributes)
        elif name == f"{_TABLE}null-date" and attributes.get(f"{_TABLE}date-value", "").startswith("1904"):
            self.day_zero = EPOCH_1904
        elif name == f"{_TEXT}s" and int(attributes.get(f"{_TEXT}c", "1")) > _MOST_SPACES:
            raise Unusable(f"A cell of the sheet “{self.name}” holds far too many spaces. Export it again.")

    def end(self, name: str) -> None:
        if self.aside:
            self.aside -= 1
        elif name in _CELLS and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif name == f"{_TABLE}table-row":
            self._end_row()
        elif name == f"{_TABLE}table":
            self.depth -= 1

    def read(self, text: str) -> None:
        if self.cell is not None and not self.aside:
            self.text += text
            if len(self.text) > _LONGEST_TEXT:
                raise Unusable(
                    f"A cell of the sheet “{self.name}” holds a text that is longer than a cell can be. Export "
                    "it again without it."
                )

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > 1:
            raise Unusable(f"The sheet “{self.name}” holds a table within a table. Export it again.")
        self.name = attributes.get(f"{_TABLE}name", "")
        self.facts = self.sheets[self.name] = SheetFacts(merged=[])
        self.row = self.width = self.table_column = 0

    def _add_column(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, "columns")
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
            self.facts.hidden_columns.append((self.table_column, self.table_column + times - 1))
        self.table_column += times

    def _end_cell(self, cell: dict[str, str]) -> None:
        times = _times(cell, "columns")
        kind = cell.get(f"{_CALC}value-type") or cell.get(f"{_OFFICE}value-type", "")
        has_formula = f"{_TABLE}formula" in cell
        if kind or has_formula or self.text.strip():
            self._fill(times)
            self.facts.formulas += has_formula
            is_error = kind == "error" or (has_formula and self.text.strip().startswith(_ERROR_STARTS))
            if is_error or (has_formula and not kind):
                self._add_broken(times, self.text.strip() if is_error else "")
        spans = [int(cell.get(f"{_TABLE}number-{side}-spanned", "1")) for side in ("rows", "columns")]
        if max(spans) > 1 and self.facts.merged is not None:
            first, left = self.row + 1, self.column
            self.facts.has_merged = True
            self.facts.merged.append((first, left, first + spans[0] - 1, left + spans[1] - 1))
        self.column += times

    def _fill(self, times: int) -> None:
        """Something stands in the cell, as often as it is repeated."""
        self.is_row_filled = True
        if self.column + times > MAX_COLUMNS:
            refuse_far(self.name, f"column {self.column + times:,}")
        self.width = max(self.width, self.column + times)
        if self.row + self.rows > MAX_ROWS:
            refuse_far(self.name, f"row {self.row + self.rows:,}")
        if self.width * (self.row + self.rows) > MAX_CELLS:
            refuse_far(self.name, f"column {self.width:,}, of {self.row + self.rows:,} rows,")

    def _add_broken(self, times: int, text: str) -> None:
        if len(self.facts.broken) + times * self.rows > MAX_BROKEN:
            refuse_uncomputed(self.name)
        cell = error_cell(text or "#ERROR") if text else uncomputed_cell()
        for row in range(self.row + 1, self.row + self.rows + 1):
            for column in range(self.column, self.column + times):
                self.facts.broken[row, column] = cell

    def _end_row(self) -> None:
        if self.is_row_hidden and self.is_row_filled:
            self.facts.hidden_rows.extend(range(self.row + 1, self.row + self.rows + 1))
        self.row += self.rows


def _times(attributes: dict[str, str], what: str) -> int:
    times = int(attributes.get(f"{_TABLE}number-{what}-repeated", "1"))
    if times < 1:
        raise ValueError(times)
    return times


def _refuse_type(*_: object) -> None:
    raise Unusable("The workbook declares a document type, as no spreadsheet does. Export it again.")
