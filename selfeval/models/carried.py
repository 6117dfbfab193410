"""What was carried over from one rulebook to another, one by one, so that it can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User


class CarriedKind(models.TextChoices):
    POINT = "point", "Evidence on a point"
    STATEMENT = "statement", "Evidence on a statement of a lens"
    ANSWER = "answer", "An answer"


class Carried(models.Model):
    """One link or one answer that was written again under another rulebook; what it came from is never moved.

    The references are plain keys, because what they name may go: `source` is the earlier link or judgement, `place`
    the point, statement or judgement that it went to, `made` the link that came of it (for an answer the judgement).
    `text` is what was written, word for word; `before` what stood in the field of the judgement until then.
    """

    kind = models.CharField(max_length=10, choices=CarriedKind.choices)
    source = models.PositiveBigIntegerField()
    place = models.PositiveBigIntegerField()
    made = models.PositiveBigIntegerField()
    field = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    before = models.TextField(blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name_plural = "carried"
        indexes: ClassVar = [models.Index(fields=["kind", "source"], name="carried_from")]

    def __str__(self) -> str:
        return self.label
