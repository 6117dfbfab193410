"""Priorities with their aims and measures, and what was asked, done and achieved before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, User
from indicators.models import Indicator
from strategy.models.kept import ExtractedRow, KeptRow
from strategy.models.strategy import Strategy


class Priority(KeptRow):
    """One priority of a strategy. `number` is how people call it; it orders the priorities too."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    lead = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    lead_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(KeptRow.Meta):
        ordering: ClassVar = ["number", "pk"]
        verbose_name_plural = "priorities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                condition=models.Q(archived_at__isnull=True),
                name="priority_number_once_in_strategy",
            ),
        ]

    def __str__(self) -> str:
        return f"Priority {self.number}: {self.title}"


class Verdict(models.TextChoices):
    ACHIEVED = "achieved", "Achieved"
    PARTLY = "partly", "Partly achieved"
    NOT_ACHIEVED = "not_achieved", "Not achieved"
    NOT_KNOWN = "not_known", "Not known"


class Answer(ExtractedRow):
    """You asked, so we did, and what came of it: with the figure and its period where there is one."""

    priority = models.ForeignKey(Priority, models.CASCADE, related_name="answers")
    you_asked = models.TextField(blank=True)
    so_we_did = models.TextField(blank=True)
    result = models.TextField(blank=True)
    figure = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices, default=Verdict.NOT_KNOWN)

    def __str__(self) -> str:
        return self.you_asked or self.so_we_did


class Aim(ExtractedRow):
    """What a priority wants to achieve."""

    priority = models.ForeignKey(Priority, models.CASCADE, related_name="aims")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta(ExtractedRow.Meta):
        ordering: ClassVar = ["priority__number", "number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["priority", "number"],
                condition=models.Q(archived_at__isnull=True),
                name="aim_number_once_in_priority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"

    @property
    def ref(self) -> str:
        """“3.2”: the second aim of priority 3. Fetch the priority with it."""
        return f"{self.priority.number}.{self.number}"


class MeasureKind(models.TextChoices):
    FIGURE = "figure", "Figure"
    SURVEY = "survey", "Survey"
    DELIVERABLE = "deliverable", "Deliverable"
    QUALITATIVE = "qualitative", "Qualitative"


class Measure(ExtractedRow):
    """How the partnership knows that an aim is reached."""

    aim = models.ForeignKey(Aim, models.CASCADE, related_name="measures")
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=MeasureKind.choices)
    how = models.TextField("how it is measured", blank=True)
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, blank=True, related_name="+")
    baseline_value = models.CharField("baseline", max_length=60, blank=True)
    baseline_period = models.CharField(max_length=60, blank=True)
    target_value = models.CharField("target", max_length=60, blank=True)
    target_by_on = models.DateField("target by", null=True, blank=True)

    def __str__(self) -> str:
        return self.text
