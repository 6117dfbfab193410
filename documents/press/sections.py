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


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page. The press numbers it; the same text cited again keeps its number."""

    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Words with footnotes among them: ("97.5 % of plans come in time", Footnote("Published figures, 2024"), ".")."""

    pieces: tuple[str | Footnote, ...]

    @property
    def words(self) -> str:
        """Without its notes."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


Words = str | Noted
Cell = str | Amount | Noted


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 to 4: the report's title is the first."""

    text: str
    level: int = 2
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Words
    is_lead: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    points: tuple[Words, ...]


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


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of what follows, with page numbers where there are pages: headings down to `depth`."""

    title: str = "Contents"
    depth: int = 3


Section = Heading | Paragraph | Bullets | Table | Figure | Contents


@dataclass(frozen=True, slots=True)
class Report:
    """`as_at` in words: the day for which everything in it holds. `watermark` lies across each page."""

    title: str
    as_at: str
    sections: tuple[Section, ...]
    watermark: str = ""

    @property
    def tables(self) -> Iterator[Table]:
        return (section for section in self.sections if isinstance(section, Table))


def words_of(cell: Cell) -> str:
    """A cell as it is read, without its notes and without characters that no file can hold."""
    return text_of(cell if isinstance(cell, str) else cell.words)


class Numbering:
    """Numbers the footnotes of one report in the order in which they are asked for."""

    def __init__(self) -> None:
        self._numbers: dict[Footnote, int] = {}

    def number(self, note: Footnote) -> tuple[int, bool]:
        """Its number, and whether this is where it stands for the first time."""
        is_first = note not in self._numbers
        return self._numbers.setdefault(note, len(self._numbers) + 1), is_first

    @property
    def notes(self) -> tuple[tuple[int, Footnote], ...]:
        return tuple((number, note) for note, number in self._numbers.items())


def bracketed(words: Cell, numbering: Numbering) -> str:
    """Words with the numbers of their notes in brackets, for a file that has no footnotes."""
    if not isinstance(words, Noted):
        return words_of(words)
    pieces = (piece if isinstance(piece, str) else f" [{numbering.number(piece)[0]}]" for piece in words.pieces)
    return text_of("".join(pieces))
