"""Checks over the strategy: each says in one sentence how much the strategy's own page has found."""

from functools import partial

from inspection.domain.readiness.table import Check
from strategy.domain.findings import checks
from strategy.domain.findings.facts import StrategyFacts

CHECKS: tuple[Check[StrategyFacts], ...] = tuple(
    Check(code=each.code, title=each.title, basis=each.basis, find=partial(checks.home_finding, each))
    for each in checks.CHECKS
    if each.home
)
