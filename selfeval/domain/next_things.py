"""What a system lead with an hour a month does next: three things, the weightiest first, each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

THREE = 3
# Our defaults: what somebody can do in one sitting, and how old a position may be before a board asks.
POSITION_DAYS = 92
SOON_DAYS = 21


class Kind(IntEnum):
    """The kinds of things; a smaller number comes first."""

    NOT_WRITTEN = 1
    MARKER = 2
    UNCITED = 3
    GONE = 4
    EVENT = 5
    POSITION = 6
    AREA = 7
    DISAGREEMENT = 8
    STRENGTH = 9
    PLAIN = 10
    CONFIDENCE = 11
    HAND_OVER = 12


MINUTES = {
    Kind.NOT_WRITTEN: 30,
    Kind.MARKER: 5,
    Kind.UNCITED: 20,
    Kind.GONE: 15,
    Kind.EVENT: 15,
    Kind.POSITION: 10,
    Kind.AREA: 10,
    Kind.DISAGREEMENT: 15,
    Kind.STRENGTH: 10,
    Kind.PLAIN: 10,
    Kind.CONFIDENCE: 5,
    Kind.HAND_OVER: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """`position_on` is the day of the latest position statement."""

    text: str
    has_known_since: bool
    has_done: bool
    position_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """One criterion that the person leads. `empty` names the questions without an answer; `near` what looks like a
    marker and is none; `uncited` counts sentences without proof; `gone` names proof that is not approved any more."""

    evaluation: int
    code: str
    title: str
    empty: tuple[str, ...]
    near: tuple[str, ...]
    uncited: int
    gone: tuple[str, ...]
    areas: tuple[AreaFact, ...]
    strengths: int
    has_plain_words: bool
    has_confidence: bool
    disagreement: str
    next_event: str = ""
    next_event_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing to do. `place` is the part of the criterion's page that it leads to."""

    evaluation: int
    kind: Kind
    what: str
    why: str
    place: str

    @property
    def minutes(self) -> int:
        return MINUTES[self.kind]


def next_things(leads: Iterable[LeadFacts], today: date, *, most: int = THREE) -> tuple[Thing, ...]:
    """The first things of all criteria that one leads; ties keep the order of the rulebook."""
    found = [thing for facts in leads for thing in things_of(facts, today)]
    return tuple(sorted(found, key=lambda thing: thing.kind)[:most])


def things_of(facts: LeadFacts, today: date) -> list[Thing]:
    """Everything that is open for one criterion, in no particular order."""
    found = [*_writing(facts), *_proof(facts), *_areas(facts, today), *_people(facts, today)]
    if not found:
        found.append(
            _thing(
                facts,
                Kind.HAND_OVER,
                f"Read {facts.code} once more, and ask the LANO to moderate it",
                "Everything is answered and cited.",
                "state",
            )
        )
    return found


def _thing(facts: LeadFacts, kind: Kind, what: str, why: str, place: str) -> Thing:
    return Thing(evaluation=facts.evaluation, kind=kind, what=what, why=why, place=place)


def _writing(facts: LeadFacts) -> list[Thing]:
    found = []
    if facts.empty:
        named = " and ".join(f"“{question}”" for question in facts.empty)
        why = "Nothing is written there yet."
        found.append(_thing(facts, Kind.NOT_WRITTEN, f"Answer {named} for {facts.code}", why, "questions"))
    if not facts.strengths:
        why = "Inspectors ask what goes well, and how you know."
        found.append(_thing(facts, Kind.STRENGTH, f"Name one strength of {facts.code}", why, "strengths"))
    if not facts.has_plain_words:
        why = "The edition for children and young people has nothing to say of it yet."
        found.append(_thing(facts, Kind.PLAIN, f"Say {facts.code} in plain words", why, "questions"))
    if not facts.has_confidence and not facts.empty:
        why = "High, medium or low: how far does the evidence carry it?"
        found.append(_thing(facts, Kind.CONFIDENCE, f"Say how sure you are of {facts.code}", why, "judgement"))
    return found


def _proof(facts: LeadFacts) -> list[Thing]:
    found = []
    if facts.near:
        why = f"It looks like a marker and can't be read as one: {', '.join(facts.near[:3])}."
        found.append(_thing(facts, Kind.MARKER, f"Mend a marker in {facts.code}", why, "questions"))
    if facts.uncited:
        many = "1 sentence claims" if facts.uncited == 1 else f"{facts.uncited} sentences claim"
        why = f"{many} something and cite nothing. An inspector would ask: how do you know?"
        found.append(_thing(facts, Kind.UNCITED, f"Put proof to what {facts.code} says", why, "questions"))
    if facts.gone:
        why = f"Cited, but withdrawn, not approved or past its date: {', '.join(facts.gone)}."
        found.append(_thing(facts, Kind.GONE, f"Replace proof of {facts.code}", why, "questions"))
    return found


def _areas(facts: LeadFacts, today: date) -> list[Thing]:
    found = []
    for area in facts.areas:
        if area.position_on is None or (today - area.position_on).days > POSITION_DAYS:
            since = f"{area.position_on:%-d %B %Y}" if area.position_on else ""
            why = f"The last position statement is of {since}." if since else "It has no position statement yet."
            what = f"Say where “{_short(area.text)}” stands"
            found.append(_thing(facts, Kind.POSITION, what, why, "areas"))
        elif not area.has_known_since or not area.has_done:
            missing = "since when it is known" if not area.has_known_since else "what was done"
            what = f"Complete “{_short(area.text)}”"
            found.append(_thing(facts, Kind.AREA, what, f"It doesn't say {missing}.", "areas"))
    return found


def _people(facts: LeadFacts, today: date) -> list[Thing]:
    found = []
    if facts.disagreement:
        what = f"Talk about {facts.code} with the partners who see it differently"
        found.append(_thing(facts, Kind.DISAGREEMENT, what, facts.disagreement, "views"))
    if facts.next_event and facts.next_event_on and 0 <= (facts.next_event_on - today).days <= SOON_DAYS:
        why = f"It is on {facts.next_event_on:%-d %B}. Print the data sheet of {facts.code} and read it first."
        found.append(_thing(facts, Kind.EVENT, f"Prepare {facts.next_event}", why, "sheet"))
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
