"""The parts with which a cycle is laid out. Call it inside the transaction of an action that is permitted."""

from typing import Any

from framework.models import Lens
from selfeval.domain.parts import PARTS
from selfeval.gather.carrying import criteria_of
from selfeval.models import Evaluation, LensChapter, Section, SelfEvaluation


def lay_out(cycle: SelfEvaluation, *, changed: dict[str, Any]) -> None:
    """The empty parts, chapters and criteria that a cycle lacks, in four queries and no change to what stands."""
    standing = set(Section.objects.filter(self_evaluation=cycle).values_list("code", flat=True))
    Section.objects.bulk_create(
        Section(self_evaluation=cycle, code=part.code, title=part.title, phase=part.phase, order=order, **changed)
        for order, part in enumerate(PARTS, 1)
        if part.code not in standing
    )
    lenses = set(LensChapter.objects.filter(self_evaluation=cycle).values_list("lens_id", flat=True))
    LensChapter.objects.bulk_create(
        LensChapter(self_evaluation=cycle, lens=lens, **changed)
        for lens in Lens.objects.filter(framework=cycle.framework, is_archived=False)
        if lens.pk not in lenses
    )
    criteria = set(Evaluation.objects.filter(self_evaluation=cycle).values_list("criterion_id", flat=True))
    Evaluation.objects.bulk_create(
        Evaluation(self_evaluation=cycle, criterion=criterion, **changed)
        for criterion in criteria_of(cycle.framework)
        if criterion.pk not in criteria
    )
