"""Files that are kept, and the record of who took a copy and what was erased."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Kept(models.Model):
    """Bytes that this installation answers for: where they are, what they are, until when they stay."""

    path = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    marking = models.CharField(max_length=60, blank=True)
    is_vaulted = models.BooleanField("encrypted", default=False)
    keep_until_on = models.DateField(null=True, blank=True, db_index=True)
    has_legal_hold = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def has_bytes(self) -> bool:
        return bool(self.path) and self.erased_at is None


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def live(self) -> StoredFileQuerySet:
        return self.filter(erased_at__isnull=True)

    def twins_of(self, stored: StoredFile) -> StoredFileQuerySet:
        """Other stored files with the very same bytes."""
        return self.live().filter(sha256=stored.sha256, size=stored.size).exclude(pk=stored.pk)


class StoredFile(Kept):
    """One upload that passed intake. Two uploads of the same bytes are two rows that share them.

    `content_type` was found by looking inside; `original_name` was made safe and ends as the content asks.
    """

    content_type = models.CharField(max_length=100)
    original_name = models.CharField(max_length=160)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        # The name of a file in the vault may name a child: it stays out of the audit trail.
        return f"Vault file {self.pk}" if self.is_vaulted else self.original_name


class Download(models.Model):
    """Somebody took a copy. The thing is kept as type, id and label, so that the log outlives it."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    thing_type = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=60)
    thing_label = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    marking = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["thing_type", "thing_id"], name="download_by_thing")]

    def __str__(self) -> str:
        return f"{self.thing_label} by {self.user}"


class Erasure(models.Model):
    """Bytes that were erased and must not come back: a restored backup is put through this list again."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    thing_type = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.thing_type} {self.thing_id}"
