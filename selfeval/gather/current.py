"""The self-evaluation that is being written, or that was signed off last."""

from selfeval.models import SelfEvaluation


def current_cycle() -> SelfEvaluation | None:
    """With its rulebook and the cycle before it, in one query; None where nothing was started yet."""
    return SelfEvaluation.objects.filter(is_current=True).select_related("framework", "previous").first()
