"""Published inspections as facts: what a file, a report or a person says of one visit to one area."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspection.domain.reports.windows import TermName

# Two sources speak of the same visit when its first days, or the days of publication, lie no further apart.
SAME_VISIT_DAYS = 60


class PublishedKind(StrEnum):
    FULL = "full"
    MONITORING = "monitoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What one source says of a visit; None or empty where it says nothing. `area` is the local authority code."""

    area: str
    kind: PublishedKind = PublishedKind.FULL
    started_on: date | None = None
    ended_on: date | None = None
    published_on: date | None = None
    outcome: int | None = None
    next_months: int | None = None
    previous_started_on: date | None = None
    previous_ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsFile:
    source: str
    as_at: date | None
    visits: tuple[VisitFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternLine:
    """One line of a region's pattern: the area, its last visit when it was made, and the term it is expected in."""

    region: str
    made_on: date
    source: str
    area: str
    was_on: date | None
    term: TermName
    year: int
    note: str = ""


# The facts that two sources may say differently, in the order of the page, with their names.
FACT_NAMES: Mapping[str, str] = {
    "started_on": "First day on site",
    "ended_on": "Last day on site",
    "published_on": "Published",
    "outcome": "Outcome",
    "next_months": "Next visit within, months",
    "previous_started_on": "Visit before, first day",
    "previous_ended_on": "Visit before, last day",
}


def said_of(facts: VisitFacts) -> dict[str, str]:
    """What the source says, by the name of the fact, days as ISO; what it doesn't say is left out."""
    values = {name: getattr(facts, name) for name in FACT_NAMES}
    return {name: str(value) for name, value in values.items() if value is not None}


def is_same_visit(one: VisitFacts, other: VisitFacts) -> bool:
    """Whether two sources speak of the same visit, even where their days differ a little."""
    if one.area != other.area or one.kind != other.kind:
        return False
    pairs = [
        (one.started_on or one.ended_on, other.started_on or other.ended_on),
        (one.published_on, other.published_on),
    ]
    known = [abs((here - there).days) for here, there in pairs if here and there]
    if known:
        return min(known) <= SAME_VISIT_DAYS
    return _could_follow(one, other) or _could_follow(other, one)


def _could_follow(on_site: VisitFacts, printed: VisitFacts) -> bool:
    """One source knows only the days on site, the other only the publication: it comes one to eight months after."""
    day = on_site.ended_on or on_site.started_on
    return bool(day and printed.published_on and 0 < (printed.published_on - day).days <= 240)


def conflicts_in(sayings: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
    """(fact, value, source) → the facts of which sources say different things: each value with who says it."""
    by_fact: dict[str, dict[str, list[str]]] = {}
    for fact, value, source in sayings:
        by_fact.setdefault(fact, {}).setdefault(value, []).append(source)
    return {fact: values for fact, values in by_fact.items() if len(values) > 1}


_MONTHS_BY_NAME = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_NAMED_DAY = re.compile(r"(\d{1,2})[-_ ]+([a-z]+)[-_ ]+(20\d{2})(?:[ _]?\(\d+\))?\.pdf$", re.IGNORECASE)
_ISO_DAY = re.compile(r"(20\d{2})-(\d{2})-(\d{2})(?:[ _]?\(\d+\))?\.pdf$", re.IGNORECASE)


def day_in_name(file_name: str) -> date | None:
    """The day with which the publisher's file names end: `…---02-february-2024.pdf`; None where there is none."""
    try:
        if named := _NAMED_DAY.search(file_name):
            return date(int(named[3]), _MONTHS_BY_NAME.get(named[2].lower(), 0), int(named[1]))
        if iso := _ISO_DAY.search(file_name):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None
    return None


_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12,
    "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
_STRETCH = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})[ -]+(month|year)s?\b", re.IGNORECASE)


def months_said(next_activity: str) -> int | None:
    """The first stretch of time of the sentences about the next visit, in months: "approximately five years" → 60."""
    found = _STRETCH.search(next_activity)
    if not found:
        return None
    number = int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1].lower()]
    months = number * 12 if found[2].lower() == "year" else number
    return months or None


_FILLER = {"city", "of", "the", "and", "county", "council", "borough", "royal", "district", "metropolitan", "unitary"}


def area_named(name: str, areas: Sequence[tuple[str, str]]) -> str | None:
    """The code of the one area (code, name) with that name, whatever its order and honorifics ("Hull, City of")."""
    for drop in (_FILLER, _FILLER | {"london"}):
        wanted = _key(name, drop)
        if not wanted:
            continue
        found = [code for code, each in areas if _key(each, drop) == wanted]
        if len(found) == 1:
            return found[0]
    return None


def _key(name: str, drop: set[str]) -> frozenset[str]:
    words = re.findall(r"[a-z]+", name.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    return frozenset(words) - drop


def publication_of(visit: VisitFacts, known: Iterable[VisitFacts]) -> date | None:
    """The day of publication that the stored facts have for the same visit."""
    return next((each.published_on for each in known if each.published_on and is_same_visit(visit, each)), None)
