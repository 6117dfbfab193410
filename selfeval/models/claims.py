"""Where a text cites evidence or a figure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evidence.models import Evidence
from indicators.models import Indicator
from selfeval.models.cycle import Section, SelfEvaluation
from selfeval.models.judgement import Evaluation


class CitationKind(models.TextChoices):
    EVIDENCE = "evidence", "Evidence"
    FIGURE = "figure", "Figure"


class Citation(models.Model):
    """One marker of a text, kept so that drift and withdrawn proof are seen. Written anew at each save of the text.

    `field` is the field of the evaluation or section (or of the cycle, where both are empty) that holds the marker.
    `value_when_cited` is the figure as it stood when the marker was first written; `symbol` where it was no number.
    """

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=CitationKind.choices)
    marker = models.CharField(max_length=120)
    sentence = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    period_label = models.CharField(max_length=40, blank=True)
    value_when_cited = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    symbol = models.CharField(max_length=8, blank=True)
    cited_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.marker
