"""Areas for improvement that inspectors named: since when they are known, what answers them, what changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from evidence.models import Evidence
from framework.models import CriterionPoint
from indicators.models import Indicator
from strategy.models.actions import Action
from strategy.models.kept import KeptRow


class AreaForImprovement(KeptRow):
    """One area for improvement of a report. The inspectors' exact words are the council's to fill in."""

    short_name = models.CharField(max_length=200)
    inspectors_words = models.TextField(blank=True)
    report = models.CharField(max_length=200)
    report_on = models.DateField("published on", null=True, blank=True)
    page = models.CharField(max_length=20, blank=True)
    known_since_on = models.DateField("known since", null=True, blank=True)
    known_how = models.TextField(blank=True)
    done = models.TextField(blank=True)
    changed = models.TextField(blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = "area for improvement"
        verbose_name_plural = "areas for improvement"

    def __str__(self) -> str:
        return self.short_name


class AreaAction(models.Model):
    """That an action answers an area for improvement."""

    area = models.ForeignKey(AreaForImprovement, models.CASCADE, related_name="action_links")
    action = models.ForeignKey(Action, models.CASCADE, related_name="area_links")

    class Meta:
        ordering: ClassVar = ["area", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "action"], name="action_once_in_area")]

    def __str__(self) -> str:
        return f"{self.action} for {self.area}"


class AreaIndicator(models.Model):
    """That an indicator shows whether an area for improvement has changed."""

    area = models.ForeignKey(AreaForImprovement, models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["area", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "indicator"], name="indicator_once_in_area")]

    def __str__(self) -> str:
        return f"{self.indicator} for {self.area}"


class AreaPoint(models.Model):
    """That an area for improvement lies at a point of the criteria."""

    area = models.ForeignKey(AreaForImprovement, models.CASCADE, related_name="point_links")
    point = models.ForeignKey(CriterionPoint, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["point__criterion__order", "point__order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "point"], name="point_once_in_area")]

    def __str__(self) -> str:
        return f"{self.point.code} of {self.area}"


class AreaEvidence(models.Model):
    """That an item of the evidence log shows how an area for improvement stands."""

    area = models.ForeignKey(AreaForImprovement, models.CASCADE, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    relevance = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["evidence__number"]
        verbose_name = "evidence of an area for improvement"
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "evidence"], name="evidence_once_in_area")]

    def __str__(self) -> str:
        return f"{self.evidence.code} for {self.area}"
