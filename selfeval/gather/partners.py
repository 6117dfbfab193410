"""Database → what a partner sees: the criteria with its own view of each."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Organisation
from selfeval.gather.cycles import evaluations_of
from selfeval.models import Evaluation, PartnerView, SelfEvaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """One criterion and where the organisation's own view of it stands."""

    evaluation: Evaluation
    view: PartnerView | None

    @property
    def state(self) -> str:
        if self.view is None:
            return "Not begun"
        return "Given" if self.view.submitted_at else "Draft"


def view_lines(cycle: SelfEvaluation, organisation: Organisation) -> list[ViewLine]:
    """Two queries."""
    own = {
        view.evaluation_id: view
        for view in PartnerView.objects.filter(evaluation__self_evaluation=cycle, organisation=organisation)
    }
    return [ViewLine(evaluation=row, view=own.get(row.pk)) for row in evaluations_of(cycle)]
