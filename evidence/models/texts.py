"""What stands inside files, and the words by which an item is found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from documents.domain.texts import OUTCOME_WORDS
from documents.models import Job, StoredFile
from evidence.models.items import Evidence, EvidenceRevision


class FileText(Job):
    """The text of a file, read in the background; never of one in the vault. It goes when the file is erased."""

    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=list(OUTCOME_WORDS.items()), blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-ordered_at", "-pk"]

    def __str__(self) -> str:
        return f"Text of {self.stored}"


class Source(models.TextChoices):
    ITEM = "item", "What it is"
    REVISION = "revision", "What was written down"
    FILE = "file", "Inside a file"


class SearchText(models.Model):
    """One piece of an item that is searched. `words` is `text` in the plain words that both databases index alike.

    The index itself is the database's: a table of FTS5 kept by triggers on SQLite, a GIN index on PostgreSQL.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="+")
    piece = models.CharField("which piece of the item", max_length=40)
    source = models.CharField(max_length=10, choices=Source.choices)
    revision = models.ForeignKey(EvidenceRevision, models.CASCADE, null=True, blank=True, related_name="+")
    stored = models.ForeignKey(StoredFile, models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["evidence", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "piece"], name="piece_once_in_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} of {self.evidence.code}"
