"""Filters of the long lists; each gets a queryset that is already permitted."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.models import User
from framework.models import RequestItem
from inspection.domain.submissions import STATE_NAMES, State
from inspection.gather.items import EMPTY
from inspection.models import ItemOwner

STATE_CHOICES = [
    (EMPTY, "Nothing yet"),
    *((state.value, name) for state, name in STATE_NAMES.items() if state is not State.SUPERSEDED),
]
NOBODY = "nobody"


class ItemFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Over items annotated by `gather.items.with_standing`."""

    q = django_filters.CharFilter(label="Words in the title", method="filter_words")
    state = django_filters.ChoiceFilter(label="State", field_name="newest_state", choices=STATE_CHOICES)
    owner = django_filters.ChoiceFilter(label="Owner", method="filter_owner")
    group = django_filters.ChoiceFilter(label="Group")
    health = django_filters.BooleanFilter(
        label="Health items only", field_name="is_health_item", method="filter_health", widget=forms.CheckboxInput
    )
    changed = django_filters.BooleanFilter(
        label="Changed since I last looked", method="filter_changed", widget=forms.CheckboxInput
    )

    class Meta:
        model = RequestItem
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: User, looked_at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.looked_at = user, looked_at
        groups = self.queryset.order_by("group").values_list("group", flat=True).distinct()
        self.filters["group"].extra["choices"] = [(group, group) for group in groups]
        owners = ItemOwner.objects.filter(item__in=self.queryset.values("pk")).select_related("owner")
        names = sorted({(str(row.owner_id), row.owner.name) for row in owners}, key=lambda pair: pair[1])
        self.filters["owner"].extra["choices"] = [("me", "Me"), (NOBODY, "Nobody"), *names]

    def filter_words(self, items: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in value.split():
            items = items.filter(Q(title__icontains=word) | Q(code__icontains=word) | Q(description__icontains=word))
        return items

    def filter_owner(self, items: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == NOBODY:
            return items.filter(owner_id__isnull=True)
        return items.filter(owner_id=self.user.pk if value == "me" else int(value))

    def filter_health(self, items: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return items.filter(is_health_item=True) if value else items

    def filter_changed(self, items: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        if not value or self.looked_at is None:
            return items
        return items.filter(moved_at__gt=self.looked_at)
