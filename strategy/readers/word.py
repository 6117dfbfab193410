"""Tables of a strategy in Word → priorities, aims, actions and measures.

The table that councils use: “Priority 2 | What do we want to achieve? | How will we achieve this? | How will we know we
are successful?”. Each paragraph of a cell is one action or one measure. A row that starts in the middle of a sentence
belongs to the one before it. Words give no kind of measure: it is guessed, and the preview shows the guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import BinaryIO

from documents.spreadsheets.refusal import Unusable
from documents.word_tables import Unreadable, WordRow, WordTable, read_tables
from strategy.domain.exchange.sheets import ACTIONS, AIMS, ANSWERS, MEASURES, PRIORITIES, Problem, SheetRow, Tables

AIM_HEADER = re.compile(r"want to achieve", re.IGNORECASE)
ACTION_HEADER = re.compile(r"how will we achieve|how we will achieve|actions?\b", re.IGNORECASE)
MEASURE_HEADER = re.compile(r"how will we know|measur", re.IGNORECASE)
PRIORITY_HEADER = re.compile(r"priority\s+(\d{1,2})", re.IGNORECASE)
BULLET = re.compile(r"^[-–—•·▪*]+\s*")
ASKED = re.compile(r"(?:In \d{4},? )?(?:Finally,? )?you (?:also )?asked us", re.IGNORECASE)
DID = re.compile(r"(?<=[.!?])\s+So (?:we|the)\b")
SURVEY = r"\b(feedback|survey|satisf|evaluations?|report(ed)? by)"
FIGURE = r"(\bno\.? of\b|\bnos\b|\bnumbers?\b|%|\bper ?cent|reduc|increas|fewer|rate|take.?up|\btimeliness)"
DELIVERABLE = r"\b(available|in place|implement|developed|matched|established|launched)"
KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (("survey", SURVEY), ("figure", FIGURE), ("deliverable", DELIVERABLE))
)
# What Word doesn't say and the reader sets: it counts for rows that are new, and never overrides what stands.
GUESSED = frozenset({"kind", "verdict", "is_as_extracted", "note"})


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    priority: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    aims: dict[str, int] = field(default_factory=dict)
    tables: dict[str, list[SheetRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, sheet: str, place: str, **values: str) -> None:
        self.tables.setdefault(sheet, []).append(SheetRow(place=place, id="", values=values))

    @property
    def ref(self) -> str:
        return f"{self.priority}.{self.aims.get(self.priority, 0)}"


def read_word(stream: BinaryIO) -> tuple[Tables, tuple[Problem, ...]]:
    """The tables of the strategy in a Word document, and what can't be taken from it. Raises Unusable."""
    try:
        tables = read_tables(stream)
    except Unreadable:
        raise Unusable("The file is no Word document that can be opened. Save it as .docx.") from None
    reading = _Reading()
    is_any = False
    for number, table in enumerate(tables, 1):
        is_any |= _table(reading, table, number)
    if not is_any:
        raise Unusable(
            "No table of the document has the columns “What do we want to achieve?”, “How will we achieve this?” and "
            "“How will we know …?” in its first row."
        )
    found = {name: tuple(rows) for name, rows in reading.tables.items()}
    places = {row.values["aim"].split(".")[0]: row.place for row in found.get(ACTIONS.name, ())}
    found[PRIORITIES.name] = tuple(
        SheetRow(place=places.get(number, "its table"), id="", values={"number": number, "title": title})
        for number, title in reading.titles.items()
        if title
    )
    return found, tuple(reading.problems)


def _columns(row: WordRow) -> dict[str, int] | None:
    """Where aim, actions and measures stand, if this is a row of headings."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        for name, pattern in (("aim", AIM_HEADER), ("actions", ACTION_HEADER), ("measures", MEASURE_HEADER)):
            if name not in found and pattern.search(cell.text) and not cell.is_merged:
                found[name] = place
                break
    return found if len(found) == 3 else None


def _table(reading: _Reading, table: WordTable, number: int) -> bool:
    columns: dict[str, int] | None = None
    for line, row in enumerate(table, 1):
        place = f"table {number}, row {line}"
        headings = _columns(row)
        if headings:
            columns = headings
            named = PRIORITY_HEADER.search(row[0].text)
            if named:
                reading.priority = str(int(named[1]))
                reading.titles.setdefault(reading.priority, "")
        elif columns and not reading.priority:
            reading.problems.append(
                Problem(
                    sheet="Word",
                    place=place,
                    column="",
                    reason="It doesn't say to which priority the table belongs.",
                    fix="Write “Priority 1” into the first cell of its first row.",
                )
            )
            return True
        elif columns:
            _row(reading, row, columns, place)
    return columns is not None


def _row(reading: _Reading, row: WordRow, columns: dict[str, int], place: str) -> None:
    first = row[0].text if columns["aim"] > 0 else ""
    if first and not reading.titles.get(reading.priority):
        reading.titles[reading.priority] = first[:200]
    wide = [cell for cell in row[columns["aim"] :] if not cell.is_merged]
    if len(wide) == 1 and ASKED.search(wide[0].text):
        _answers(reading, wide[0].text, place)
        return
    aim = row[columns["aim"]].text if columns["aim"] < len(row) else ""
    if aim and (aim[0].islower() and reading.aims.get(reading.priority)):
        _join(reading, aim, place)
    elif aim:
        reading.aims[reading.priority] = reading.aims.get(reading.priority, 0) + 1
        reading.add(AIMS.name, place, ref=reading.ref, text=aim)
    if not reading.aims.get(reading.priority):
        return
    for text in _points(row, columns["actions"]):
        reading.add(ACTIONS.name, place, aim=reading.ref, text=text)
    for text in _points(row, columns["measures"]):
        reading.add(MEASURES.name, place, aim=reading.ref, text=text, kind=kind_of(text))


def _join(reading: _Reading, tail: str, place: str) -> None:
    """Puts the second half of an aim to its first, and marks it for a check."""
    head = reading.tables[AIMS.name].pop()
    values = {
        **head.values,
        "text": f"{head.values['text']} {tail}",
        "is_as_extracted": "yes",
        "note": f"Joined from two rows: {head.place} and {place}.",
    }
    reading.tables[AIMS.name].append(SheetRow(place=head.place, id="", values=values))


def _points(row: WordRow, place: int) -> list[str]:
    """One point for each paragraph; a dash inside a paragraph after a full stop starts another."""
    paragraphs = row[place].paragraphs if place < len(row) else ()
    return [text for paragraph in paragraphs if (text := BULLET.sub("", paragraph).strip())]


def _answers(reading: _Reading, text: str, place: str) -> None:
    """“You asked us to …. So we ….”, as often as it stands there; a person checks what belongs together."""
    starts = [found.start() for found in ASKED.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end].strip()
        parts = DID.split(piece, maxsplit=1)
        did = piece[len(parts[0]) :].strip() if len(parts) > 1 else ""
        reading.add(
            ANSWERS.name,
            place,
            priority=reading.priority,
            you_asked=parts[0].strip(),
            so_we_did=did,
            verdict="not_known",
            is_as_extracted="yes",
        )


def kind_of(text: str) -> str:
    """The kind of a measure as its words suggest it."""
    return next((kind for kind, pattern in KINDS if pattern.search(text)), "qualitative")
