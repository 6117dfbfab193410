"""Which indicators stand side by side."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict

from indicators.models import Indicator

MOST = 25


class CompareForm(forms.Form):
    """Ticked indicators. Whatever is no indicator counts as not ticked; beyond the most, the rest is left out."""

    indicator = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **options: Any) -> None:
        super().__init__(*args, **options)
        self.indicators = indicators

    def _ticked(self) -> list[str]:
        return self.data.getlist("indicator") if isinstance(self.data, QueryDict) else []

    @property
    def is_too_many(self) -> bool:
        return len(self._ticked()) > MOST

    def chosen(self) -> list[Indicator]:
        ticked = set(self._ticked())
        return [one for one in self.indicators if one.code in ticked][:MOST]

    def by_theme(self) -> list[tuple[str, list[tuple[Indicator, bool]], int]]:
        """Each theme with its indicators, whether they are ticked, and how many are."""
        ticked = set(self._ticked())
        found = []
        for theme, group in groupby(self.indicators, key=lambda one: one.theme):
            choices = [(one, one.code in ticked) for one in group]
            found.append((theme or "Other", choices, sum(is_ticked for _, is_ticked in choices)))
        return found
