"""`evidence.yaml` of an area's folder → values, strictly: all its faults are told together, each with its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents.domain.links import link_fault
from evidence.models import EvidenceKind, Marking
from framework.readers.lines import Entry, read_entry

EVIDENCE_FILE = "evidence.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeaksTo:
    """A point of the criteria or a statement of a lens, by code."""

    line: int
    code: str
    relevance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWords:
    """One item. It stands approved; `checked_by` is the second person who looked whether anybody can be recognised."""

    line: int
    key: str
    title: str
    kind: str
    organisation: str
    shows: str
    covers_from_on: date | None
    covers_to_on: date | None
    collected_on: date | None
    review_by_on: date | None
    marking: str
    text: str
    link: str
    checked_by: str
    points: tuple[SpeaksTo, ...]
    statements: tuple[SpeaksTo, ...]


def read_evidence_file(
    path: Path, *, organisations: Collection[str], emails: Collection[str]
) -> tuple[EvidenceWords, ...]:
    """Everything that a folder says of evidence; nothing where it has no such file. Raises UnusableFile."""
    if not (path / EVIDENCE_FILE).exists():
        return ()
    top, faults = read_entry(path / EVIDENCE_FILE)
    items = tuple(_item(entry, organisations, emails) for entry in top.entries("evidence", what="this item"))
    top.finish()
    faults.stop_if_any()
    return items


def _item(entry: Entry, organisations: Collection[str], emails: Collection[str]) -> EvidenceWords:
    organisation, checked_by = entry.text("organisation"), entry.text("checked_by").lower()
    if organisation and organisation not in organisations:
        entry.fault("organisation", f"“{organisation}” isn't an organisation of the area.")
    if checked_by and checked_by not in emails:
        entry.fault("checked_by", f"{checked_by} isn't one of the people of the area.")
    link, text = entry.text("link", longest=500), entry.text("text")
    if link and (fault := link_fault(link)):
        entry.fault("link", fault)
    if not link and not text:
        entry.fault("key", "Give a “link” or a “text”.")
    item = EvidenceWords(
        line=entry.line,
        key=entry.own_code("item of evidence", "key"),
        title=entry.text("title", required=True, longest=200),
        kind=entry.choice("kind", EvidenceKind.values),
        organisation=organisation,
        shows=entry.text("shows", required=True),
        covers_from_on=entry.day("covers_from_on", required=True),
        covers_to_on=entry.day("covers_to_on", required=True),
        collected_on=entry.day("collected_on"),
        review_by_on=entry.day("review_by_on"),
        marking=entry.choice("marking", Marking.values, required=False, default=Marking.PARTNERSHIP.value),
        text=text,
        link=link,
        checked_by=checked_by,
        points=_speaks_to(entry, "points", "point"),
        statements=_speaks_to(entry, "statements", "statement"),
    )
    if item.covers_from_on and item.covers_to_on and item.covers_to_on < item.covers_from_on:
        entry.fault("covers_to_on", "It ends before it starts.")
    entry.finish()
    return item


def _speaks_to(entry: Entry, key: str, noun: str) -> tuple[SpeaksTo, ...]:
    found: dict[str, SpeaksTo] = {}
    for each in entry.entries(key, what=f"this {noun}"):
        code = each.code(noun)
        if code in found:
            each.fault(noun, f"{code} stands twice for this item: keep one sentence.")
        relevance = each.text("relevance", required=True, longest=500)
        found.setdefault(code, SpeaksTo(line=each.line, code=code, relevance=relevance))
        each.finish()
    return tuple(found.values())
