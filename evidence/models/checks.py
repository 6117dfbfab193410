"""That a second person looked whether anybody can be recognised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from evidence.models.items import EvidenceRevision


class DeidentificationCheck(models.Model):
    """What a second person found in a revision. It counts while `fingerprint` is that of what stands there.

    `is_clear`: nobody can be recognised. Otherwise `note` says what has to go, without repeating it.
    """

    revision = models.ForeignKey(EvidenceRevision, models.CASCADE, related_name="deidentification_checks")
    is_clear = models.BooleanField("nobody can be recognised")
    note = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-checked_at", "-pk"]
        verbose_name = "check that nobody can be recognised"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_clear=True) | ~models.Q(note=""), name="failed_check_says_what_has_to_go"
            ),
        ]

    def __str__(self) -> str:
        return f"Check of {self.revision}"
