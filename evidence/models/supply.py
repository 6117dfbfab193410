"""What somebody without an account supplies through a secret address, for one item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import StoredFile
from evidence.models.items import Evidence, EvidenceRevision


class SupplyLink(models.Model):
    """A secret address for one item. Only the hash of the token is kept.

    `tries` counts what was sent since `tries_from_at`: too many within the hour are turned away.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField("who is asked", max_length=120)
    email = models.EmailField(blank=True)
    request = models.TextField("what is asked for", blank=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    tries_from_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Link for {self.evidence.code}"


class SupplyState(models.TextChoices):
    WAITING = "waiting", "Waiting to be looked at"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Not accepted"


class Supply(models.Model):
    """What was sent through a link. Nothing of it counts before a person accepts it."""

    link = models.ForeignKey(SupplyLink, models.PROTECT, related_name="supplies")
    state = models.CharField(max_length=10, choices=SupplyState.choices, default=SupplyState.WAITING)
    shows = models.TextField(blank=True)
    covers_from_on = models.DateField(null=True, blank=True)
    covers_to_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    supplied_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField("why it was not accepted", blank=True)
    revision = models.ForeignKey(EvidenceRevision, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-supplied_at", "-pk"]
        verbose_name_plural = "supplies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state=SupplyState.DECLINED) | ~models.Q(reason=""),
                name="declined_supply_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Supply {self.pk} for {self.link.evidence.code}"


class SuppliedFile(models.Model):
    """A file that was sent, in the order in which it came."""

    supply = models.ForeignKey(Supply, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["supply", "stored"], name="file_once_in_supply")]

    def __str__(self) -> str:
        return self.stored.original_name
