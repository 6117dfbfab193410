"""What an item speaks to: points of the criteria, statements of a lens."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from evidence.models.items import Evidence
from framework.models import CriterionPoint, LensStatement


class PointLink(models.Model):
    """That an item speaks to a point of a criterion, and how."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="point_links")
    point = models.ForeignKey(CriterionPoint, models.PROTECT, related_name="+")
    relevance = models.CharField(max_length=500)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["point__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "point"], name="point_once_in_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.code} on {self.point.code}"


class LensLink(models.Model):
    """That an item speaks to a statement of a lens, and how."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="lens_links")
    statement = models.ForeignKey(LensStatement, models.PROTECT, related_name="+")
    relevance = models.CharField(max_length=500)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["statement__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "statement"], name="statement_once_in_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.code} on {self.statement.code}"
