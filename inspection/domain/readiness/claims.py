"""Checks over the claims of the self-evaluation: each says in one sentence how much its own page has found."""

from functools import partial

from inspection.domain.readiness.table import Check
from selfeval.domain import claim_findings
from selfeval.domain.claim_facts import ClaimFacts

CHECKS: tuple[Check[ClaimFacts], ...] = tuple(
    Check(code=each.code, title=each.title, basis=each.basis, find=partial(claim_findings.home_finding, each))
    for each in claim_findings.CHECKS
    if each.home
)
