"""A text with its markers as what they stand for, in pieces that a page shows in its own way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from selfeval.domain.markers import Marker, parse


class Standing(StrEnum):
    """How far an item of the log can carry a sentence today."""

    APPROVED = "approved"
    WAITING = "waiting"
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.APPROVED: "",
    Standing.WAITING: "not approved yet",
    Standing.ARCHIVED: "withdrawn",
    Standing.UNKNOWN: "not in the log",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a marker of evidence stands for. Without a `url` the reader may not open it, and gets no title either."""

    number: int
    standing: Standing
    title: str = ""
    kind: str = ""
    partner: str = ""
    covers: str = ""
    url: str = ""

    @property
    def code(self) -> str:
        return f"E{self.number}"

    @property
    def words(self) -> str:
        return STANDING_WORDS[self.standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a marker of a figure stands for. `is_known`: the indicator exists; `value` is empty where none is published.

    `url` opens the indicator with its table, for who may read it.
    """

    slug: str
    is_known: bool
    name: str = ""
    value: str = ""
    period: str = ""
    source: str = ""
    url: str = ""
    is_symbol: bool = False
    symbol_words: str = ""

    @property
    def spoken(self) -> str:
        """The value as it is read out: a symbol in words."""
        return self.symbol_words if self.is_symbol else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the markers of some texts stand for, by the characters of each marker."""

    items: Mapping[str, Item] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def cited_figures(self) -> tuple[Figure, ...]:
        return tuple(dict.fromkeys(self.figures.values()))

    @property
    def cited_items(self) -> tuple[Item, ...]:
        """Those that the reader may open, by number."""
        return tuple(sorted({item for item in self.items.values() if item.url}, key=lambda item: item.number))


Piece = str | Marker


def paragraphs(text: str) -> tuple[tuple[Piece, ...], ...]:
    """A text as paragraphs (an empty line parts them), each as words and markers in turn."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(tuple(_pieces(block)) for block in blocks if block.strip())


def _pieces(block: str) -> Iterator[Piece]:
    place = 0
    for marker in parse(block):
        if marker.start > place:
            yield block[place : marker.start]
        yield marker
        place = marker.end
    if place < len(block):
        yield block[place:]
