"""What may be published, and why not: one table of reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.domain.deidentification import needs_check

CONFIDENTIAL = "confidential"
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides about an item. `has_clear_check`: a second person looked at what stands approved now."""

    code: str
    kind: str
    marking: str
    is_archived: bool
    has_approved: bool
    has_clear_check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishable:
    """`is_nameable`: its title may stand in a footnote. `is_allowed`: its content may be shown or quoted too.

    `reason` says why not, and what to do; empty when everything is allowed.
    """

    is_allowed: bool
    is_nameable: bool
    reason: str


def publishable(standing: Standing) -> Publishable:
    code = standing.code
    barriers: Sequence[tuple[bool, str]] = (
        (standing.is_archived, f"{code} is in the archive: take it out again, or choose other evidence."),
        (standing.marking == CONFIDENTIAL, f"{code} is confidential: it is never part of anything that is published."),
        (not standing.has_approved, f"{code} has no approved revision: have one approved first."),
        (
            needs_check(standing.kind) and not standing.has_clear_check,
            f"A second person has to check that nobody can be recognised in {code}.",
        ),
    )
    reason = next((sentence for is_there, sentence in barriers if is_there), "")
    if reason:
        return Publishable(is_allowed=False, is_nameable=False, reason=reason)
    if standing.marking != OPEN:
        reason = f"{code} is for the partnership: name it, or mark it “Can be published” before quoting it."
        return Publishable(is_allowed=False, is_nameable=True, reason=reason)
    return Publishable(is_allowed=True, is_nameable=True, reason="")
