"""Checks over what protects children's data on this installation."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.domain.findings import Blocker, Finding
from accounts.domain.roles import Role
from inspection.domain.readiness.table import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionFacts:
    """`missing` holds one sentence for each protection that has to be in place before rows may be stored."""

    missing: tuple[str, ...]
    status_url: str


def missing(facts: ProtectionFacts) -> Iterator[Finding]:
    for sentence in facts.missing:
        yield Blocker(
            code="protection-missing",
            sentence=sentence,
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.status_url,
            fix_label="See what is missing",
            threatens="lists",
        )


CHECKS: tuple[Check[ProtectionFacts], ...] = (
    Check(
        code="protection-missing",
        title="Protection of children's data",
        basis="A real installation stores no row before its protections stand.",
        find=missing,
    ),
)
