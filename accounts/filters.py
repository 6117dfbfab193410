"""Filters over lists of people and over the audit trail. Each gets a queryset that is already permitted."""

from typing import Any

import django_filters
from crispy_forms_gds.helper import FormHelper
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES
from accounts.models import AuditEvent, Organisation, RoleAssignment, User
from accounts.typed_fields import TypedDayField


class FilterForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DayFilter(django_filters.Filter):  # type: ignore[misc]  # the library ships no types
    """A day as people type it."""

    field_class = TypedDayField

    def __init__(self, **extra: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10"}), **extra)


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    q = django_filters.CharFilter(label="Name or e-mail", method="by_words")
    role = django_filters.ChoiceFilter(
        label="Role today",
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        method="by_role",
        empty_label="Any role",
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.all(), empty_label="Any organisation"
    )
    is_active = django_filters.ChoiceFilter(
        label="Account",
        choices=[("true", "Open"), ("false", "Closed")],
        empty_label="Open and closed",
        method="by_account",
    )

    class Meta:
        model = User
        fields = ("q", "role", "organisation", "is_active")
        form = FilterForm

    def by_account(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(is_active=value == "true")

    def by_words(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(Q(name__icontains=value) | Q(email__icontains=value))

    def by_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        held = RoleAssignment.objects.in_force(timezone.localdate()).filter(role=value)
        return people.filter(pk__in=held.values("user"))


class AuditFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    who = django_filters.CharFilter(label="Who", field_name="actor_label", lookup_expr="icontains")
    what = django_filters.CharFilter(label="What was done", method="by_what")
    thing_type = django_filters.ChoiceFilter(label="Kind of thing", choices=(), empty_label="Any kind")
    from_on = DayFilter(label="From", field_name="at", lookup_expr="date__gte")
    to_on = DayFilter(label="To", field_name="at", lookup_expr="date__lte")

    class Meta:
        model = AuditEvent
        fields = ("who", "what", "thing_type", "from_on", "to_on")
        form = FilterForm

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["thing_type"].extra["choices"] = kinds

    def by_what(self, events: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        return events.filter(Q(action__icontains=value) | Q(thing_label__icontains=value) | Q(text__icontains=value))
