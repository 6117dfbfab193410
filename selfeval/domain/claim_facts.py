"""What is known of the claims of a cycle, as the checks and the thin-ice page read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from selfeval.domain.claims import (
    CitedFigure,
    CitedProof,
    Drift,
    DriftKind,
    Passage,
    Unproved,
    claims_without_proof,
    drifts_of,
    gone_codes,
    proof_without_claim,
    worst_first,
)
from selfeval.domain.contradiction import Against, Measured, comparable, contradictions, worse_than_country
from selfeval.domain.markers import plain
from selfeval.domain.pointing import WordLists, says
from selfeval.domain.proof import EvidenceFacts, PointCover, triangulate
from selfeval.domain.thin_ice import Contradiction, CriterionFacts, KnownArea

# A newer figure beside one that names its year is worth knowing; the text itself is not wrong.
SHAKEN = frozenset({DriftKind.UNKNOWN, DriftKind.WITHDRAWN, DriftKind.MOVED, DriftKind.FOLLOWED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSaid:
    """An area for development as it is written. `changed`: what changed, in the council's words."""

    text: str
    known_since_on: date | None
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionClaims:
    """Everything that is said of one criterion and everything that lies under it. `is_blind`: the reader has not given
    its own view yet, so that grades of others are kept from it."""

    code: str
    title: str
    url: str
    is_written: bool
    passages: tuple[Passage, ...]
    cover: tuple[PointCover, ...] = ()
    items: tuple[EvidenceFacts, ...] = ()
    proofs: tuple[CitedProof, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)
    own_grade: str = ""
    confidence: str = ""
    areas: tuple[AreaSaid, ...] = ()
    evaluation: int = 0

    @property
    def cited_numbers(self) -> frozenset[int]:
        return frozenset(proof.item.number for proof in self.proofs if proof.item)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """A cycle. `parts` are its texts outside the criteria, with what they cite."""

    title: str
    today: date
    words: WordLists
    kind_names: Mapping[str, str]
    criteria: tuple[CriterionClaims, ...]
    parts: tuple[Passage, ...] = ()
    proofs: tuple[CitedProof, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)
    page_url: str = ""
    has_cover: bool = True

    @property
    def all_proofs(self) -> tuple[CitedProof, ...]:
        return (*self.proofs, *(proof for one in self.criteria for proof in one.proofs))

    @property
    def all_figures(self) -> tuple[CitedFigure, ...]:
        return (*self.figures, *(figure for one in self.criteria for figure in one.figures))


OWN = "The partnership"


def unproved(one: CriterionClaims, facts: ClaimFacts) -> tuple[Unproved, ...]:
    return claims_without_proof(one.passages, admits=facts.words.admits)


def against(one: CriterionClaims, facts: ClaimFacts) -> tuple[Against, ...]:
    """What published figures say against the claims of a criterion."""
    said = (sentence for passage in one.passages if passage.is_claiming for sentence in passage.sentences)
    return contradictions(said, one.measured, facts.words)


def drifts(figures: tuple[CitedFigure, ...]) -> tuple[Drift, ...]:
    """Each marker's drift once, the worst first."""
    found = {drift.sentence: drift for drift in drifts_of(figures)}
    return worst_first(found.values())


def unused(one: CriterionClaims) -> tuple[EvidenceFacts, ...]:
    return proof_without_claim(one.items, one.cited_numbers)


def grades_of(one: CriterionClaims) -> dict[str, str]:
    """The partners' grades with our own, where the reader may see them. Shown side by side, never averaged."""
    own = {OWN: one.own_grade} if one.own_grade and one.views else {}
    return {**one.views, **own}


def thin_ice_facts(facts: ClaimFacts) -> tuple[CriterionFacts, ...]:
    """Each criterion as `thin_ice.order_by_thin_ice` weighs it."""
    return tuple(_weighed(one, facts) for one in facts.criteria)


def _weighed(one: CriterionClaims, facts: ClaimFacts) -> CriterionFacts:
    cited = [one.measured[figure.facts.code] for figure in one.figures if figure.facts]
    cited = list({each.facts.code: each for each in cited}.values())
    return CriterionFacts(
        code=one.code,
        title=one.title,
        is_written=one.is_written,
        cover=one.cover,
        items=one.items,
        triangulation=triangulate(one.items, kind_names=facts.kind_names),
        claims_without_proof=len(unproved(one, facts)),
        proof_gone=gone_codes(one.proofs, facts.today),
        contradictions=tuple(
            Contradiction(indicator=each.indicator, sentence=each.sentence)
            for each in against(one, facts)
            if not each.is_modest and not each.is_by_words
        ),
        views=grades_of(one),
        confidence=one.confidence,
        areas=tuple(
            KnownArea(
                text=plain(area.text),
                known_since_on=area.known_since_on,
                has_change=bool(area.changed.strip()) and not says(area.changed, facts.words.admits),
            )
            for area in one.areas
        ),
        own_grade=one.own_grade,
        claims_strength=bool(one.own_grade) and says(one.own_grade, facts.words.strong, facts.words.turns),
        compared=tuple(each.facts.name for each in comparable(cited)),
        worse=tuple(each.facts.name for each in worse_than_country(cited)),
        moved=tuple(drift.sentence for drift in drifts(one.figures) if drift.kind in SHAKEN),
    )
