"""The pack: what it was made of, who signed it off, and where it was delivered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import Export
from framework.models import Batch, RequestItem
from inspection.domain.packs.names import DEFAULT_PATTERN
from inspection.models.items import ItemSubmission
from inspection.models.visit import Inspection


class PackNaming(models.Model):
    """How documents are named inside a pack (a single row, key 1): the upload site's rules are not known yet."""

    pattern = models.CharField(max_length=120, default=DEFAULT_PATTERN)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_pack_naming")]

    def __str__(self) -> str:
        return self.pattern


class Pack(models.Model):
    """What one finished pack export holds. The file itself is the export's."""

    export = models.OneToOneField(Export, models.PROTECT, related_name="+")
    parts = models.JSONField(default=list)
    issue_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    sign_off_note = models.TextField(blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.export.file_name or f"Pack {self.pk}"


class PackEntry(models.Model):
    """One file that a pack took: which version of which item, and the bytes by their sum."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="entries")
    item = models.ForeignKey(RequestItem, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(ItemSubmission, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name_plural = "pack entries"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pack", "path"], name="path_once_in_pack")]

    def __str__(self) -> str:
        return self.path


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def standing(self) -> DeliveryQuerySet:
        """What counts: neither corrected by a further record, nor itself the record that nothing was delivered."""
        return self.filter(correction__isnull=True, is_withdrawal=False)


class Delivery(models.Model):
    """That an export was handed over: for which deadline, where, when, by whom.

    A row is never changed. A mistake is put right by a further row that `corrects` it; one with `is_withdrawal` says
    that nothing was delivered after all. The export's row outlives its bytes, with name, version and sum.
    """

    export = models.ForeignKey(Export, models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.CharField(max_length=20, choices=Batch.choices, blank=True, default="")
    destination = models.CharField(max_length=200)
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")
    is_withdrawal = models.BooleanField("it was not delivered after all", default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-delivered_at", "-id"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.export} to {self.destination}"
