"""Many items at once: from many files, or from a workbook."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import StoredFile
from evidence.models.items import Evidence


class BulkAdd(models.Model):
    """Many files that came together, one row each."""

    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"Files of {self.added_at:%d %B %Y}"


class BulkOutcome(models.TextChoices):
    ADDED = "added", "Added"
    THERE_ALREADY = "there", "In the log already"
    REFUSED = "refused", "Not taken"


class BulkRow(models.Model):
    """What became of one file. `evidence` is the new item, or the one that holds the very same bytes."""

    bulk = models.ForeignKey(BulkAdd, models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=160)
    outcome = models.CharField(max_length=10, choices=BulkOutcome.choices)
    reason = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(outcome=BulkOutcome.REFUSED) | ~models.Q(reason=""), name="refused_file_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "Previewed"
    TAKEN = "taken", "Taken over"
    DROPPED = "dropped", "Dropped"


class EvidenceImport(models.Model):
    """A workbook between preview and confirmation. Until it is confirmed, no item changes.

    `fingerprint` is that of the log that the preview was shown against: when it has moved on, the preview is shown
    again before anything is taken.
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
