"""`selfevaluation.yaml` of an area's folder → values, strictly: all its faults are told together, each with its line.

Texts name evidence by its key in evidence.yaml, as in [E:report-2024]; loading puts the number of the log in its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.domain.roles import Role
from framework.readers.days import Day
from framework.readers.lines import Entry, UnusableFile, read_entry
from selfeval.models import Confidence, EventKind

SELF_EVALUATION_FILE = "selfevaluation.yaml"
NAMED = re.compile(r"\[E:([a-z0-9]+(?:-[a-z0-9]+)*)\]")
MOST_DAYS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadWords:
    title: str
    started_on: date
    framework: str
    journey: str
    capacity_to_improve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedText:
    """The text of a section or of a lens, by code. Without a title the section keeps the usual one."""

    line: int
    code: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapWords:
    text: str
    owner_role: str
    route: str
    due: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    text: str
    known_since_on: date | None
    how_found: str
    done: str
    changed: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementWords:
    line: int
    criterion: str
    know: str
    meaning: str
    next_steps: str
    child_friendly: str
    confidence: str
    strengths: tuple[str, ...]
    areas: tuple[AreaWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeWords:
    label: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadWords:
    line: int
    criterion: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    line: int
    title: str
    kind: str
    on: Day
    place: str
    note: str
    criteria: tuple[str, ...]
    invited: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluationFile:
    head: HeadWords
    sections: tuple[CodedText, ...]
    lenses: tuple[CodedText, ...]
    gaps: tuple[GapWords, ...]
    judgements: tuple[JudgementWords, ...]
    scale: tuple[GradeWords, ...]
    leads: tuple[LeadWords, ...]
    timeline: tuple[EventWords, ...]

    def keys_named(self) -> frozenset[str]:
        """The keys of evidence that any text of the file names."""
        return frozenset(key for text in self._texts() for key in NAMED.findall(text))

    def _texts(self) -> Iterator[str]:
        yield from (self.head.journey, self.head.capacity_to_improve)
        for each in (*self.sections, *self.lenses):
            yield each.text
        for said in self.judgements:
            yield from (said.know, said.meaning, said.next_steps, said.child_friendly, *said.strengths)
            for area in said.areas:
                yield from (area.text, area.how_found, area.done, area.changed, area.position)


def read_self_evaluation_file(
    path: Path, *, emails: Collection[str], organisations: Collection[str]
) -> SelfEvaluationFile | None:
    """Everything that a folder says about itself; None where it has no such file. Raises UnusableFile."""
    if not (path / SELF_EVALUATION_FILE).exists():
        return None
    top, faults = read_entry(path / SELF_EVALUATION_FILE)
    head = top.entry("self_evaluation", required=True)
    found = SelfEvaluationFile(
        head=_head(head) if head else _NO_HEAD,
        sections=tuple(_coded(entry) for entry in top.entries("sections", what="this section")),
        lenses=tuple(_coded(entry) for entry in top.entries("lenses", what="this lens")),
        gaps=tuple(_gap(entry) for entry in top.entries("data_gaps", what="this gap")),
        judgements=tuple(_judgement(entry) for entry in top.entries("evaluations", what="this criterion")),
        scale=tuple(_grade(entry) for entry in top.entries("scale", what="this grade")),
        leads=tuple(_lead(entry, emails) for entry in top.entries("system_leads", what="this system lead")),
        timeline=tuple(_event(entry, organisations) for entry in top.entries("timeline", what="this event")),
    )
    top.finish()
    if faults.found:
        raise UnusableFile(faults.found)
    return found


_NO_HEAD = HeadWords(title="", started_on=date.min, framework="", journey="", capacity_to_improve="")


def _head(entry: Entry) -> HeadWords:
    words = HeadWords(
        title=entry.text("title", required=True, longest=200),
        started_on=entry.day("started_on", required=True) or date.min,
        framework=entry.code("framework"),
        journey=entry.text("journey"),
        capacity_to_improve=entry.text("capacity_to_improve"),
    )
    entry.finish()
    return words


def _coded(entry: Entry) -> CodedText:
    words = CodedText(
        line=entry.line,
        code=entry.own_code(entry.what.removeprefix("this ")),
        text=entry.text("text"),
        title=entry.text("title", longest=200),
    )
    entry.finish()
    return words


def _gap(entry: Entry) -> GapWords:
    words = GapWords(
        text=entry.text("text", required=True),
        owner_role=entry.choice("owner_role", list(Role), required=False),
        route=entry.text("route"),
        due=_day(entry, "due"),
    )
    entry.finish()
    return words


def _judgement(entry: Entry) -> JudgementWords:
    words = JudgementWords(
        line=entry.line,
        criterion=entry.own_code("criterion", "criterion"),
        know=entry.text("know"),
        meaning=entry.text("meaning"),
        next_steps=entry.text("next"),
        child_friendly=entry.text("child_friendly"),
        confidence=entry.choice("confidence", Confidence.values, required=False),
        strengths=tuple(entry.texts("strengths")),
        areas=tuple(_area(each) for each in entry.entries("areas", what="this area for development")),
    )
    entry.finish()
    return words


def _area(entry: Entry) -> AreaWords:
    words = AreaWords(
        text=entry.text("text", required=True),
        known_since_on=entry.day("known_since_on"),
        how_found=entry.text("how_found"),
        done=entry.text("done"),
        changed=entry.text("changed"),
        position=entry.text("position"),
    )
    entry.finish()
    return words


def _grade(entry: Entry) -> GradeWords:
    words = GradeWords(label=entry.text("label", required=True, longest=80), description=entry.text("description"))
    entry.finish()
    return words


def _lead(entry: Entry, emails: Collection[str]) -> LeadWords:
    person = entry.text("person", required=True).lower()
    if person and person not in emails:
        entry.fault("person", f"“{person}” isn't in people.yaml.")
    words = LeadWords(line=entry.line, criterion=entry.code("criterion"), person=person)
    entry.finish()
    return words


def _event(entry: Entry, organisations: Collection[str]) -> EventWords:
    invited = tuple(entry.texts("invited"))
    for name in invited:
        if name not in organisations:
            entry.fault("invited", f"“{name}” isn't an organisation of area.yaml.")
    words = EventWords(
        line=entry.line,
        title=entry.text("title", required=True, longest=200),
        kind=entry.choice("kind", EventKind.values),
        on=_day(entry, "on", required=True) or Day(),
        place=entry.text("place", longest=200),
        note=entry.text("note"),
        criteria=tuple(entry.texts("criteria")),
        invited=invited,
    )
    entry.finish()
    return words


def _day(entry: Entry, key: str, *, required: bool = False) -> Day | None:
    """`due: {days: 30}`, counted from the day of loading, or `due_on: 2027-01-31`."""
    name = "held_on" if key == "on" else f"{key}_on"
    on = entry.day(name)
    away = entry.entry(key)
    if on:
        return Day(on=on)
    if away:
        days = away.whole("days", required=True, least=-MOST_DAYS, most=MOST_DAYS)
        away.finish()
        return Day(days=days or 0)
    if required:
        entry.fault(key, f"“{key}: {{days: …}}” or “{name}” is missing in {entry.what}.")
    return None
