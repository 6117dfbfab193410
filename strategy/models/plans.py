"""Plans: who oversees them, and which actions stand in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from strategy.models.actions import Action
from strategy.models.boards import Board
from strategy.models.kept import KeptRow
from strategy.models.priorities import Priority


class PlanKind(models.TextChoices):
    ANNUAL = "annual", "Annual plan of a priority"
    IMPROVEMENT = "improvement", "Improvement plan"
    PRIORITY_ACTION = "priority_action", "Priority action plan"
    ACCELERATED_PROGRESS = "accelerated_progress", "Accelerated progress plan"
    REFORM = "reform", "Local SEND reform plan"
    OTHER = "other", "Other plan"


class Plan(KeptRow):
    """A plan over a stretch of time. Its actions may stand in other plans too."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=PlanKind.choices)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField("runs from")
    to_on = models.DateField("runs until")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta(KeptRow.Meta):
        ordering: ClassVar = ["from_on", "order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(to_on__gte=models.F("from_on")), name="plan_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class PlanAction(models.Model):
    """That an action stands in a plan, under a theme of that plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="memberships")
    action = models.ForeignKey(Action, models.CASCADE, related_name="memberships")
    theme = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["plan", "order", "pk"]
        verbose_name = "place of an action in a plan"
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "action"], name="action_once_in_plan")]

    def __str__(self) -> str:
        return f"{self.action} in {self.plan}"


class BulkChange(models.Model):
    """A change of many actions at once, with what stood before, so that it can be undone as one."""

    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    before = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text


class DigestSent(models.Model):
    """That the digest of a week went to somebody: asked again, it does not go twice."""

    monday_on = models.DateField()
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-monday_on", "pk"]
        verbose_name = "digest that was sent"
        constraints: ClassVar = [models.UniqueConstraint(fields=["monday_on", "user"], name="digest_once_in_week")]

    def __str__(self) -> str:
        return f"{self.user}, week of {self.monday_on:%Y-%m-%d}"
