"""What must be in place before rows about real children may come in, and what is missing.

A demonstration stores synthetic rows only. A real installation takes rows when a second factor is asked of everybody
who can see them, the connection is encrypted (or the officer has said that the service runs on this machine alone),
and files that name children can be encrypted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.domain.findings import Blocker, Finding, Gap
from accounts.domain.roles import Role

SYNTHETIC_MARK = "SYN"
# The digit keeps words such as “Synergy”, which is also the name of a case system, from passing for the mark.
_MARKED = re.compile(rf"{SYNTHETIC_MARK}[-_ ]?\d", re.IGNORECASE | re.ASCII)
DEMO_SENTENCE = (
    "This is a demonstration: it holds synthetic rows only, whose Unique IDs begin with SYN and a number. "
    "A demonstration asks for no second step at sign-in, so no real child's row may ever be stored here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Protections:
    """What stands between a child's row and somebody who should not see it."""

    is_demo: bool
    is_second_factor_required: bool
    has_tls: bool
    is_local_only: bool
    has_storage_key: bool
    # Names of people who can see rows by role but have not set up a second step yet.
    without_second_factor: tuple[str, ...] = ()


def missing_protections(protections: Protections, *, fix_url: str = "/status/") -> tuple[Finding, ...]:
    """One finding for each protection that is missing; a Blocker stops rows from coming in. Empty in a demonstration.

    >>> [finding.code for finding in missing_protections(Protections(is_demo=True, is_second_factor_required=False,
    ...     has_tls=False, is_local_only=False, has_storage_key=False))]
    []
    """
    if protections.is_demo:
        return ()
    findings: list[Finding] = []
    if not protections.is_second_factor_required:
        findings.append(
            _blocker(
                "protection.second-factor",
                "A second step at sign-in is switched off. Remove SENDREADY_SECOND_FACTOR=off and start again.",
                fix_url,
            )
        )
    if not (protections.has_tls or protections.is_local_only):
        findings.append(
            _blocker(
                "protection.tls",
                "The connection is not encrypted. Serve sendready over https and set SENDREADY_TLS=1; or, when it "
                "runs on one machine and nobody else can reach it, say so with SENDREADY_LOCAL_ONLY=1.",
                fix_url,
            )
        )
    if not protections.has_storage_key:
        findings.append(
            _blocker(
                "protection.storage-key",
                "There is no storage key, so files that name children could not be encrypted. "
                "Set SENDREADY_STORAGE_KEY and start again.",
                fix_url,
            )
        )
    if protections.without_second_factor:
        names = ", ".join(protections.without_second_factor)
        findings.append(
            Gap(
                code="protection.people",
                sentence=f"Not yet set up a second step at sign-in, and shown no rows until then: {names}.",
                owner_role=Role.ADMINISTRATOR,
                fix_url=fix_url,
                fix_label="Open the status page",
            )
        )
    return tuple(findings)


def is_synthetic(unique_id: str) -> bool:
    """Whether it has the mark of invented children and the form that `make_lists` gives: SYN and a number."""
    return _MARKED.match(unique_id.strip()) is not None


def not_synthetic(unique_ids: Iterable[str]) -> int:
    """How many Unique IDs are not marked as synthetic. Never says which."""
    return sum(1 for unique_id in unique_ids if not is_synthetic(unique_id))


def _blocker(code: str, sentence: str, fix_url: str) -> Blocker:
    return Blocker(
        code=code,
        sentence=sentence,
        owner_role=Role.ADMINISTRATOR,
        fix_url=fix_url,
        fix_label="Open the status page",
    )
