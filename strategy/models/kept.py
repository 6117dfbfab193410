"""What every row of a strategy has in common."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class KeptRow(models.Model):
    """A row that people edit in place and that a folder can bring.

    `version` counts the saves: a form carries the count that it was filled in against. `loaded_as` is the words under
    which a folder brought the row; `edited_at` is set by the first hand that changes it, and loading leaves it alone
    from then on. Nothing is deleted: `archived_at` takes it off the pages, with a way back.
    """

    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_as = models.CharField(max_length=300, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["order", "pk"]


class ExtractedRow(KeptRow):
    """A row whose words came out of a document by machine and may stand in the wrong place until somebody looked."""

    is_as_extracted = models.BooleanField("as extracted, check against the original", default=False)
    note = models.TextField(blank=True, help_text="What to look at in the original, or what was found there.")

    class Meta(KeptRow.Meta):
        abstract = True
