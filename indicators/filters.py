"""What people choose among the indicators. The queryset comes in already permitted."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators.models import Indicator, Observation

_SELECT = {"class": "govuk-select"}


class IndicatorFilter(filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    q = filters.CharFilter(label="Words", method="filter_words", widget=forms.TextInput(attrs={"class": "govuk-input"}))
    theme = filters.ChoiceFilter(label="Theme", empty_label="All themes", widget=forms.Select(attrs=_SELECT))
    source = filters.ChoiceFilter(
        label="Source",
        empty_label="Any source",
        choices=[("published", "Published"), ("local", "Our own"), ("none", "No source yet")],
        method="filter_source",
        widget=forms.Select(attrs=_SELECT),
    )

    class Meta:
        model = Indicator
        fields = ("q", "theme", "source")

    def __init__(self, *args: Any, own_code: str, themes: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own_code = own_code
        self.filters["theme"].extra["choices"] = [(theme, theme) for theme in themes]

    def filter_words(self, indicators: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        for word in value.split()[:6]:
            indicators = indicators.filter(
                Q(name__icontains=word) | Q(definition__icontains=word) | Q(code__icontains=word)
            )
        return indicators

    def filter_source(self, indicators: QuerySet[Indicator], name: str, value: str) -> QuerySet[Indicator]:
        own = Observation.objects.current().filter(indicator=OuterRef("pk"), area__code=self.own_code)
        if value == "none":
            return indicators.filter(~Exists(own))
        return indicators.filter(Exists(own), is_local=value == "local")
