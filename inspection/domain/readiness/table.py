"""The shape of every readiness check: a code, what it looks at, and a function from facts to findings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from accounts.domain.findings import Finding

Facts = TypeVar("Facts")

# The deadlines of week 1 that a finding can threaten, in the order in which they fall (DOMAIN 4); "" is standing.
THREATENS = ("call", "lists", "six", "annex-a", "on-site", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[Facts]):
    """One check. `code` is kebab-case, never reused; each finding that it yields carries the same code.

    `title` heads the group of its findings on the page ("Nothing supplied yet"); `basis` says why it matters.
    """

    code: str
    title: str
    basis: str
    find: Callable[[Facts], Iterable[Finding]]


def run(checks: tuple[Check[Facts], ...], facts: Facts) -> Iterator[Finding]:
    """Every finding of one table, in the table's order."""
    for check in checks:
        yield from check.find(facts)
