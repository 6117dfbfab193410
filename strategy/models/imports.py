"""A workbook or a Word document that somebody wants to read into the strategy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import StoredFile


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "Previewed"
    TAKEN = "taken", "Taken over"
    DROPPED = "dropped", "Dropped"


class StrategyImport(models.Model):
    """A file between preview and confirmation. Until it is confirmed, no row of the strategy changes.

    `fingerprint` is that of the strategy that the preview was shown against: when it has moved on, the preview is
    shown again before anything is taken.
    """

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PREVIEWED)
    fingerprint = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField("rows by what was done with them", default=dict)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.stored.original_name
