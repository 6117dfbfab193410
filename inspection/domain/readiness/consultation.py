"""Checks over what people were asked and said, as the self-evaluation's own page has them."""

from inspection.domain.readiness.table import Check
from selfeval.domain import hearing
from selfeval.domain.hearing import HearingFacts

CHECKS: tuple[Check[HearingFacts], ...] = tuple(
    Check(code=each.code, title=each.title, basis=each.basis, find=each.find) for each in hearing.CHECKS
)
