"""The strategy itself: vision, principles, enablers, challenges, what it is linked with, what success is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from indicators.models import Indicator
from strategy.models.boards import Board
from strategy.models.kept import ExtractedRow, KeptRow


class Strategy(models.Model):
    """One strategy of the partnership; the current one is what the pages show."""

    title = models.CharField(max_length=200)
    from_on = models.DateField("runs from")
    to_on = models.DateField("runs until")
    vision = models.TextField(blank=True)
    introduction = models.TextField(blank=True)
    source = models.TextField(blank=True, help_text="The document that it was taken from, with its date.")
    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="+", help_text="The board that oversees it."
    )
    is_current = models.BooleanField("current", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_as = models.CharField(max_length=300, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-from_on", "pk"]
        verbose_name_plural = "strategies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_strategy"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="strategy_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Principle(KeptRow):
    """Something that holds for all the work."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="principles")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class Enabler(KeptRow):
    """What has to be there for the strategy to work."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="enablers")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class LinkedKind(models.TextChoices):
    STRATEGY = "strategy", "Strategy or plan"
    CORPORATE_GOAL = "corporate_goal", "Corporate goal"
    LAW = "law", "Law or statutory guidance"


class LinkedDocument(KeptRow):
    """A strategy, corporate goal or law that this strategy stands beside."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="linked_documents")
    kind = models.CharField(max_length=20, choices=LinkedKind.choices)
    title = models.CharField(max_length=200)
    period = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    url = models.URLField("link", max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title


class Challenge(ExtractedRow):
    """A difficulty with its causes, impact and solutions: one line of text for each statement."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="challenges")
    title = models.CharField(max_length=300)
    cause = models.TextField("causes", blank=True)
    impact = models.TextField(blank=True)
    solutions = models.TextField(blank=True)
    priorities = models.ManyToManyField("strategy.Priority", blank=True, related_name="challenges")

    def __str__(self) -> str:
        return self.title


class SuccessKind(models.TextChoices):
    SOFT = "soft", "Soft measure"
    QUANTITATIVE = "quantitative", "Quantitative measure"


class SuccessMeasure(KeptRow):
    """What would show that the strategy as a whole has worked."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="success_measures")
    kind = models.CharField(max_length=20, choices=SuccessKind.choices)
    text = models.TextField()
    how = models.TextField("how it is measured", blank=True)
    indicator = models.ForeignKey(Indicator, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.text
