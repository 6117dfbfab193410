"""What inspectors published about every area, and the words by which their reports are read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.models import Job, StoredFile
from indicators.models import Area
from inspection.domain.reports.facts import PublishedKind, VisitFacts
from inspection.domain.reports.lists import LIST_NAMES, ListKind
from inspection.domain.reports.windows import TermName

PUBLISHED_KINDS = [(PublishedKind.FULL.value, "Full inspection"), (PublishedKind.MONITORING.value, "Monitoring visit")]
OUTCOMES = [(1, "1: typically positive"), (2, "2: inconsistent"), (3, "3: widespread or systemic failings")]


class PublishedInspection(models.Model):
    """One visit to one area as it was published: what counts of all that was said of it.

    `edited_at` is set when a person puts it right: files and reports then add what they say, and change nothing here.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PUBLISHED_KINDS, default=PublishedKind.FULL.value)
    started_on = models.DateField("first day on site", null=True, blank=True)
    ended_on = models.DateField("last day on site", null=True, blank=True)
    published_on = models.DateField("published", null=True, blank=True, db_index=True)
    outcome = models.PositiveSmallIntegerField(choices=OUTCOMES, null=True, blank=True)
    next_months = models.PositiveSmallIntegerField("next visit within, months", null=True, blank=True)
    next_activity = models.TextField("what the report says comes next", blank=True)
    previous_started_on = models.DateField("first day of the visit before", null=True, blank=True)
    previous_ended_on = models.DateField("last day of the visit before", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    report = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["-published_on", "-started_on", "area"]

    def __str__(self) -> str:
        day = self.started_on or self.published_on
        return f"{self.area}, {day:%B %Y}" if day else str(self.area)

    def facts(self) -> VisitFacts:
        """Its values; the area has to be fetched with it."""
        return VisitFacts(
            area=self.area.code,
            kind=PublishedKind(self.kind),
            started_on=self.started_on,
            ended_on=self.ended_on,
            published_on=self.published_on,
            outcome=self.outcome,
            next_months=self.next_months,
            previous_started_on=self.previous_started_on,
            previous_ended_on=self.previous_ended_on,
        )


class PublishedSaying(models.Model):
    """What one source says of one fact of a visit. Where two say different things, both stay and both are shown."""

    inspection = models.ForeignKey(PublishedInspection, models.CASCADE, related_name="sayings")
    source = models.CharField(max_length=300)
    field = models.CharField(max_length=30)
    value = models.CharField("value, days as ISO", max_length=40)
    is_report = models.BooleanField("the report itself says it", default=False)

    class Meta:
        ordering: ClassVar = ["inspection", "field", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "source", "field"], name="said_once_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value} ({self.source})"


class PublishedTodo(models.Model):
    """One area for improvement or priority action, in the words of the report."""

    inspection = models.ForeignKey(PublishedInspection, models.CASCADE, related_name="todos")
    kind = models.CharField(
        max_length=12, choices=[("improvement", "Area for improvement"), ("priority", "Area for priority action")]
    )
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    responsible = models.TextField("responsible bodies", blank=True)
    page = models.PositiveSmallIntegerField("page of the report", default=1)

    class Meta:
        ordering: ClassVar = ["inspection", "-kind", "order"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"


TIE_STATES = [
    ("read", "Found by its words"),
    ("confirmed", "Confirmed by a person"),
    ("added", "Added by a person"),
    ("removed", "Taken out by a person"),
]


class TodoTie(models.Model):
    """That a text is about a criterion or a theme, by which of its words. What a person decided outlives new lists."""

    todo = models.ForeignKey(PublishedTodo, models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=10, choices=[("criterion", "Criterion"), ("theme", "Theme")])
    code = models.CharField(max_length=80)
    because = models.JSONField("words of the text", default=list, blank=True)
    state = models.CharField(max_length=10, choices=TIE_STATES, default="read")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["todo", "kind", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["todo", "kind", "code"], name="todo_tied_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "code"], name="ties_by_code")]

    def __str__(self) -> str:
        return f"{self.code} ({', '.join(self.because)})"


class ReportWords(models.Model):
    """One list of words, a phrase on each line. A `*` at the end of a word stands for any ending.

    `edited_at` is set on the admin site: loading the file again leaves such a list alone.
    """

    kind = models.CharField(max_length=15, choices=[(kind.value, name) for kind, name in LIST_NAMES.items()])
    code = models.CharField(
        "whose words",
        max_length=80,
        blank=True,
        help_text="The part (outcome, improvement, priority, end), the outcome (1–3), the criterion or the theme.",
    )
    words = models.TextField(help_text="One phrase on each line. A * at the end of a word stands for any ending.")
    order = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["kind", "order", "code"]
        verbose_name = "list of words of reports"
        verbose_name_plural = "lists of words of reports"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "code"], name="report_words_once")]

    def __str__(self) -> str:
        name = LIST_NAMES[ListKind(self.kind)] if self.kind else "New list"
        return f"{name}: {self.code}" if self.code else name

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.words.splitlines() if line.strip())


class TermPattern(models.Model):
    """One line of a region's pattern of one visit a term: the second way to expect the next visit."""

    region = models.CharField(max_length=60)
    made_on = models.DateField("pattern made on")
    source = models.CharField(max_length=300, blank=True)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    was_on = models.DateField("visit before", null=True, blank=True)
    term = models.CharField(max_length=10, choices=[(name.value, name.capitalize()) for name in TermName])
    year = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["region", "year", "id"]
        verbose_name = "line of a pattern of visits"
        verbose_name_plural = "lines of patterns of visits"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "made_on", "area"], name="area_once_in_pattern"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.get_term_display()} {self.year}"


class ReportReading(Job):
    """One uploaded report: read in the background, looked at by a person, then stored or put aside."""

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    result = models.JSONField("what was read", default=dict)
    standing = models.CharField(
        max_length=10,
        choices=[("waiting", "To be looked at"), ("stored", "Stored"), ("aside", "Put aside")],
        default="waiting",
    )
    inspection = models.ForeignKey(PublishedInspection, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-ordered_at", "-id"]

    def __str__(self) -> str:
        return f"Reading {self.pk} of a report"
