"""What of the coverage grid somebody wants to see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from selfeval.domain.coverage import ONLY_NAMES, Only
from selfeval.gather.coverage import CoverageNow
from selfeval.presenters.coverage import Choice

BY_PARTNER = "partner"
ANY = ("", "Any")


class CoverageForm(forms.Form):
    """A choice that nothing knows is left aside, as in every filter."""

    criterion = forms.ChoiceField(label="Criterion", required=False)
    kind = forms.ChoiceField(label="Kind of evidence", required=False)
    partner = forms.ChoiceField(label="Partner", required=False)
    only = forms.ChoiceField(
        label="Points", required=False, choices=[ANY, *((only.value, name) for only, name in ONLY_NAMES.items())]
    )
    by = forms.ChoiceField(label="Columns", required=False, choices=[("kind", "By kind"), (BY_PARTNER, "By partner")])

    def __init__(self, data: QueryDict, *, now: CoverageNow) -> None:
        super().__init__(data)
        choices: dict[str, Any] = {
            "criterion": [(one.code, str(one)) for one, _ in now.criteria],
            "kind": list(now.kinds.items()),
            "partner": [(name, name) for name in now.partners],
        }
        for name, known in choices.items():
            self.fields[name].choices = [ANY, *known]  # type: ignore[attr-defined]  # a choice field
        self.is_valid()

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("criterion", "kind", "partner", "only"))

    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(
            criterion=data.get("criterion", ""),
            kind=data.get("kind", ""),
            partner=data.get("partner", ""),
            only=Only(data["only"]) if data.get("only") else None,
            by_partner=data.get("by") == BY_PARTNER,
        )
