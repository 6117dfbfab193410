"""What the checks over claims found, in words, with what somebody can do about each on the spot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from accounts.domain.findings import Finding
from selfeval.domain.claim_facts import ClaimFacts, drifts
from selfeval.domain.claim_findings import Check, Group
from selfeval.domain.claims import ProofFault, fault_in_words, fault_of

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """`citation`: key of the citation that a person can say still holds; 0 where only changing the text helps."""

    finding: Finding
    citation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShown:
    check: Check
    lines: tuple[LineShown, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def groups_shown(groups: Collection[Group], facts: ClaimFacts, *, can_confirm: bool) -> tuple[GroupShown, ...]:
    keys = _confirmable(facts) if can_confirm else {}
    return tuple(
        GroupShown(
            check=group.check,
            lines=tuple(
                LineShown(finding=finding, citation=keys.get(finding.sentence, 0))
                for finding in group.findings[:MOST_SHOWN]
            ),
            count=len(group.findings),
        )
        for group in groups
    )


def _confirmable(facts: ClaimFacts) -> Mapping[str, int]:
    """By the sentence of its finding: the citation that is looked at again."""
    found = {f"{drift.figure.where}: {drift.sentence}": drift.figure.key for drift in drifts(facts.all_figures)}
    for proof in facts.all_proofs:
        if fault_of(proof, facts.today) is ProofFault.REVISED:
            found[f"{proof.where}: {fault_in_words(proof, ProofFault.REVISED)}"] = proof.key
    return found
