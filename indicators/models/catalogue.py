"""Which column of which kind of file is which indicator."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from indicators.domain.families import value_in_words
from indicators.models.figures import Indicator

ENTRY_STATES = [("proposed", "Proposed"), ("confirmed", "Confirmed")]
PERIODS_AS = [("", "As the file says"), ("january", "A count in January of the year in which the period ends")]


class FileFamily(models.Model):
    """Files with the same columns, whatever they are called: this year's, last year's and the next.

    `filters` are the columns that tell rows apart (with the values that were seen), `columns` those that hold figures,
    both with the publisher's spelling.
    """

    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=160, blank=True)
    filters = models.JSONField("filter columns and the values seen in them", default=dict)
    columns = models.JSONField("columns that hold figures", default=list)
    ignored = models.JSONField("columns that somebody put aside", default=list)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["title"]
        verbose_name_plural = "file families"

    def __str__(self) -> str:
        return self.title


class CatalogueEntry(models.Model):
    """One indicator's place in a family of files: the column, and the value that each filter has to have.

    Where a filter has a list of values, the rows of all of them are added up.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="entries")
    family = models.ForeignKey(FileFamily, models.CASCADE, related_name="entries")
    filters = models.JSONField("column and value", default=dict)
    value_column = models.CharField(max_length=120)
    period_as = models.CharField("how its periods are read", max_length=10, choices=PERIODS_AS, blank=True)
    state = models.CharField(max_length=10, choices=ENTRY_STATES, default="proposed")
    why = models.CharField("why it was proposed", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["family", "value_column", "id"]
        verbose_name_plural = "catalogue entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "family"], name="indicator_once_in_family"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} ← {self.value_column}"

    @property
    def filters_said(self) -> list[tuple[str, str]]:
        """Each filter with its value in words."""
        return [(column, value_in_words(value)) for column, value in self.filters.items()]
