"""Database → a cycle as its pages read it, in a fixed number of queries."""

from __future__ import annotations

from selfeval.models import Evaluation, SelfEvaluation


def cycle_lines(cycle: SelfEvaluation) -> list[Evaluation]:
    """The judgements of a cycle in the order of the rulebook."""
    return list(
        Evaluation.objects.filter(self_evaluation=cycle)
        .select_related("criterion__group", "grade")
        .order_by("criterion__group__order", "criterion__order", "pk")
    )
