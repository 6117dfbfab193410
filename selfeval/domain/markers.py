"""The markers that tie a sentence to its proof: [E12] an evidence item, [F:ehc-plans@2025] a published figure.

A marker belongs to the sentence that it stands in or that it follows: "Plans come in time [E2]. [F:ehc-plans]" holds
two sentences, each with one marker, the second without words of its own and so counted to the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_MARKER = re.compile(
    r"\[(?:E(?P<number>[1-9]\d{0,6})|F:(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)(?:@(?P<period>[^\]\s@]+))?)\]"
)
# Looks like a marker and is none: told to the writer, never dropped.
_NEARLY = re.compile(r"\[(?:E ?\d[^\]\n]{0,20}|E(?=\])|[eE]: ?[^\]\n]{0,80}|e\d[^\]\n]{0,20}|[fF]:[^\]\n]{0,80})\]?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"‘'(])|\n+")


class MarkerKind(StrEnum):
    EVIDENCE = "evidence"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """One marker at its place. `key` is the number of the item or the code of the indicator; `period` may be empty."""

    kind: MarkerKind
    key: str
    period: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence without its markers, and the markers that stand in it."""

    words: str
    markers: tuple[Marker, ...]


def parse(text: str) -> tuple[Marker, ...]:
    """Every marker in the order of the text."""
    return tuple(_markers(text))


def _markers(text: str) -> Iterator[Marker]:
    for found in _MARKER.finditer(text):
        number = found["number"]
        yield Marker(
            kind=MarkerKind.EVIDENCE if number else MarkerKind.FIGURE,
            key=number or found["slug"],
            period=found["period"] or "",
            start=found.start(),
            end=found.end(),
            text=found[0],
        )


def nearly_markers(text: str) -> tuple[str, ...]:
    """What looks like a marker and can't be read as one, such as [E 12] or [F:ehc plans]."""
    read = {marker.start for marker in parse(text)}
    return tuple(found[0] for found in _NEARLY.finditer(text) if found.start() not in read)


def sentences(text: str) -> tuple[Sentence, ...]:
    """The text sentence by sentence. A piece that holds markers alone is counted to the sentence before it."""
    read: list[Sentence] = []
    for piece in _SENTENCE_END.split(text):
        markers = parse(piece)
        words = " ".join(_MARKER.sub("", piece).split())
        words = re.sub(r"\s+([.,;:!?])", r"\1", words)
        has_words = any(char.isalnum() for char in words)
        if has_words:
            read.append(Sentence(words=words, markers=markers))
        elif markers and read:
            read[-1] = Sentence(words=read[-1].words, markers=read[-1].markers + markers)
        elif markers:
            read.append(Sentence(words="", markers=markers))
    return tuple(read)


def plain(text: str) -> str:
    """The words of a text without its markers."""
    return " ".join(sentence.words for sentence in sentences(text) if sentence.words)
