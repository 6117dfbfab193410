"""The proposal of six tracked children, before inspectors name theirs: Unique IDs and nothing else of a child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from children.models import ListUpload


class LikelySix(models.Model):
    """One proposal for the rows of one upload, with the seed it came from. It goes when those rows are erased.

    `available` counts the lists by wish, in the order of the wishes. `version` grows with each swap.
    """

    upload = models.OneToOneField(ListUpload, models.CASCADE, related_name="+")
    seed = models.CharField(max_length=40)
    available = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Likely six of upload {self.upload_id}"


class LikelyChild(models.Model):
    """A place among the six, or the substitute for it. `swapped_at` says that a person chose this child."""

    proposal = models.ForeignKey(LikelySix, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    is_substitute = models.BooleanField(default=False)
    unique_id = models.CharField(max_length=80)
    swapped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    swapped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["is_substitute", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "is_substitute", "place"], name="likely_place_once")
        ]

    def __str__(self) -> str:
        # No identifier: this label goes into the audit trail.
        return f"{'Substitute' if self.is_substitute else 'Child'} {self.place} of {self.proposal}"
