"""The audit trail."""

from typing import ClassVar

from django.apps import apps
from django.db import models


def words_of_kind(kind: str) -> str:
    """ "accounts.roleassignment" → "Role assignment"."""
    try:
        name = str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        name = kind.rpartition(".")[2]
    return name[:1].upper() + name[1:]


class AuditEvent(models.Model):
    """One line of the audit trail: append-only, enforced by a trigger in the database.

    The thing is kept as type, id and label, never as a key, so that the trail outlives what it speaks of. Of child
    data only the names of fields stand here, never a value.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=60, db_index=True)
    thing_type = models.CharField(max_length=60, db_index=True)
    thing_id = models.CharField(max_length=60)
    thing_label = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} by {self.actor_label}"

    @property
    def kind(self) -> str:
        """What kind of thing it speaks of, in words; what no longer exists keeps its name."""
        return words_of_kind(self.thing_type)
