"""Which criteria would be challenged first, and why. An order with reasons, never a number or a grade.

The order follows the kinds of reason, the weightiest first: what published figures contradict, what has no proof at
all, claims without proof, where partners disagree, a grade that figures don't bear out, proof that is gone, figures
that moved, proof that is old or comes from one side only, high confidence on thin ground, what has been known for long
without change.

It helps a partnership to be honest with itself. It writes no answers, and none for families or the forum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from selfeval.domain.proof import EvidenceFacts, Freshness, PointCover, Triangulation, freshness_of, months_between

# An area for development that is known for longer, with nothing changed, invites the question why.
LONG_KNOWN_MONTHS = 12


class Weight(IntEnum):
    """The kinds of reasons; a smaller number is weightier."""

    CONTRADICTED = 1
    NO_PROOF = 2
    CLAIM_WITHOUT_PROOF = 3
    DISAGREEMENT = 4
    GRADE_AGAINST_FIGURES = 5
    PROOF_GONE = 6
    FIGURE_MOVED = 7
    STALE = 8
    BARE_POINT = 9
    ONE_SIDED = 10
    OVER_CONFIDENT = 11
    LONG_KNOWN = 12
    NOT_WRITTEN = 13


class Todo(StrEnum):
    """What somebody does about a reason; the page knows where."""

    WRITE = "write"
    CITE = "cite"
    ADD_EVIDENCE = "add_evidence"
    APPROVE = "approve"
    RENEW = "renew"
    TALK = "talk"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A published figure that tells against what is written: `sentence` names both."""

    indicator: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArea:
    """An area for development: since when it is known, and whether anything changed."""

    text: str
    known_since_on: date | None
    has_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFacts:
    """Everything that is weighed for one criterion. `views` are grades by who gave them, our own included.

    `claims_strength`: the grade is one that the council counts as strong. Of the figures that the text cites `compared`
    names those that can be held against England, `worse` those of them that are worse. `moved`: what became of others.
    """

    code: str
    title: str
    is_written: bool
    cover: tuple[PointCover, ...]
    items: tuple[EvidenceFacts, ...]
    triangulation: Triangulation
    claims_without_proof: int
    proof_gone: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    views: Mapping[str, str] | None = None
    confidence: str = ""
    areas: tuple[KnownArea, ...] = ()
    own_grade: str = ""
    claims_strength: bool = False
    compared: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody would challenge it, what they would then ask, and what to do before they do."""

    weight: Weight
    sentence: str
    enquiry: str
    todo: Todo = Todo.WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class ThinIce:
    """One criterion with its reasons, the weightiest first; without reasons it holds for now."""

    code: str
    title: str
    reasons: tuple[Reason, ...]

    @property
    def enquiries(self) -> tuple[str, ...]:
        """Likely lines of enquiry, each once."""
        return tuple(dict.fromkeys(reason.enquiry for reason in self.reasons if reason.enquiry))


def order_by_thin_ice(criteria: Iterable[CriterionFacts], today: date) -> tuple[ThinIce, ...]:
    """The most easily challenged first. Ties keep the order of the rulebook."""
    found = [
        ThinIce(code=facts.code, title=facts.title, reasons=tuple(sorted(reasons_of(facts, today), key=_weight)))
        for facts in criteria
    ]
    return tuple(sorted(found, key=lambda ice: (not ice.reasons, [reason.weight for reason in ice.reasons] + [99])))


def _weight(reason: Reason) -> int:
    return reason.weight


def reasons_of(facts: CriterionFacts, today: date) -> list[Reason]:
    """Every reason, in no particular order."""
    return [
        *_contradicted(facts),
        *_without_proof(facts),
        *_disagreeing(facts),
        *_graded_against_figures(facts),
        *_moved(facts),
        *_old(facts, today),
        *_one_sided(facts),
        *_long_known(facts, today),
    ]


def _contradicted(facts: CriterionFacts) -> list[Reason]:
    return [
        Reason(
            weight=Weight.CONTRADICTED,
            sentence=each.sentence,
            enquiry=f"The published figure on {each.indicator} points the other way. What do you make of that?",
            todo=Todo.FIGURES,
        )
        for each in facts.contradictions
    ]


def _without_proof(facts: CriterionFacts) -> list[Reason]:
    found = []
    approved = [item for item in facts.items if item.is_approved]
    if not facts.is_written:
        found.append(Reason(weight=Weight.NOT_WRITTEN, sentence="Nothing is written about it yet.", enquiry=""))
    if not approved:
        many = len(facts.items)
        waiting = f" {many} {'waits' if many == 1 else 'wait'} for approval." if many else ""
        found.append(
            Reason(
                weight=Weight.NO_PROOF,
                sentence=f"No approved evidence lies under this criterion.{waiting}",
                enquiry="How do you know?",
                todo=Todo.APPROVE if facts.items else Todo.ADD_EVIDENCE,
            )
        )
    if facts.claims_without_proof:
        many = facts.claims_without_proof
        found.append(
            Reason(
                weight=Weight.CLAIM_WITHOUT_PROOF,
                sentence=f"{many} {'sentence claims' if many == 1 else 'sentences claim'} something and "
                f"{'cites' if many == 1 else 'cite'} nothing.",
                enquiry="What is that based on?",
                todo=Todo.CITE,
            )
        )
    bare = [point.point for point in facts.cover if point.is_bare]
    if bare and approved:
        found.append(
            Reason(
                weight=Weight.BARE_POINT,
                sentence=f"Nothing lies under {'point' if len(bare) == 1 else 'points'} {', '.join(bare)}.",
                enquiry=f"Tell us about {bare[0]}.",
                todo=Todo.ADD_EVIDENCE,
            )
        )
    return found


def _disagreeing(facts: CriterionFacts) -> list[Reason]:
    views = facts.views or {}
    if len(set(views.values())) < 2:
        return []
    said = "; ".join(f"{partner}: {grade}" for partner, grade in sorted(views.items()))
    return [
        Reason(
            weight=Weight.DISAGREEMENT,
            sentence=f"Partners see it differently. {said}.",
            enquiry="Do you agree with your partners on this?",
            todo=Todo.TALK,
        )
    ]


def _graded_against_figures(facts: CriterionFacts) -> list[Reason]:
    """A grade that claims strength, where half or more of the figures cited are worse than England's."""
    if not facts.claims_strength or not facts.worse or 2 * len(facts.worse) < len(facts.compared):
        return []
    many = len(facts.compared)
    figures = "the one figure" if many == 1 else f"{len(facts.worse)} of the {many} figures"
    return [
        Reason(
            weight=Weight.GRADE_AGAINST_FIGURES,
            sentence=f"Graded “{facts.own_grade}”, while {figures} that it cites "
            f"{'is' if len(facts.worse) == 1 else 'are'} worse than England: {', '.join(facts.worse)}.",
            enquiry="How does your grade fit with the published figures?",
            todo=Todo.FIGURES,
        )
    ]


