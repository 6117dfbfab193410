"""Filters of long lists; each gets an already permitted queryset."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from documents.exports import kinds
from documents.models import Export
from documents.models.jobs import STATE_CHOICES

_SELECT = {"class": "govuk-select"}


class ExportFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    kind = django_filters.ChoiceFilter(label="What", empty_label="Everything", widget=forms.Select(attrs=_SELECT))
    state = django_filters.ChoiceFilter(
        label="State", choices=STATE_CHOICES, empty_label="Any state", widget=forms.Select(attrs=_SELECT)
    )
    ordered = django_filters.ChoiceFilter(
        label="Ordered by",
        choices=[("me", "Me")],
        empty_label="Anybody",
        method="only_mine",
        widget=forms.Select(attrs=_SELECT),
    )

    class Meta:
        model = Export
        fields = ("kind", "state", "ordered")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = [(code, kind.title) for code, kind in kinds().items()]

    def only_mine(self, exports: QuerySet[Export], name: str, value: str) -> QuerySet[Export]:
        return exports.filter(ordered_by=self.request.user) if value == "me" else exports


class RecordFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[("held", "Under legal hold"), ("dated", "With a date"), ("erased", "Erased")],
        empty_label="Everything that is kept",
        method="only",
        widget=forms.Select(attrs=_SELECT),
    )

    def only(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        match value:
            case "held":
                return rows.filter(has_legal_hold=True)
            case "dated":
                return rows.filter(keep_until_on__isnull=False, erased_at__isnull=True).order_by("keep_until_on")
            case _:
                return rows.filter(erased_at__isnull=False)

    @property
    def qs(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().qs
        return rows if self.data.get("show") else rows.filter(erased_at__isnull=True)
