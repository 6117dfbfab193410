"""Values → the words of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Manager, Model
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.urls import reverse

from strategy.domain.boards import BoardFact
from strategy.forms import RowForm
from strategy.models import Board


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One field in which two saves differ."""

    label: str
    theirs: str
    yours: str


def strategy_crumb() -> dict[str, str]:
    return {"label": "Strategy", "url": reverse("strategy:strategy-show")}


def differing_fields(theirs: Model, form: RowForm) -> tuple[Differing, ...]:
    """Where what somebody saved and what stands in the form differ, in words."""
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        if name == "version":
            continue
        saved, typed = _said(getattr(theirs, name)), _said(form.cleaned_data.get(name, form.data.get(name)))
        if isinstance(field, ModelChoiceField | ModelMultipleChoiceField) or saved != typed:
            choices = dict(getattr(field, "choices", ())) if not isinstance(field, ModelChoiceField) else {}
            saved, typed = choices.get(saved, saved), choices.get(typed, typed)
        if saved != typed:
            found.append(Differing(label=str(field.label), theirs=str(saved), yours=str(typed)))
    return tuple(found)


def _said(value: Any) -> str:
    if isinstance(value, Manager):
        value = value.all()
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, str | int | Model):
        return str(value).replace("\r\n", "\n")
    return "\n".join(str(each) for each in value)


def span_of(from_on: date | None, to_on: date | None) -> str:
    """“since 30 March 2023”, “until …”, “1 April 2022 to 29 March 2023”; empty when neither day is known."""
    if from_on and to_on:
        return f"{from_on:%-d %B %Y} to {to_on:%-d %B %Y}"
    if from_on:
        return f"since {from_on:%-d %B %Y}"
    return f"until {to_on:%-d %B %Y}" if to_on else ""


def board_facts(boards: list[Board], today: date) -> list[BoardFact]:
    """What the chart says of each board."""
    return [
        BoardFact(
            pk=board.pk,
            name=board.name,
            kind=board.get_kind_display(),
            chair=board.chair,
            span=span_of(board.from_on, board.to_on),
            purpose=board.purpose,
            known_as=tuple(
                f"{former.name} ({span})" if (span := span_of(former.from_on, former.to_on)) else former.name
                for former in board.former_names.all()
            ),
            reports_to=board.reports_to_id,
            is_in_force=board.is_in_force(today),
        )
        for board in boards
    ]
