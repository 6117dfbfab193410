"""What people choose among published inspections."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from inspection.gather.published import Here
from inspection.models import PublishedInspection
from inspection.models.published import OUTCOMES

_SELECT = {"class": "govuk-select"}
_INPUT = {"class": "govuk-input"}
Visits = QuerySet[PublishedInspection]


class PublishedFilter(filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    q = filters.CharFilter(label="Area", field_name="area__name", lookup_expr="icontains",
                           widget=forms.TextInput(attrs=_INPUT))  # fmt: skip
    region = filters.ChoiceFilter(
        label="Region", field_name="area__region", empty_label="All regions", widget=forms.Select(attrs=_SELECT)
    )
    outcome = filters.ChoiceFilter(
        label="Outcome", choices=OUTCOMES, empty_label="Any outcome", widget=forms.Select(attrs=_SELECT)
    )
    near = filters.ChoiceFilter(
        label="Which areas",
        choices=[("neighbours", "Our neighbours")],
        empty_label="All areas",
        method="filter_near",
        widget=forms.Select(attrs=_SELECT),
    )
    year = filters.ChoiceFilter(
        label="Year", method="filter_year", empty_label="Any year", widget=forms.Select(attrs=_SELECT)
    )

    class Meta:
        model = PublishedInspection
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, own: Here, regions: list[str], years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = own
        self.filters["region"].extra["choices"] = [(name, name) for name in regions]
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def filter_near(
        self, visits: QuerySet[PublishedInspection], name: str, value: str
    ) -> QuerySet[PublishedInspection]:
        return visits.filter(area__code__in=self.own.neighbour_codes)

    def filter_year(
        self, visits: QuerySet[PublishedInspection], name: str, value: str
    ) -> QuerySet[PublishedInspection]:
        return visits.filter(published_on__year=int(value))
