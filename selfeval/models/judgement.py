"""What is said of each criterion: three questions, strengths, areas for development, grades, partners' own views."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, User
from documents.models import StoredFile
from framework.models import Criterion
from selfeval.models.cycle import SelfEvaluation
from selfeval.models.written import WrittenRow


class ScaleSetting(models.Model):
    """Whether criteria are graded here at all. One row."""

    is_on = models.BooleanField("criteria are graded", default=True)


class ScaleGrade(models.Model):
    """A step of the council's own scale for criteria. There is no national one."""

    label = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class EvaluationState(models.TextChoices):
    DRAFT = "draft", "Draft"
    MODERATED = "moderated", "Moderated"
    SIGNED_OFF = "signed_off", "Signed off"


class Confidence(models.TextChoices):
    """How far the evidence carries the judgement."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Evaluation(WrittenRow):
    """One criterion in one cycle: what do we know, what does it mean, what next."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    know = models.TextField("what do we know?", blank=True)
    meaning = models.TextField("what does it mean?", blank=True)
    next_steps = models.TextField("what next?", blank=True)
    child_friendly = models.TextField("in plain words for children and young people", blank=True)
    grade = models.ForeignKey(ScaleGrade, models.PROTECT, null=True, blank=True, related_name="+")
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    state = models.CharField(max_length=20, choices=EvaluationState.choices, default=EvaluationState.DRAFT)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    has_open_views = models.BooleanField("partners see each other's views", default=False)

    class Meta:
        ordering: ClassVar = ["criterion__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["self_evaluation", "criterion"], name="criterion_once_in_self_evaluation"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.self_evaluation}"


class EvaluationVersion(models.Model):
    """The texts of an evaluation as they stood after a save. `texts` is by field name."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    # What the page kept by itself while somebody wrote; the next save of the same person takes its place.
    is_autosave = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="version_number_once_in_evaluation"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}, version {self.number}"


class Strength(WrittenRow):
    """Something that goes well, in one sentence."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="+")
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name_plural = "strengths"

    def __str__(self) -> str:
        return self.text


class AreaForDevelopment(WrittenRow):
    """Something that has to become better: since when it is known, how it was found, what was done, what changed."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="+")
    text = models.TextField()
    known_since_on = models.DateField("known since", null=True, blank=True)
    how_found = models.TextField("how it was found", blank=True)
    done = models.TextField("what was done", blank=True)
    changed = models.TextField("what changed", blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name_plural = "areas for development"

    def __str__(self) -> str:
        return self.text


class PositionStatement(models.Model):
    """Where an area for development stands on a day. A newer one stands beside the older."""

    area = models.ForeignKey(AreaForDevelopment, models.CASCADE, related_name="+")
    as_at_on = models.DateField("as at")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-as_at_on", "-pk"]

    def __str__(self) -> str:
        return self.text


class PartnerView(WrittenRow):
    """How one partner sees a criterion: written blind, then shown beside the others, never averaged."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    grade = models.ForeignKey(ScaleGrade, models.PROTECT, null=True, blank=True, related_name="+")
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    text = models.TextField(blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "organisation"], name="one_view_of_a_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.evaluation}"


class PartnerDocument(models.Model):
    """A partner's own document, unedited, under its name: a text or a file."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "-submitted_at"]

    def __str__(self) -> str:
        return self.title
