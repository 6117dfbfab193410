"""What every text that people write in turn has in common."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class WrittenRow(models.Model):
    """A row that several people write on.

    `version` counts the saves: a form carries the count that it was filled in against, so that the second of two
    people sees both texts. `loaded_as` says that a folder brought the row; `changed_by` is then nobody until a hand
    changes it, and loading leaves it alone from then on.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    loaded_as = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
