"""All findings under the deadline that each threatens, the worst first. No percentage, no score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.domain.findings import Blocker, Finding, Gap
from inspection.domain.readiness import claims, clock, consultation, items, lists, packs, people, protections, strategy
from inspection.domain.readiness.clock import ClockFacts
from inspection.domain.readiness.items import ItemFacts
from inspection.domain.readiness.lists import ListsFacts
from inspection.domain.readiness.packs import PackFacts
from inspection.domain.readiness.people import PeopleFacts
from inspection.domain.readiness.protections import ProtectionFacts
from inspection.domain.readiness.ready import ready_lines
from inspection.domain.readiness.table import THREATENS, Check, read_own_day, run
from selfeval.domain.claim_facts import ClaimFacts
from selfeval.domain.hearing import HearingFacts
from strategy.domain.findings.facts import StrategyFacts

TITLES: Mapping[str, str] = {
    "call": "The call itself",
    "lists": "Person-level lists",
    "six": "Case information for the six",
    "annex-a": "Annex A documents",
    "on-site": "On site",
    "": "Papers to have ready, and all year",
}
OWN_DAY_TITLE = "Asked for on a day of its own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every table of checks reads. `lists` is None for people who may not see even their totals, `strategy` while
    there is none, `claims` while no self-evaluation is written, `hearing` while nobody was asked or heard."""

    clock: ClockFacts
    people: PeopleFacts
    items: ItemFacts
    lists: ListsFacts | None
    packs: PackFacts
    protections: ProtectionFacts
    strategy: StrategyFacts | None = None
    claims: ClaimFacts | None = None
    hearing: HearingFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one check under one deadline."""

    code: str
    title: str
    basis: str
    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Finding:
        return min(self.findings, key=badness)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands ready for one deadline, and what threatens it."""

    code: str
    title: str
    groups: tuple[Group, ...]
    ready: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for group in self.groups for finding in group.findings)

    @property
    def blockers(self) -> int:
        return sum(isinstance(finding, Blocker) for finding in self.findings)

    @property
    def gaps(self) -> int:
        return sum(isinstance(finding, Gap) for finding in self.findings)

    @property
    def notes(self) -> int:
        return len(self.findings) - self.blockers - self.gaps


def badness(finding: Finding) -> int:
    """0 a blocker, 1 a gap, 2 a note."""
    return 0 if isinstance(finding, Blocker) else 1 if isinstance(finding, Gap) else 2


def all_checks() -> tuple[Check[Any], ...]:
    """Every check, for the page that explains them and for tests."""
    return (
        *clock.CHECKS,
        *people.CHECKS,
        *items.CHECKS,
        *lists.CHECKS,
        *packs.CHECKS,
        *protections.CHECKS,
        *strategy.CHECKS,
        *claims.CHECKS,
        *consultation.CHECKS,
    )


def findings(facts: Facts) -> tuple[Finding, ...]:
    """What every table finds."""
    return (
        *run(clock.CHECKS, facts.clock),
        *run(people.CHECKS, facts.people),
        *run(items.CHECKS, facts.items),
        *(run(lists.CHECKS, facts.lists) if facts.lists else ()),
        *run(packs.CHECKS, facts.packs),
        *run(protections.CHECKS, facts.protections),
        *(run(strategy.CHECKS, facts.strategy) if facts.strategy else ()),
        *(run(claims.CHECKS, facts.claims) if facts.claims else ()),
        *(run(consultation.CHECKS, facts.hearing) if facts.hearing else ()),
    )


def readiness(facts: Facts) -> tuple[Section, ...]:
    """Every deadline for which something can stand ready, with what is open under it."""
    ready = ready_lines(people=facts.people, items=facts.items, lists=facts.lists, packs=facts.packs)
    return sections(findings(facts), ready, _days(facts))


def _days(facts: Facts) -> dict[str, date]:
    """The day of each batch, of the call and of the first day on site."""
    days = facts.people.days
    batches = {fact.batch: fact.day for fact in facts.people.deadlines if fact.batch and fact.day}
    return {"call": days.notified_on, "on-site": days.on_site_on} | batches


def sections(
    found: Iterable[Finding],
    ready: Mapping[str, tuple[str, ...]] | None = None,
    days: Mapping[str, date] | None = None,
) -> tuple[Section, ...]:
    """By deadline in the order of week 1: the findings, the worst check first, and what stands ready.

    `days` places what has a day of its own between the others.
    """
    ready = ready or {}
    checks = {check.code: check for check in all_checks()}
    order = {code: place for place, code in enumerate(checks)}
    under: dict[str, dict[str, list[Finding]]] = {}
    for finding in found:
        under.setdefault(finding.threatens, {}).setdefault(finding.code, []).append(finding)
    places = _in_order({*under, *ready}, days or {})
    return tuple(
        Section(
            code=place,
            title=OWN_DAY_TITLE if read_own_day(place) else TITLES.get(place, place),
            ready=ready.get(place, ()),
            groups=tuple(
                Group(
                    code=code,
                    title=checks[code].title if code in checks else found_here[0].sentence,
                    basis=checks[code].basis if code in checks else "",
                    findings=tuple(sorted(found_here, key=badness)),
                )
                for code, found_here in sorted(
                    under.get(place, {}).items(), key=lambda pair: (min(map(badness, pair[1])), order.get(pair[0], 0))
                )
            ),
        )
        for place in places
        if place in under or place in ready
    )


def _in_order(codes: set[str], days: Mapping[str, date]) -> list[str]:
    """The deadlines of week 1, a day of its own before the first of them that falls later, then what is unknown."""
    places = list(THREATENS)
    own = {code: read[0] for code in sorted(codes) if (read := read_own_day(code))}
    for code, day in own.items():
        later = (place for place in THREATENS if place in days and days[place] > day)
        places.insert(places.index(next(later, "")), code)
    return [*places, *sorted(codes - set(places))]
