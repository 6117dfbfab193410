"""A working copy in Word and the texts that it came from: which paragraph belongs where, and what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """One text of a cycle. `heading` is that of its part, `under` the question within a criterion, else empty.

    `key` names row and field: "evaluation:5:know". `version` counts the saves of its row.
    """

    key: str
    heading: str
    under: str
    text: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of the document; `level` is that of a heading, 0 for text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    place: TextPlace
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`changes`: texts that differ. `unknown`: headings that stand nowhere here, with text beneath that is left out."""

    changes: tuple[Change, ...]
    unchanged: int
    unknown: tuple[str, ...]


def fingerprint_of(places: Iterable[TextPlace]) -> str:
    text = "\n".join(f"{place.key} {place.version}" for place in places)
    return hashlib.sha256(text.encode()).hexdigest()


def read_copy(lines: Sequence[Line], places: Sequence[TextPlace]) -> Reading:
    """What the document says for each text that it has a heading for. A text whose heading is missing stays."""
    by_heading = {(_plain(place.heading), _plain(place.under)): place for place in places}
    parts = {heading for heading, _ in by_heading}
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    part, here, pending = "", None, ""
    for line in lines:
        if line.level:
            words = _plain(line.text)
            if words in parts:
                part, here = words, by_heading.get((words, ""))
            else:
                here = by_heading.get((part, words))
            # The title of the document and what stands beneath it are the copy's own.
            pending = "" if here or line.level == 1 else line.text
            if here:
                found.setdefault(here.key, [])
        elif here:
            found[here.key].append(line.text)
        elif pending:
            unknown.append(pending)
            pending = ""
    return _reading(places, found, unknown)


def _reading(places: Sequence[TextPlace], found: dict[str, list[str]], unknown: list[str]) -> Reading:
    changes, unchanged = [], 0
    for place in places:
        if place.key not in found:
            continue
        text = "\n".join(found[place.key])
        if _lines(text) == _lines(place.text):
            unchanged += 1
        else:
            changes.append(Change(place=place, text=text))
    return Reading(changes=tuple(changes), unchanged=unchanged, unknown=tuple(dict.fromkeys(unknown)))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _lines(text: str) -> list[str]:
    """Lines without empty ones, and without white space that Word may change."""
    return [plain for line in text.splitlines() if (plain := " ".join(line.split()))]
