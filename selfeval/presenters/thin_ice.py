"""Thin ice in words: each reason with what to do about it and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from selfeval.domain.claim_facts import ClaimFacts, CriterionClaims
from selfeval.domain.thin_ice import Reason, ThinIce, Todo, Weight

WEIGHT_WORDS: Mapping[Weight, tuple[str, str]] = {
    Weight.CONTRADICTED: ("Figures say otherwise", "red"),
    Weight.NO_PROOF: ("No proof", "red"),
    Weight.CLAIM_WITHOUT_PROOF: ("Claims without proof", "red"),
    Weight.DISAGREEMENT: ("Partners differ", "orange"),
    Weight.GRADE_AGAINST_FIGURES: ("Grade against figures", "orange"),
    Weight.PROOF_GONE: ("Proof gone", "orange"),
    Weight.FIGURE_MOVED: ("Figure moved", "orange"),
    Weight.STALE: ("Stale", "yellow"),
    Weight.BARE_POINT: ("Bare point", "yellow"),
    Weight.ONE_SIDED: ("One side only", "yellow"),
    Weight.OVER_CONFIDENT: ("Too sure", "yellow"),
    Weight.LONG_KNOWN: ("Long known", "yellow"),
    Weight.NOT_WRITTEN: ("Not written", "grey"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonShown:
    word: str
    colour: str
    sentence: str
    todo: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IceShown:
    code: str
    title: str
    url: str
    reasons: tuple[ReasonShown, ...]
    enquiries: tuple[str, ...]


def ice_shown(ordered: tuple[ThinIce, ...], facts: ClaimFacts) -> tuple[IceShown, ...]:
    """In the order given."""
    by_code = {one.code: one for one in facts.criteria}
    return tuple(
        IceShown(
            code=ice.code,
            title=ice.title,
            url=by_code[ice.code].url,
            reasons=tuple(_shown(reason, by_code[ice.code]) for reason in ice.reasons),
            enquiries=ice.enquiries,
        )
        for ice in ordered
    )


def _shown(reason: Reason, one: CriterionClaims) -> ReasonShown:
    word, colour = WEIGHT_WORDS[reason.weight]
    todo, url = _todo(reason.todo, one)
    return ReasonShown(word=word, colour=colour, sentence=reason.sentence, todo=todo, url=url)


def _todo(todo: Todo, one: CriterionClaims) -> tuple[str, str]:
    log = reverse("evidence:evidence-list")
    claims = reverse("selfeval:claim-list")
    coverage = f"{reverse('selfeval:coverage-show')}?criterion={one.code}"
    ways = {
        Todo.WRITE: ("Write about it", one.url),
        Todo.CITE: ("See the sentences", f"{claims}#claim-without-proof"),
        Todo.ADD_EVIDENCE: ("See what is there", coverage),
        Todo.APPROVE: ("Look at what waits", f"{log}?criterion={one.code}&state=submitted"),
        Todo.RENEW: ("Look at the items", f"{log}?criterion={one.code}"),
        Todo.TALK: ("Talk it over and write down both", one.url),
        Todo.FIGURES: ("Look at text and figures", one.url),
    }
    return ways[todo]
