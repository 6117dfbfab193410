"""The frozen words as a reader sees them: paragraphs, with a small number where a claim has its proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selfeval.domain.markers import parse
from selfeval.domain.published import CriterionText, Document, Note

_LINES = re.compile(r"\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words, or a footnote. A figure is shown as its value with its number behind it."""

    words: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A heading with what stands beneath it, paragraph by paragraph."""

    heading: str
    paragraphs: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What one page of the short service shows of a version."""

    code: str
    title: str
    told: tuple[Told, ...] = ()
    strengths: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(one.paragraphs for one in self.told) and not self.strengths


def paragraphs_of(text: str, notes: Mapping[str, Note]) -> tuple[tuple[Part, ...], ...]:
    """A paragraph for each line, markers taken out of the words."""
    return tuple(tuple(_parts(line.strip(), notes)) for line in _LINES.split(text) if line.strip())


def _parts(line: str, notes: Mapping[str, Note]) -> Iterable[Part]:
    place = 0
    for marker in parse(line):
        note = notes.get(marker.text)
        words = line[place : marker.start]
        value = note.value if note else ""
        # A figure is part of its sentence; a footnote of evidence sits close behind the word before it.
        words = f"{words}{value}" if value else words.rstrip() if note else words
        if words:
            yield Part(words=words)
        if note:
            yield Part(note=note)
        place = marker.end
    if line[place:]:
        yield Part(words=line[place:])


def chapter_of(document: Document, criterion: CriterionText) -> Chapter:
    """A criterion in the words of a conversation: what do we know, what does it mean, what next."""
    notes = document.notes_by_marker
    told = [
        Told(heading=heading, paragraphs=paragraphs_of(text, notes))
        for heading, text in (
            ("What do we know?", criterion.know),
            ("What does it mean?", criterion.meaning),
            ("What comes next?", criterion.next_steps),
        )
        if text.strip()
    ]
    for area in criterion.areas:
        words = [area.text]
        if area.done:
            words.append(f"What was done: {area.done}")
        if area.changed:
            words.append(f"What changed: {area.changed}")
        if area.positions:
            words.append(f"Where it stands: {area.positions[0].text}")
        heading = "What has to get better" if area is criterion.areas[0] else ""
        told.append(Told(heading=heading, paragraphs=paragraphs_of("\n".join(words), notes)))
    texts = [criterion.know, criterion.meaning, criterion.next_steps]
    texts += [text for area in criterion.areas for text in (area.text, area.done, area.changed)]
    texts += [area.positions[0].text for area in criterion.areas if area.positions]
    return Chapter(
        code=criterion.code,
        title=criterion.title,
        told=tuple(told),
        strengths=tuple(" ".join(_plain(one, notes)) for one in criterion.strengths),
        notes=notes_in(texts + list(criterion.strengths), notes),
    )


def chapter_of_text(document: Document, code: str, title: str, text: str) -> Chapter:
    """A part of the document that is not about one criterion."""
    notes = document.notes_by_marker
    told = (Told(heading="", paragraphs=paragraphs_of(text, notes)),)
    return Chapter(code=code, title=title, told=told, notes=notes_in([text], notes))


def notes_in(texts: Iterable[str], notes: Mapping[str, Note]) -> tuple[Note, ...]:
    """The footnotes that texts use, by number, each once."""
    found = {marker.text: notes[marker.text] for text in texts for marker in parse(text) if marker.text in notes}
    return tuple(sorted({note.number: note for note in found.values()}.values(), key=lambda note: note.number))


def _plain(text: str, notes: Mapping[str, Note]) -> Iterable[str]:
    for part in _parts(text, notes):
        if part.words:
            yield part.words.strip()