def _moved(facts: CriterionFacts) -> list[Reason]:
    if not facts.moved:
        return []
    return [
        Reason(
            weight=Weight.FIGURE_MOVED,
            sentence=" ".join(facts.moved),
            enquiry="Your figure is not the published one. Which is right?",
            todo=Todo.FIGURES,
        )
    ]


def _old(facts: CriterionFacts, today: date) -> list[Reason]:
    found = []
    if facts.proof_gone:
        found.append(
            Reason(
                weight=Weight.PROOF_GONE,
                sentence=f"Cited, but withdrawn or not approved: {', '.join(facts.proof_gone)}.",
                enquiry="Can we see it?",
                todo=Todo.RENEW,
            )
        )
    approved = [item for item in facts.items if item.is_approved]
    if approved and all(freshness_of(item, today) is Freshness.STALE for item in approved):
        found.append(
            Reason(
                weight=Weight.STALE,
                sentence="All of its evidence is stale: two years old, or past its review date.",
                enquiry="What is it like now?",
                todo=Todo.RENEW,
            )
        )
    return found


def _one_sided(facts: CriterionFacts) -> list[Reason]:
    found = []
    if facts.triangulation.missing and any(item.is_approved for item in facts.items):
        found.append(
            Reason(
                weight=Weight.ONE_SIDED,
                sentence=" ".join(facts.triangulation.missing),
                enquiry="Who else would tell us the same?",
                todo=Todo.ADD_EVIDENCE,
            )
        )
    if facts.confidence == "high" and not facts.triangulation.is_met:
        found.append(
            Reason(
                weight=Weight.OVER_CONFIDENT,
                sentence="Confidence in the evidence is said to be high, and it comes from too few sides for that.",
                enquiry="How sure are you?",
            )
        )
    return found


def _long_known(facts: CriterionFacts, today: date) -> list[Reason]:
    found = []
    for area in facts.areas:
        if area.known_since_on is None or area.has_change:
            continue
        months = months_between(area.known_since_on, today)
        if months >= LONG_KNOWN_MONTHS:
            found.append(
                Reason(
                    weight=Weight.LONG_KNOWN,
                    sentence=f"Known for {_span(months)}, with no change shown: {area.text.rstrip('.')}.",
                    enquiry="How long have you known, and what have you done?",
                )
            )
    return found


def _span(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years} year{'' if years == 1 else 's'}"] if years else []
    parts += [f"{rest} month{'' if rest == 1 else 's'}"] if rest else []
    return " and ".join(parts)
