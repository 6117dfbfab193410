"""Words for the pages of what was heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which two people's texts differ, for the page of a conflict."""

    label: str
    theirs: str
    yours: str


def differing(form: forms.Form, theirs: Mapping[str, object]) -> tuple[Differing, ...]:
    """The fields of a filled-in form that differ from what somebody else saved meanwhile."""
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        if name == "version":
            continue
        mine, stands = form.cleaned_data.get(name), theirs.get(name)
        if _words(mine) != _words(stands):
            found.append(Differing(label=str(field.label), theirs=_words(stands), yours=_words(mine)))
    return tuple(found)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str | int | Model):
        return "\n".join(str(value).splitlines()).strip()
    return ", ".join(sorted(str(one) for one in value))
