"""Filters of the actions; they get a queryset that is already permitted."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.domain.roles import Permission
from accounts.models import User
from strategy.action_gather import ActionLine
from strategy.action_permissions import unowned
from strategy.domain.status import STATE_NAMES
from strategy.models import Action, Plan, PlanAction, Priority


class ActionFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Over actions; `narrow` then keeps the lines whose computed state was asked for."""

    q = django_filters.CharFilter(label="Words of the action", method="filter_words")
    state = django_filters.ChoiceFilter(
        label="State", choices=[(state.value, name) for state, name in STATE_NAMES.items()], method="filter_nothing"
    )
    plan = django_filters.ChoiceFilter(label="Plan", method="filter_plan")
    priority = django_filters.ChoiceFilter(label="Priority", method="filter_priority")
    lead = django_filters.ChoiceFilter(label="Lead", method="filter_lead")
    mine = django_filters.BooleanFilter(label="Mine", method="filter_mine", widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(label="Overdue", method="filter_nothing", widget=forms.CheckboxInput)
    unowned = django_filters.BooleanFilter(label="Nobody leads it", method="filter_unowned", widget=forms.CheckboxInput)
    undated = django_filters.BooleanFilter(label="No due date", method="filter_undated", widget=forms.CheckboxInput)

    class Meta:
        model = Action
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: User, without: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in without:
            del self.filters[name]
        plans = Plan.objects.filter(archived_at=None)
        standing = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        if Permission.READ_STRATEGY not in user.permissions:
            # A partner reads its own actions: no other plan or priority is named to it.
            own = self.queryset.order_by()
            plans = plans.filter(pk__in=PlanAction.objects.filter(action__in=own).values("plan"))
            standing = standing.filter(pk__in=own.values("aim__priority"))
        self._offer("plan", [(str(plan.pk), plan.title) for plan in plans])
        self._offer("priority", [(str(one.number), f"{one.number} {one.title}") for one in standing])
        leads = User.objects.filter(pk__in=self.queryset.order_by().values("lead")).order_by("name")
        self._offer("lead", [(str(one.pk), one.name) for one in leads])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if name in self.filters:
            self.filters[name].extra["choices"] = choices

    @property
    def is_filtered(self) -> bool:
        return any(self.data.get(name) for name in self.filters)

    def narrow(self, lines: tuple[ActionLine, ...]) -> tuple[ActionLine, ...]:
        """The lines whose computed state fits what was asked."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        state, is_overdue = data.get("state"), data.get("overdue")
        return tuple(
            line
            for line in lines
            if (not state or line.status.state == state) and (not is_overdue or line.status.is_overdue)
        )

    def filter_nothing(self, rows: QuerySet[Action], name: str, value: object) -> QuerySet[Action]:
        return rows

    def filter_words(self, rows: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        for word in value.split():
            rows = rows.filter(Q(text__icontains=word) | Q(detail__icontains=word))
        return rows

    def filter_plan(self, rows: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        return rows.filter(pk__in=Plan.objects.filter(pk=int(value)).values("memberships__action"))

    def filter_priority(self, rows: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        return rows.filter(aim__priority__number=int(value), aim__priority__strategy__is_current=True)

    def filter_lead(self, rows: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        return rows.filter(lead_id=int(value))

    def filter_mine(self, rows: QuerySet[Action], name: str, value: bool) -> QuerySet[Action]:
        return rows.filter(lead=self.user) if value else rows

    def filter_unowned(self, rows: QuerySet[Action], name: str, value: bool) -> QuerySet[Action]:
        return rows.filter(unowned()) if value else rows

    def filter_undated(self, rows: QuerySet[Action], name: str, value: bool) -> QuerySet[Action]:
        return rows.filter(due_on__isnull=True) if value else rows
