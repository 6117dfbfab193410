"""Claims and their proof: sentences that cite nothing, evidence that no sentence uses, figures that moved since.

What is checked is the text as it stands; what is found is a sentence for a person to act on.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.domain.figures import Facts, figure_in_words, rounded
from indicators.domain.series import Point, Series
from selfeval.domain.figures import Cited, point_of
from selfeval.domain.markers import Sentence, sentences
from selfeval.domain.pointing import says
from selfeval.domain.proof import EvidenceFacts, Freshness, freshness_of
from selfeval.domain.rendering import Standing

# A shorter sentence is a heading or a name.
FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text. `is_claiming`: it says how things are, so that each of its sentences needs proof.

    `where` in words ("What do we know?"); `url` opens the page where it is written.
    """

    where: str
    text: str
    is_claiming: bool
    url: str = ""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproved:
    where: str
    words: str
    url: str


def claims_without_proof(passages: Iterable[Passage], *, admits: Collection[str]) -> tuple[Unproved, ...]:
    """Sentences that claim something and cite nothing.

    A question, a sentence of fewer than four words and one that admits a gap claim nothing.
    """
    return tuple(
        Unproved(where=passage.where, words=sentence.words, url=passage.url)
        for passage in passages
        if passage.is_claiming
        for sentence in passage.sentences
        if is_claim(sentence, admits=admits) and not sentence.markers
    )


def is_claim(sentence: Sentence, *, admits: Collection[str]) -> bool:
    words = sentence.words
    return len(words.split()) >= FEWEST_WORDS and not words.endswith("?") and not says(words, tuple(admits))


def proof_without_claim(items: Iterable[EvidenceFacts], cited: Collection[int]) -> tuple[EvidenceFacts, ...]:
    """Approved items under a criterion that no sentence of it cites."""
    return tuple(item for item in items if item.is_approved and item.number not in cited)


class ProofFault(StrEnum):
    """What became of an item that a text cites; the worst first."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    NOT_APPROVED = "not_approved"
    REVIEW_PASSED = "review_passed"
    REVISED = "revised"
    STALE = "stale"


# Proof that can't be shown to anybody today.
GONE = frozenset({ProofFault.UNKNOWN, ProofFault.WITHDRAWN, ProofFault.NOT_APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedProof:
    """A marker of evidence. `approved_on`: when its approved revision was; `item` is None where the log has none."""

    marker: str
    where: str
    url: str
    cited_on: date
    standing: Standing
    item: EvidenceFacts | None = None
    approved_on: date | None = None
    revision: int = 0
    key: int = 0


def fault_of(proof: CitedProof, today: date) -> ProofFault | None:
    """The worst that is to be said of it; None while it carries its sentence."""
    item = proof.item
    checks = (
        (proof.standing is Standing.UNKNOWN, ProofFault.UNKNOWN),
        (proof.standing is Standing.ARCHIVED, ProofFault.WITHDRAWN),
        (proof.standing is Standing.WAITING, ProofFault.NOT_APPROVED),
        (bool(item and item.review_by_on and item.review_by_on < today), ProofFault.REVIEW_PASSED),
        (
            bool(proof.revision > 1 and proof.approved_on and proof.approved_on > proof.cited_on),
            ProofFault.REVISED,
        ),
        (bool(item and freshness_of(item, today) is Freshness.STALE), ProofFault.STALE),
    )
    return next((fault for holds, fault in checks if holds), None)


def fault_in_words(proof: CitedProof, fault: ProofFault) -> str:
    item = proof.item
    name = f"{proof.marker} {item.title}" if item else proof.marker
    match fault:
        case ProofFault.UNKNOWN:
            return f"{name} is cited, and the log has no such item."
        case ProofFault.WITHDRAWN:
            return f"{name} is cited and was withdrawn."
        case ProofFault.NOT_APPROVED:
            return f"{name} is cited and nobody has approved it."
        case ProofFault.REVIEW_PASSED:
            return f"{name} was to be reviewed by {_day(item.review_by_on if item else None)}."
        case ProofFault.REVISED:
            return f"{name} was revised on {_day(proof.approved_on)}, after it was cited: does the sentence still hold?"
        case ProofFault.STALE:
            return f"{name} covers nothing after {_day(item.covers_to_on if item else None)}, two years ago or more."


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "an unknown day"


class DriftKind(StrEnum):
    """How a figure moved away from a text; the worst first."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    FOLLOWED = "followed"
    NEWER = "newer"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFigure:
    """A marker of a figure with the series as it stands now. `facts` is None where no such indicator is known.

    `is_pinned`: the marker names its period, so that the text goes on showing that one.
    """

    marker: str
    where: str
    url: str
    is_pinned: bool
    cited: Cited
    facts: Facts | None = None
    series: Series | None = None
    key: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    figure: CitedFigure
    kind: DriftKind
    sentence: str


def drift_of(figure: CitedFigure) -> Drift | None:
    """What became of a cited figure; None while the text and the figure agree. Compared as printed."""
    found = _drift(figure)
    return Drift(figure=figure, kind=found[0], sentence=found[1]) if found else None


def _drift(figure: CitedFigure) -> tuple[DriftKind, str] | None:
    facts, series, cited = figure.facts, figure.series, figure.cited
    if facts is None or series is None:
        return DriftKind.UNKNOWN, f"{figure.marker} is cited, and there is no such figure."
    if cited.is_empty:
        return None
    then = f"{figure_in_words(cited.value, cited.symbol, facts)} ({cited.period_label})"
    now = point_of(series, cited.period_label)
    if now is None:
        return DriftKind.WITHDRAWN, f"{facts.name}: {then} was cited, and is published no more."
    if _prints(now, facts) != _prints(cited, facts):
        words = figure_in_words(now.value, now.symbol, facts)
        return DriftKind.MOVED, f"{facts.name}: {then} was cited, and that figure was revised to {words}."
    return _newer(figure, facts, series, now, then)


def _newer(figure: CitedFigure, facts: Facts, series: Series, now: Point, then: str) -> tuple[DriftKind, str] | None:
    newest = series.latest
    if newest is None or newest.period.ends_on <= now.period.ends_on:
        return None
    words = f"{figure_in_words(newest.value, newest.symbol, facts)} ({newest.period.label})"
    if figure.is_pinned:
        return DriftKind.NEWER, f"{facts.name}: {then} is cited; newer is {words}."
    return DriftKind.FOLLOWED, f"{facts.name}: written of {then}, the text now shows {words}. Does it still hold?"


def _prints(figure: Cited | Point, facts: Facts) -> str:
    return str(rounded(figure.value, facts.decimals)) if figure.value is not None else figure.symbol


def gone_codes(proofs: Iterable[CitedProof], today: date) -> tuple[str, ...]:
    """Codes of cited items that can't be shown, each once."""
    return tuple(dict.fromkeys(proof.marker for proof in proofs if fault_of(proof, today) in GONE))


def worst_first(drifts: Iterable[Drift]) -> tuple[Drift, ...]:
    order: Mapping[DriftKind, int] = {kind: place for place, kind in enumerate(DriftKind)}
    return tuple(sorted(drifts, key=lambda drift: order[drift.kind]))


def drifts_of(figures: Iterable[CitedFigure]) -> Iterator[Drift]:
    for figure in figures:
        found = drift_of(figure)
        if found is not None:
            yield found
