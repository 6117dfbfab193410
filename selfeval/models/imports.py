"""A Word document that somebody wants to read back into a cycle."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import StoredFile
from selfeval.models.cycle import SelfEvaluation


class WordImportState(models.TextChoices):
    PREVIEWED = "previewed", "Previewed"
    TAKEN = "taken", "Taken over"
    DROPPED = "dropped", "Dropped"


class WordImport(models.Model):
    """A document between preview and confirmation. Until it is confirmed, no text of the cycle changes.

    `fingerprint` is that of the texts that the preview was shown against.
    """

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=WordImportState.choices, default=WordImportState.PREVIEWED)
    fingerprint = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    texts = models.PositiveIntegerField("texts taken over", default=0)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.stored.original_name
