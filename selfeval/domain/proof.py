"""What the evidence of a criterion is worth: how fresh, from how many sides, and what lies under each point.

Nothing here is a score. Each function says what is there and, in sentences, what is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LIVED_EXPERIENCE = "lived_experience"
# What is called recent, and what can no longer carry a claim by itself (our defaults, from how inspectors ask: what is
# it like now, and how long have you known).
FRESH_MONTHS = 12
STALE_MONTHS = 24
# Three kinds of evidence, from two partners, one of them lived experience (Coventry's evidence log of five kinds).
KINDS_WANTED = 3
PARTNERS_WANTED = 2


class Freshness(StrEnum):
    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    UNDATED = "undated"


FRESHNESS_WORDS: Mapping[Freshness, str] = {
    Freshness.FRESH: "Fresh",
    Freshness.AGEING: "Ageing",
    Freshness.STALE: "Stale",
    Freshness.UNDATED: "No period given",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """One item of the log as coverage reads it. `points` are codes of the points that it speaks to."""

    number: int
    title: str
    kind: str
    partner: str
    is_approved: bool
    covers_to_on: date | None
    review_by_on: date | None
    points: frozenset[str]


def months_between(earlier: date, later: date) -> int:
    """Whole months that have passed; 0 where `later` lies before."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    return max(0, months)


def freshness_of(item: EvidenceFacts, today: date) -> Freshness:
    """By the end of the period that it covers, not by when it was written; a passed review date makes it stale."""
    if item.review_by_on is not None and item.review_by_on < today:
        return Freshness.STALE
    if item.covers_to_on is None:
        return Freshness.UNDATED
    age = months_between(item.covers_to_on, today)
    if age < FRESH_MONTHS:
        return Freshness.FRESH
    return Freshness.AGEING if age < STALE_MONTHS else Freshness.STALE


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangulation:
    """From how many sides something is seen; `missing` says what would make it three."""

    kinds: tuple[str, ...]
    partners: tuple[str, ...]
    has_lived_experience: bool
    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return not self.missing


def triangulate(items: Iterable[EvidenceFacts], *, kind_names: Mapping[str, str]) -> Triangulation:
    """Counts approved items only: what nobody has approved proves nothing yet."""
    counted = [item for item in items if item.is_approved]
    kinds = tuple(sorted({item.kind for item in counted}))
    partners = tuple(sorted({item.partner for item in counted if item.partner}))
    has_lived = LIVED_EXPERIENCE in kinds
    missing = []
    if len(kinds) < KINDS_WANTED:
        others = [name for kind, name in kind_names.items() if kind not in kinds]
        missing.append(
            f"{_count(len(kinds), 'kind')} of evidence, {KINDS_WANTED} would do: {_listed(others)} not seen yet."
        )
    if len(partners) < PARTNERS_WANTED:
        only = f"only {partners[0]}" if partners else "nobody"
        missing.append(f"Seen by {only}: ask a second partner what they see.")
    if not has_lived:
        missing.append("No lived experience: nothing here says what it is like for children and families.")
    return Triangulation(kinds=kinds, partners=partners, has_lived_experience=has_lived, missing=tuple(missing))


def _count(number: int, noun: str) -> str:
    words = {0: "No", 1: "One", 2: "Two"}.get(number, str(number))
    return f"{words} {noun}{'' if number == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    lowered = [name[0].lower() + name[1:] for name in names]
    return lowered[0] if len(lowered) == 1 else f"{', '.join(lowered[:-1])} and {lowered[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointCover:
    """What lies under one point. `by_kind` counts approved items, `waiting` those that nobody has approved yet."""

    point: str
    by_kind: Mapping[str, int]
    partners: tuple[str, ...]
    waiting: int
    freshest: Freshness | None
    numbers: tuple[int, ...]

    @property
    def is_bare(self) -> bool:
        return not self.numbers


_FRESHNESS_ORDER = (Freshness.FRESH, Freshness.AGEING, Freshness.UNDATED, Freshness.STALE)


def cover(points: Iterable[str], items: Iterable[EvidenceFacts], today: date) -> tuple[PointCover, ...]:
    """Every point with what lies under it, in the order given."""
    under: dict[str, list[EvidenceFacts]] = {}
    states: dict[int, Freshness] = {}
    for item in items:
        states[item.number] = freshness_of(item, today)
        for point in item.points:
            under.setdefault(point, []).append(item)
    return tuple(_cover_of(point, under.get(point, []), states) for point in points)


def _cover_of(point: str, items: Sequence[EvidenceFacts], states: Mapping[int, Freshness]) -> PointCover:
    approved = [item for item in items if item.is_approved]
    by_kind: dict[str, int] = {}
    for item in approved:
        by_kind[item.kind] = by_kind.get(item.kind, 0) + 1
    seen = {states[item.number] for item in approved}
    return PointCover(
        point=point,
        by_kind=by_kind,
        partners=tuple(sorted({item.partner for item in approved if item.partner})),
        waiting=len(items) - len(approved),
        freshest=next((state for state in _FRESHNESS_ORDER if state in seen), None),
        numbers=tuple(sorted(item.number for item in approved)),
    )
