"""Files of statistics that were taken in, and the job that takes them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.models import Job, StoredFile

RELEASE_KINDS = [
    ("published", "Published file"),
    ("local", "Own figures"),
    ("lists", "Counted from the person-level lists"),
    ("reference", "Reference figures that come with sendready"),
]
RELEASE_STATES = [("reading", "Being read"), ("held", "Held"), ("withdrawn", "Withdrawn")]


class Release(models.Model):
    """One file, or one table, from which figures were taken. The bytes tell it from all others.

    `newest_to_on` is the last day of its newest period: of two releases that give the same figure the one with the
    newer period counts, then the one that was published or imported later. So last year's file never displaces this
    year's. `report` says what was taken, what was not, and why.
    """

    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=10, choices=RELEASE_KINDS, default="published")
    family = models.ForeignKey("indicators.FileFamily", models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    published_on = models.DateField(null=True, blank=True)
    newest_to_on = models.DateField("last day of its newest period", null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    supersedes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=RELEASE_STATES, default="reading")
    rows_read = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    rows_left = models.PositiveIntegerField(default=0)
    figures = models.PositiveIntegerField("observations stored", default=0)
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return self.title


class StatisticsImport(Job):
    """The reading of one file in the background. Reading it again takes what was confirmed since."""

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    outcome = models.JSONField("what this reading did", default=dict)

    class Meta:
        ordering: ClassVar = ["-ordered_at", "-id"]

    def __str__(self) -> str:
        return f"Import {self.pk} of statistics"
