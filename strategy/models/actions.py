"""Actions: who does what by when, how it goes, and what shows it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, User
from evidence.models import Evidence
from framework.models import CriterionPoint
from strategy.domain.status import STATE_NAMES
from strategy.models.kept import ExtractedRow
from strategy.models.priorities import Aim

STATE_CHOICES = [(state.value, name) for state, name in STATE_NAMES.items()]


class Action(ExtractedRow):
    """One thing to do. It stands once, however many plans it belongs to."""

    text = models.TextField()
    detail = models.TextField(blank=True)
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, blank=True, related_name="actions")
    lead = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    lead_name = models.CharField("lead, where they have no account", max_length=160, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta(ExtractedRow.Meta):
        ordering: ClassVar = ["aim__priority__number", "aim__number", "order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("starts_on")),
                name="action_due_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:89].rstrip()}…"

    @property
    def lead_words(self) -> str:
        """Who leads it, as people read it; empty when nobody does. Fetch the lead with it."""
        return self.lead.name if self.lead else self.lead_name

    @property
    def is_unowned(self) -> bool:
        """Nobody leads it, or who led it has left."""
        return not self.lead_name and (self.lead is None or not self.lead.is_active)


class ActionPoint(models.Model):
    """That an action answers a point of the criteria, and why."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="point_links")
    point = models.ForeignKey(CriterionPoint, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["point__criterion__order", "point__order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "point"], name="point_once_in_action")]

    def __str__(self) -> str:
        return f"{self.point.code} by {self.action}"


class CoProducer(models.Model):
    """Who made the action together with those who lead it, and how."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="co_producers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    how = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "pk"]
        verbose_name = "co-producer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "organisation"], name="co_producer_once_in_action")
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Milestone(models.Model):
    """A step on the way. `months`: counted from the start, as improvement plans do (3, 6, 12)."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class ActionUpdate(models.Model):
    """How it went on a day, in the words of who reported. One that was a mistake is withdrawn, never erased."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    reported_on = models.DateField()
    progress = models.CharField(max_length=12, choices=STATE_CHOICES)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-reported_on", "-pk"]
        verbose_name = "update of an action"

    def __str__(self) -> str:
        return f"{self.reported_on:%Y-%m-%d}: {self.get_progress_display()}"


class StatusOverride(models.Model):
    """The state that somebody set by hand, with the reason, from a day on. Withdrawn, what is computed counts again."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="overrides")
    state = models.CharField(max_length=12, choices=STATE_CHOICES)
    reason = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = "status set by hand"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="override_ends_after_start",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} from {self.from_on:%Y-%m-%d}"


class ActionEvidence(models.Model):
    """That an item of the evidence log speaks to an action. `is_impact`: it shows that the action made a difference."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    relevance = models.CharField(max_length=500)
    is_impact = models.BooleanField("shows impact", default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-is_impact", "evidence__number"]
        verbose_name = "evidence of an action"
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "evidence"], name="evidence_once_in_action")]

    def __str__(self) -> str:
        return f"{self.evidence.code} for {self.action}"


class UpdateEvidence(models.Model):
    """Evidence that came with an update."""

    update = models.ForeignKey(ActionUpdate, models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["evidence__number"]
        verbose_name = "evidence of an update"
        constraints: ClassVar = [models.UniqueConstraint(fields=["update", "evidence"], name="evidence_once_in_update")]

    def __str__(self) -> str:
        return f"{self.evidence.code} with {self.update}"
