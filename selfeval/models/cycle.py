"""A self-evaluation as a dated cycle: its parts, its people, its days, what it lacks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.domain.roles import ROLE_NAMES, Role
from accounts.models import Organisation, User
from framework.models import Criterion, Framework, Lens
from selfeval.models.written import WrittenRow


class CycleState(models.TextChoices):
    DRAFTING = "drafting", "Being written"
    CONSULTATION = "consultation", "In consultation"
    SIGNED_OFF = "signed_off", "Signed off"
    SUPERSEDED = "superseded", "Superseded"


class OutcomeChoice(models.IntegerChoices):
    """The three published outcomes. People choose one for the whole; nothing computes it."""

    TYPICALLY_POSITIVE = 1, "Typically positive"
    INCONSISTENT = 2, "Inconsistent"
    WIDESPREAD_FAILINGS = 3, "Widespread or systemic failings"


class SelfEvaluation(WrittenRow):
    """One cycle. `previous` is the one that it was carried over from."""

    title = models.CharField(max_length=200)
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    started_on = models.DateField()
    as_at_on = models.DateField("as at", null=True, blank=True)
    state = models.CharField(max_length=20, choices=CycleState.choices, default=CycleState.DRAFTING)
    journey = models.TextField("the journey since the last inspection", blank=True)
    capacity_to_improve = models.TextField("our capacity to improve", blank=True)
    outcome = models.PositiveSmallIntegerField(choices=OutcomeChoice.choices, null=True, blank=True)
    outcome_reason = models.TextField(blank=True)
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField("current", default=False)

    class Meta:
        ordering: ClassVar = ["-started_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_self_evaluation"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__isnull=True) | ~models.Q(outcome_reason=""),
                name="outcome_of_self_evaluation_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Phase(models.TextChoices):
    """The phases of a self-evaluation, and the parts that stand beside them."""

    JOURNEY = "journey", "The journey since the last inspection"
    OUTCOMES = "outcomes", "Outcomes and experience"
    FEATURES = "features", "Features by criterion"
    PART = "part", "Parts"


class Section(WrittenRow):
    """A part of the document that is not about one criterion."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.PART)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["self_evaluation", "code"], name="section_once_in_self_evaluation"),
        ]

    def __str__(self) -> str:
        return self.title


class LensChapter(WrittenRow):
    """What is seen through one lens, across all criteria."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    lens = models.ForeignKey(Lens, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["lens__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["self_evaluation", "lens"], name="lens_once_in_self_evaluation"),
        ]

    def __str__(self) -> str:
        return f"{self.lens}: {self.self_evaluation}"


class SystemLead(models.Model):
    """Who owns a criterion in a cycle, from day to day."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["criterion__order", "from_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="system_lead_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.user}"


class DataGap(WrittenRow):
    """Data that the partnership lacks: who gets it, how, by when."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    text = models.TextField()
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_role = models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in Role], blank=True)
    route = models.TextField("how to get it", blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class EventKind(models.TextChoices):
    FOCUS_MEETING = "focus_meeting", "Focus meeting"
    SENSE_MAKING = "sense_making", "Sense-making event"
    DEADLINE = "deadline", "Deadline"
    BOARD = "board", "Board"


class CycleEvent(WrittenRow):
    """A day on the timeline of a cycle."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField("on")
    at_time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="+")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="+")
    note = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["held_on", "at_time", "pk"]

    def __str__(self) -> str:
        return self.title
