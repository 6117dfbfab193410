"""Official wording that was pasted, and what stood there before, so that it can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from framework.models.published import SOURCE_HELP, Framework


class WordingPaste(models.Model):
    """One confirmed paste. `undone_at` says that what stood before was put back."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="+")
    source = models.CharField(max_length=300, help_text=SOURCE_HELP)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = "pasted wording"

    def __str__(self) -> str:
        return f"{self.framework}: {self.source}"


class PastedRow(models.Model):
    """One row that got a wording. `kind` and `code` name the row; the rest is what stood there before."""

    paste = models.ForeignKey(WordingPaste, models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    wording = models.TextField()
    wording_before = models.TextField(blank=True)
    source_before = models.CharField(max_length=300, blank=True)
    confirmed_before_on = models.DateField(null=True, blank=True)
    edited_before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paste", "kind", "code"], name="row_once_in_paste"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.wording}"
