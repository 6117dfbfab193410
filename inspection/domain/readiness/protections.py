"""Checks over what protects children's data on this installation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from accounts.domain.findings import Finding
from inspection.domain.readiness.table import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionFacts:
    """`missing` is what `accounts` says must be in place before rows about real children may come in."""

    missing: tuple[Finding, ...] = ()


def missing(facts: ProtectionFacts) -> Iterator[Finding]:
    for finding in facts.missing:
        yield replace(finding, code="protection-missing", threatens="lists")


CHECKS: tuple[Check[ProtectionFacts], ...] = (
    Check(
        code="protection-missing",
        title="Protection of children's data",
        basis="A real installation stores no row before its protections stand.",
        find=missing,
    ),
)
