"""The kinds of rows that people edit in place: one table that the addresses, forms and pages read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from strategy import forms, plan_forms
from strategy.models import (
    Action,
    Aim,
    Answer,
    AreaForImprovement,
    Board,
    Challenge,
    Enabler,
    KeptRow,
    LinkedDocument,
    Measure,
    Plan,
    Principle,
    Priority,
    Strategy,
    SuccessMeasure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKind:
    """`parent`: the model that a new row belongs to; `within`: what to fetch with a row for its page and its parent."""

    slug: str
    noun: str
    model: type[KeptRow]
    form: type[forms.RowForm]
    parent: type[Model] | None
    page: Callable[[Any], str]
    within: tuple[str, ...] = ()


def anchor(row: KeptRow) -> str:
    """The id of a row on its page."""
    return f"{row._meta.model_name}-{row.pk}"


def _about(row: Model) -> str:
    return reverse("strategy:detail-show")


def _challenges(row: Model) -> str:
    return reverse("strategy:challenge-list")


def _priority(priority: Priority) -> str:
    return reverse("strategy:priority-show", args=[priority.number])


KINDS: dict[str, RowKind] = {
    kind.slug: kind
    for kind in (
        RowKind(
            slug="principle", noun="principle", model=Principle, form=forms.TitledForm, parent=Strategy, page=_about
        ),
        RowKind(slug="enabler", noun="enabler", model=Enabler, form=forms.TitledForm, parent=Strategy, page=_about),
        RowKind(
            slug="linked",
            noun="linked document",
            model=LinkedDocument,
            form=forms.LinkedForm,
            parent=Strategy,
            page=_about,
        ),
        RowKind(
            slug="success",
            noun="success measure",
            model=SuccessMeasure,
            form=forms.SuccessForm,
            parent=Strategy,
            page=_about,
        ),
        RowKind(
            slug="challenge",
            noun="challenge",
            model=Challenge,
            form=forms.ChallengeForm,
            parent=Strategy,
            page=_challenges,
        ),
        RowKind(
            slug="priority", noun="priority", model=Priority, form=forms.PriorityForm, parent=Strategy, page=_priority
        ),
        RowKind(
            slug="answer",
            noun="answer",
            model=Answer,
            form=forms.AnswerForm,
            parent=Priority,
            page=lambda row: _priority(row.priority),
            within=("priority",),
        ),
        RowKind(
            slug="aim",
            noun="aim",
            model=Aim,
            form=forms.AimForm,
            parent=Priority,
            page=lambda row: _priority(row.priority),
            within=("priority",),
        ),
        RowKind(
            slug="measure",
            noun="measure",
            model=Measure,
            form=forms.MeasureForm,
            parent=Aim,
            page=lambda row: _priority(row.aim.priority),
            within=("aim__priority",),
        ),
        RowKind(
            slug="board",
            noun="board",
            model=Board,
            form=forms.BoardForm,
            parent=None,
            page=lambda row: reverse("strategy:board-list"),
        ),
        RowKind(
            slug="plan",
            noun="plan",
            model=Plan,
            form=plan_forms.PlanForm,
            parent=None,
            page=lambda row: reverse("strategy:plan-show", args=[row.pk]),
        ),
        RowKind(
            slug="action",
            noun="action",
            model=Action,
            form=plan_forms.ActionForm,
            parent=None,
            page=lambda row: reverse("strategy:action-show", args=[row.pk]),
            within=("aim__priority", "lead", "organisation"),
        ),
        RowKind(
            slug="area",
            noun="area for improvement",
            model=AreaForImprovement,
            form=plan_forms.AreaForm,
            parent=None,
            page=lambda row: reverse("strategy:area-show", args=[row.pk]),
        ),
    )
}
BY_MODEL = {kind.model: kind for kind in KINDS.values()}
