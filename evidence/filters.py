"""Filters of the evidence log; they get a queryset that is already permitted."""

import re
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from evidence.domain.deidentification import KINDS_TO_CHECK
from evidence.domain.revisions import STATE_NAMES, State
from evidence.models import (
    Evidence,
    EvidenceKind,
    EvidenceQuerySet,
    EvidenceRevision,
    LensLink,
    Marking,
    PointLink,
)
from evidence.publishing import has_clear_check
from evidence.search import find
from framework.gather import current_framework
from framework.models import Criterion, CriterionPoint, LensStatement

ARCHIVED = "archived"
STATE_CHOICES = [
    *((state.value, name) for state, name in STATE_NAMES.items() if state is not State.SUPERSEDED),
    (ARCHIVED, "In the archive"),
]


class EvidenceFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Over items from `gather.log_of`; without a choice of the archive, what is archived stays out."""

    q = django_filters.CharFilter(label="Words, also inside files, or a number such as E12", method="filter_words")
    kind = django_filters.ChoiceFilter(label="Kind", choices=EvidenceKind.choices)
    organisation = django_filters.ModelChoiceFilter(
        label="Partner", queryset=Organisation.objects.all(), null_label="The partnership"
    )
    criterion = django_filters.ChoiceFilter(label="Criterion", method="filter_criterion")
    point = django_filters.ChoiceFilter(label="Point", method="filter_point")
    lens = django_filters.ChoiceFilter(label="Lens", method="filter_lens")
    state = django_filters.ChoiceFilter(label="State", choices=STATE_CHOICES, method="filter_state")
    marking = django_filters.ChoiceFilter(label="Who may see it", choices=Marking.choices)
    unchecked = django_filters.BooleanFilter(
        label="A second person has yet to look whether anybody can be recognised",
        method="filter_unchecked",
        widget=forms.CheckboxInput,
    )
    mine = django_filters.BooleanFilter(label="Mine", method="filter_mine", widget=forms.CheckboxInput)
    stale = django_filters.BooleanFilter(
        label="Its review is overdue", method="filter_stale", widget=forms.CheckboxInput
    )

    class Meta:
        model = Evidence
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        framework = current_framework()
        criteria = Criterion.objects.filter(framework=framework, is_archived=False) if framework else ()
        self.filters["criterion"].extra["choices"] = [(one.code, str(one)) for one in criteria]
        points = CriterionPoint.objects.filter(framework=framework, is_archived=False) if framework else ()
        self.filters["point"].extra["choices"] = [(one.code, str(one)) for one in points]
        statements = LensStatement.objects.filter(framework=framework, is_archived=False) if framework else ()
        self.filters["lens"].extra["choices"] = [(one.code, str(one)) for one in statements]

    def filter_queryset(self, queryset: QuerySet[Evidence]) -> QuerySet[Evidence]:
        if self.form.cleaned_data.get("state") != ARCHIVED:
            queryset = queryset.filter(archived_at__isnull=True)
        filtered: QuerySet[Evidence] = super().filter_queryset(queryset)
        return filtered

    def filter_words(self, rows: EvidenceQuerySet, name: str, value: str) -> QuerySet[Evidence]:
        number = re.fullmatch(r"[eE](\d{1,9})", value.strip())
        if number:
            return rows.filter(number=int(number[1]))
        return find(rows, value)

    def filter_criterion(self, rows: QuerySet[Evidence], name: str, value: str) -> QuerySet[Evidence]:
        links = PointLink.objects.filter(point__criterion__code=value, point__framework__is_current=True)
        return rows.filter(pk__in=links.values("evidence"))

    def filter_lens(self, rows: QuerySet[Evidence], name: str, value: str) -> QuerySet[Evidence]:
        links = LensLink.objects.filter(statement__code=value, statement__framework__is_current=True)
        return rows.filter(pk__in=links.values("evidence"))

    def filter_unchecked(self, rows: QuerySet[Evidence], name: str, value: bool) -> QuerySet[Evidence]:
        """Told about people, handed over or approved, and not found clear as it stands: decided as publishing does."""
        if not value:
            return rows
        waiting = EvidenceRevision.objects.filter(
            evidence__kind__in=KINDS_TO_CHECK, state__in=[State.SUBMITTED.value, State.APPROVED.value]
        )
        read = waiting.select_related("evidence").prefetch_related("files__stored", "deidentification_checks")
        return rows.filter(pk__in={each.evidence_id for each in read if not has_clear_check(each.evidence, each)})

    def filter_point(self, rows: QuerySet[Evidence], name: str, value: str) -> QuerySet[Evidence]:
        links = PointLink.objects.filter(point__code=value, point__framework__is_current=True)
        return rows.filter(pk__in=links.values("evidence"))

    def filter_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == ARCHIVED:
            return rows.filter(archived_at__isnull=False)
        if value == State.APPROVED:
            return rows.filter(has_approved=True)
        return rows.filter(newest_state=value)

    def filter_mine(self, rows: QuerySet[Evidence], name: str, value: bool) -> QuerySet[Evidence]:
        return rows.filter(Q(owner=self.user) | Q(added_by=self.user)) if value else rows

    def filter_stale(self, rows: QuerySet[Evidence], name: str, value: bool) -> QuerySet[Evidence]:
        return rows.filter(review_by_on__lt=self.today) if value else rows
