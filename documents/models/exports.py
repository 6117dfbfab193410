"""A file that was ordered, is being made, or is ready to be taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from documents.models.jobs import Job
from documents.models.stored import Kept


class Export(Job, Kept):
    """One order of one kind. Who, when and which version stand here, never inside the bytes.

    `as_at` is the latest change among its inputs, `fingerprint` stands for the inputs, `made_with` for the versions
    of code, libraries and fonts. `version` counts the finished exports of one kind and name.
    """

    kind = models.CharField(max_length=60, db_index=True)
    params = models.JSONField(default=dict)
    params_key = models.CharField(max_length=64, db_index=True, editable=False)
    title = models.CharField(max_length=200)
    as_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    made_with = models.CharField(max_length=64, blank=True)
    name_part = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-ordered_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["kind", "params_key", "state"], name="export_by_order")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "name_part", "version"],
                condition=models.Q(version__gt=0),
                name="export_version_once",
            ),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="export_progress_percent"),
        ]

    def __str__(self) -> str:
        return self.file_name or self.title
