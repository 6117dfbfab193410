"""Where a text cites evidence or a figure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
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


class WordKind(models.TextChoices):
    """The lists by which the direction of a sentence is read; see `fixtures/claims/words.yaml`."""

    BETTER = "better", "Says that something got better"
    WORSE = "worse", "Says that something got worse"
    ABOVE = "above", "Says that our figure is higher than England's"
    BELOW = "below", "Says that our figure is lower than England's"
    AHEAD = "ahead", "Says that we do better than England"
    BEHIND = "behind", "Says that we do worse than England"
    TURNS = "turns", "Turns it round, or makes a wish of it"
    ADMITS = "admits", "Admits a gap, so that it needs no proof"
    STRONG = "strong", "A grade that claims strength"


class ClaimWords(models.Model):
    """One list, one entry on each line. Without a row the list that is shipped is in force."""

    kind = models.CharField(max_length=10, choices=WordKind.choices, unique=True)
    lines = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind"]
        verbose_name = "list of words"
        verbose_name_plural = "lists of words"

    def __str__(self) -> str:
        return self.get_kind_display()
