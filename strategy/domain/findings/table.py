"""The shape of a check: a code that never changes, what it looks at, how it finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.domain.findings import Finding
from strategy.domain.findings.facts import StrategyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`title` heads the group on the page; `basis` says why it matters and how it is computed, for a reader to check.

    `home` turns what was found into the one sentence for the readiness page; None where it does not stand there.
    """

    code: str
    title: str
    basis: str
    find: Callable[[StrategyFacts], Iterable[Finding]]
    home: Callable[[int], str] | None = None
