"""The parts of a frozen document as a page shows them: words with the calls of their notes, tables, charts.

Everything comes from the document: no query runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from documents.charts import kept_drawing
from documents.press.sections import Bullets, Cell, Figure, Heading, Noted, Paragraph, Section, Table, words_of
from selfeval.domain.published import Document, Note
from selfeval.reports.parts import Part, parts_of

# A table as wide as this scrolls within itself on a phone instead of falling apart into blocks.
WIDE = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part with what stands before and after it, and the notes that it calls, by number."""

    part: Part
    blocks: tuple[dict[str, Any], ...]
    notes: tuple[Note, ...]
    before: Part | None
    after: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A group of parts in the list of contents."""

    title: str
    parts: tuple[Part, ...]


def chapters_of(document: Document) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(title=title, parts=tuple(parts))
        for title, parts in groupby(parts_of(document), key=lambda one: one.group)
    )


def shown_part(document: Document, key: str, *, chart_url: Callable[[str], str]) -> ShownPart | None:
    """`chart_url` gives the address that draws the chart of an indicator. None where there is no such part."""
    parts = parts_of(document)
    place = next((number for number, part in enumerate(parts) if part.key == key), -1)
    if place < 0:
        return None
    page = _Page(document, chart_url)
    blocks = tuple(page.block(section) for section in parts[place].sections)
    return ShownPart(
        part=parts[place],
        blocks=blocks,
        notes=tuple(sorted(page.called, key=lambda note: note.number)),
        before=parts[place - 1] if place else None,
        after=parts[place + 1] if place + 1 < len(parts) else None,
    )


class _Page:
    """One page: knows which notes it has called already, so that each number has one place to come back to."""

    def __init__(self, document: Document, chart_url: Callable[[str], str]) -> None:
        self._notes: Mapping[str, Note] = {note.sentence: note for note in document.notes}
        self._charts = {figure.name: figure.code for figure in document.figures}
        self._chart_url = chart_url
        self.called: list[Note] = []

    def block(self, section: Section) -> dict[str, Any]:
        kind = type(section).__name__.lower()
        match section:
            case Heading():
                return {"kind": kind, "text": section.text, "level": section.level}
            case Paragraph():
                words = self._pieces(section.text)
                return {"kind": kind, "words": words, "is_lead": section.is_lead, "is_quiet": section.is_quiet}
            case Bullets():
                return {"kind": kind, "points": [self._pieces(point) for point in section.points]}
            case Table():
                return {"kind": kind, **self._table(section)}
            case Figure():
                name = section.sentence.split(". ", 1)[0]
                return {
                    "kind": kind,
                    "chart": {
                        "svg": kept_drawing(section.chart),
                        "url": self._chart_url(self._charts.get(name, "")),
                        "title": section.chart.title,
                    },
                    "sentence": section.sentence,
                }
            case _:
                return {"kind": kind}

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [
            [
                {"pieces": self._pieces(cell), "is_number": column.is_number, "label": column.header}
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.rows
        ]
        return {"title": table.title, "columns": table.columns, "rows": rows, "is_wide": len(table.columns) >= WIDE}

    def _pieces(self, words: Cell) -> list[dict[str, Any]]:
        if not isinstance(words, Noted):
            return [{"text": words_of(words)}]
        return [self._piece(piece) for piece in words.pieces]

    def _piece(self, piece: Any) -> dict[str, Any]:
        if isinstance(piece, str):
            return {"text": piece}
        note = self._notes[piece.text]
        is_first = note not in self.called
        if is_first:
            self.called.append(note)
        return {"note": note.number, "is_first": is_first}
