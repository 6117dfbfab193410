"""The tables of a Word document as texts: what stands in each cell, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError


class Unreadable(Exception):
    """The file is no Word document that can be opened."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """`paragraphs` without empty ones. `is_merged`: the cell spans from the one before it, and repeats its text."""

    paragraphs: tuple[str, ...]
    is_merged: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.paragraphs)


WordRow = tuple[WordCell, ...]
WordTable = tuple[WordRow, ...]


def read_tables(stream: BinaryIO) -> tuple[WordTable, ...]:
    """Every table of the document, in order. Raises Unreadable."""
    try:
        document = Document(stream)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise Unreadable from error
    return tuple(tuple(_row(row) for row in table.rows) for table in document.tables)


def _row(row: Any) -> WordRow:
    cells = []
    before = None
    for cell in row.cells:
        paragraphs = tuple(text for paragraph in cell.paragraphs if (text := " ".join(paragraph.text.split())))
        cells.append(WordCell(paragraphs, is_merged=cell._tc is before))
        before = cell._tc
    return tuple(cells)
