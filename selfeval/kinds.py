"""The kinds of rows that people edit in place: one table that the addresses, forms and pages read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from selfeval.forms import rows as forms
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    DataGap,
    Evaluation,
    LensChapter,
    Section,
    SelfEvaluation,
    Strength,
)
from selfeval.models.written import WrittenRow
from strategy.forms import RowForm


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKind:
    """`parent`: the model that a new row belongs to, None where none is added by hand; `within`: what to fetch with a
    row for its page and its rights."""

    slug: str
    noun: str
    model: type[WrittenRow]
    form: type[RowForm]
    parent: type[Model] | None
    page: Callable[[Any], str]
    within: tuple[str, ...]


def anchor(row: WrittenRow) -> str:
    """The id of a row on its page."""
    return f"{row._meta.model_name}-{row.pk}"


def _cycle(row: Any) -> str:
    return f"{reverse('selfeval:cycle-show', args=[row.self_evaluation_id])}#{anchor(row)}"


def _judgement(row: Any) -> str:
    return f"{reverse('selfeval:evaluation-show', args=[row.evaluation_id])}#{anchor(row)}"


_OF_CYCLE = ("self_evaluation__framework",)
_OF_EVALUATION = ("evaluation__self_evaluation", "evaluation__criterion")
KINDS: dict[str, RowKind] = {
    kind.slug: kind
    for kind in (
        RowKind(
            slug="section",
            noun="section",
            model=Section,
            form=forms.SectionForm,
            parent=SelfEvaluation,
            page=_cycle,
            within=_OF_CYCLE,
        ),
        RowKind(
            slug="chapter",
            noun="chapter",
            model=LensChapter,
            form=forms.ChapterForm,
            parent=None,
            page=_cycle,
            within=(*_OF_CYCLE, "lens"),
        ),
        RowKind(
            slug="gap",
            noun="gap in the data",
            model=DataGap,
            form=forms.GapForm,
            parent=SelfEvaluation,
            page=lambda row: f"{reverse('selfeval:gap-list', args=[row.self_evaluation_id])}#{anchor(row)}",
            within=_OF_CYCLE,
        ),
        RowKind(
            slug="event",
            noun="event",
            model=CycleEvent,
            form=forms.EventForm,
            parent=SelfEvaluation,
            page=lambda row: reverse("selfeval:event-show", args=[row.pk]),
            within=_OF_CYCLE,
        ),
        RowKind(
            slug="strength",
            noun="strength",
            model=Strength,
            form=forms.StrengthForm,
            parent=Evaluation,
            page=_judgement,
            within=_OF_EVALUATION,
        ),
        RowKind(
            slug="area",
            noun="area for development",
            model=AreaForDevelopment,
            form=forms.AreaForm,
            parent=Evaluation,
            page=_judgement,
            within=_OF_EVALUATION,
        ),
    )
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}
