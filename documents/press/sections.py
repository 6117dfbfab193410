"""What a report is made of, whichever renderer makes it: PDF, Word and Excel say the same.

A builder returns these values and knows no file format. Tables carry numbers as numbers besides their words, so that a
workbook can count with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from documents.press.charts import Chart
from documents.press.sheets import text_of


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the words in which people read it: "97.5 %"."""

    words: str
    value: Decimal | None = None


Cell = str | Amount


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 or 3: the report's title is the first."""

    text: str
    level: int = 2
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_lead: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`share` is its part of the width beside the others."""

    header: str
    share: float = 1
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first column heads its rows. `sheet` names it in a workbook, where a short name is wanted."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the sentence beneath it. Its table follows or is told elsewhere in the report."""

    chart: Chart
    sentence: str = ""


Section = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Report:
    """`as_at` in words: the day for which everything in it holds."""

    title: str
    as_at: str
    sections: tuple[Section, ...]

    @property
    def tables(self) -> Iterator[Table]:
        return (section for section in self.sections if isinstance(section, Table))


def words_of(cell: Cell) -> str:
    """A cell as it is read, without characters that no file can hold."""
    return text_of(cell.words if isinstance(cell, Amount) else cell)
