"""Filters of comments and activities; they get a queryset that is already permitted."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from framework.gather import current_framework
from framework.models import Criterion
from selfeval.gather.heard import unanswered
from selfeval.models import Channel, Comment, CommentState, ConsultationActivity, ConsultationRound, Response

COMMENT_STATES = [
    ("unanswered", "Without an answer"),
    ("answered", "Answered"),
    ("held", "Held: may name a child"),
    ("passed_on", "Passed to safeguarding"),
    ("withdrawn", "Withdrawn"),
]


def _criteria() -> list[tuple[str, str]]:
    framework = current_framework()
    rows = Criterion.objects.filter(framework=framework, is_archived=False) if framework else ()
    return [(one.code, str(one)) for one in rows]


class CommentFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Over comments; without a choice what was withdrawn stays out. Words are sought only where they may be read."""

    q = django_filters.CharFilter(label="Words", method="filter_words")
    state = django_filters.ChoiceFilter(label="State", choices=COMMENT_STATES, method="filter_state")
    consultation = django_filters.ModelChoiceFilter(label="Round", queryset=ConsultationRound.objects.all())
    criterion = django_filters.ChoiceFilter(label="Criterion", method="filter_criterion")
    group = django_filters.ChoiceFilter(label="Group", field_name="group")
    channel = django_filters.ChoiceFilter(label="Came", choices=Channel.choices)

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, readable: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readable = readable
        self.filters["criterion"].extra["choices"] = [("-", "In general"), *_criteria()]
        groups = self.queryset.order_by("group").values_list("group", flat=True).distinct()
        self.filters["group"].extra["choices"] = [(one, one) for one in groups if one]

    def filter_queryset(self, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.form.cleaned_data.get("state") != "withdrawn":
            queryset = queryset.exclude(state=CommentState.WITHDRAWN)
        filtered: QuerySet[Comment] = super().filter_queryset(queryset)
        return filtered

    def filter_words(self, rows: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        rows = rows.filter(self.readable)
        for word in value.split():
            rows = rows.filter(Q(text__icontains=word) | Q(author_name__icontains=word))
        return rows

    def filter_state(self, rows: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        if value == "unanswered":
            return rows.filter(pk__in=unanswered().values("pk"))
        if value == "answered":
            return rows.filter(pk__in=Response.objects.values("comment"))
        return rows.filter(state=value)

    def filter_criterion(self, rows: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        return rows.filter(criterion=None) if value == "-" else rows.filter(criterion__code=value)


class ActivityFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Over the log of activities; without a choice of the archive, what is archived stays out."""

    q = django_filters.CharFilter(label="Words", method="filter_words")
    group = django_filters.ChoiceFilter(label="Who took part", method="filter_group")
    kind = django_filters.ChoiceFilter(label="Kind", field_name="kind")
    criterion = django_filters.ChoiceFilter(label="Criterion", method="filter_criterion")
    archive = django_filters.ChoiceFilter(label="Archive", choices=[("yes", "In the archive")], method="filter_archive")

    class Meta:
        model = ConsultationActivity
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = list(self.queryset.order_by("pk").values_list("groups", "kind"))
        groups = sorted({line for text, _ in told for line in text.splitlines() if line})
        self.filters["group"].extra["choices"] = [(one, one) for one in groups]
        self.filters["kind"].extra["choices"] = [(one, one) for one in sorted({kind for _, kind in told if kind})]
        self.filters["criterion"].extra["choices"] = _criteria()

    def filter_queryset(self, queryset: QuerySet[ConsultationActivity]) -> QuerySet[ConsultationActivity]:
        if not self.form.cleaned_data.get("archive"):
            queryset = queryset.filter(archived_at=None)
        filtered: QuerySet[ConsultationActivity] = super().filter_queryset(queryset)
        return filtered

    def filter_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(themes__icontains=word) | Q(groups__icontains=word))
        return rows

    def filter_group(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(groups__contains=value)

    def filter_criterion(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(criteria__code=value).distinct()

    def filter_archive(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(archived_at__isnull=False)
