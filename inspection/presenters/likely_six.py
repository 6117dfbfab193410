"""The likely six in words."""

from dataclasses import dataclass

from children.domain.likely_six import (
    Candidate,
    SwapEffect,
    WishLine,
    reasons,
    spread,
    swap_effect,
    wish_lines,
)
from inspection.gather.likely_six import SixNow, Standing

# The columns of the lists that the page shows: what the log names.
COLUMNS = (
    "Unique ID",
    "Date of birth",
    "SEN primary need",
    "Main education establishment – phase",
    "Known to children's social care?",
    "Which children's social care team?",
    "Absence",
    "Suspensions",
    "Permanent exclusions",
)


@dataclass(frozen=True, slots=True)
class ChildCard:
    """A child of the page. `substitute` is None where the lists have nobody more."""

    standing: Standing
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    substitute: Standing | None


@dataclass(frozen=True, slots=True)
class Option:
    """Who could come in, with what the six would lose and gain."""

    child: Candidate
    facts: tuple[tuple[str, str], ...]
    effect: SwapEffect
    words: str


def facts_of(child: Candidate) -> tuple[tuple[str, str], ...]:
    told = {
        "Age": str(child.age) if child.age is not None else "Not recorded",
        "Absence": f"{child.absence:g} %" if child.absence is not None else "Not recorded",
        "Exclusions": _exclusions(child),
    }
    return tuple((title, told.get(title, value)) for title, value in child.facets)


def _exclusions(child: Candidate) -> str:
    words = []
    if child.exclusions:
        words.append("permanently excluded")
    if child.suspensions:
        words.append(f"{child.suspensions} suspension{'s' if child.suspensions > 1 else ''}")
    return ", ".join(words).capitalize() or "None"


def cards(now: SixNow) -> list[ChildCard]:
    substitutes = {one.place.place: one for one in now.substitutes}
    return [
        ChildCard(one, facts_of(one.child), reasons(one.child, now.children), substitutes.get(one.place.place))
        for one in now.six
    ]


def lines(now: SixNow) -> tuple[WishLine, ...]:
    return wish_lines(now.children, now.proposal.available)


def spread_rows(now: SixNow) -> list[tuple[str, str]]:
    return [
        (title, ", ".join(f"{value} ({count})" for value, count in values)) for title, values in spread(now.children)
    ]


def options(now: SixNow, leaving: Standing, extra: Candidate | None) -> list[Option]:
    """The substitutes, the place's own first; before them whoever was asked for by Unique ID."""
    ordered = sorted(now.substitutes, key=lambda one: (one.place.place != leaving.place.place, one.place.place))
    found = [option_of(now, leaving, one.child, f"Substitute {one.place.place}") for one in ordered]
    if extra is not None:
        found.insert(0, option_of(now, leaving, extra, "Asked for"))
    return found


def option_of(now: SixNow, leaving: Standing, coming: Candidate, words: str) -> Option:
    return Option(coming, facts_of(coming), swap_effect(now.children, out=leaving.child, into=coming), words)
