"""Evidence items, their numbered revisions and the files in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, User
from documents.models import StoredFile
from evidence.domain.revisions import OPEN_STATES, STATE_NAMES, State


class EvidenceKind(models.TextChoices):
    LIVED_EXPERIENCE = "lived_experience", "Lived experience"
    CASE_STUDY = "case_study", "Case study"
    AGGREGATED_DATA = "aggregated_data", "Aggregated data"
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance"
    POLICY_OR_PLAN = "policy_or_plan", "Policy or plan"


class Marking(models.TextChoices):
    """Who may come to see it: what is confidential never goes into anything that is published."""

    OPEN = "open", "Can be published"
    PARTNERSHIP = "partnership", "For the partnership"
    CONFIDENTIAL = "confidential", "Confidential"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> EvidenceQuerySet:
        return self.filter(archived_at__isnull=True)

    def with_states(self) -> EvidenceQuerySet:
        """Each with `newest_state`, and in `has_approved` whether a revision stands approved."""
        revisions = EvidenceRevision.objects.filter(evidence=models.OuterRef("pk"))
        return self.annotate(
            newest_state=models.Subquery(revisions.order_by("-number").values("state")[:1]),
            has_approved=models.Exists(revisions.filter(state=State.APPROVED.value)),
        )


class Evidence(models.Model):
    """One thing that shows how things are. `number` stays for ever: texts point at it as E12.

    `key` is its name in the folder of an area that it came with; empty for what was added here.
    """

    number = models.PositiveIntegerField(unique=True)
    key = models.CharField(max_length=60, blank=True, editable=False)
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    covers_from_on = models.DateField(null=True, blank=True)
    covers_to_on = models.DateField(null=True, blank=True)
    collected_on = models.DateField(null=True, blank=True)
    review_by_on = models.DateField(null=True, blank=True)
    marking = models.CharField(max_length=20, choices=Marking.choices, default=Marking.PARTNERSHIP)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(covers_from_on__isnull=True)
                | models.Q(covers_to_on__isnull=True)
                | models.Q(covers_to_on__gte=models.F("covers_from_on")),
                name="evidence_covers_forwards",
            ),
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="evidence_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """How texts point at it: E12."""
        return f"E{self.number}"


class RevisionQuerySet(models.QuerySet["EvidenceRevision"]):
    def open(self) -> RevisionQuerySet:
        return self.filter(state__in=[state.value for state in OPEN_STATES])

    def approved(self) -> RevisionQuerySet:
        return self.filter(state=State.APPROVED.value)


class EvidenceRevision(models.Model):
    """One numbered revision of an item: files, a link or a text. `lock` counts its saves."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(state.value, name) for state, name in STATE_NAMES.items()], default=State.DRAFT.value
    )
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    lock = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["evidence", "-number"]
        verbose_name = "revision of evidence"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "number"], name="revision_number_once_in_evidence"),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=models.Q(state__in=[State.DRAFT.value, State.SUBMITTED.value]),
                name="one_open_revision_of_evidence",
            ),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=models.Q(state=State.APPROVED.value),
                name="one_approved_revision_of_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETURNED.value) | ~models.Q(return_reason=""),
                name="returned_revision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence.code} revision {self.number}"


class RevisionFile(models.Model):
    """A file of a revision, in the order in which it is read."""

    revision = models.ForeignKey(EvidenceRevision, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "stored"], name="file_once_in_revision"),
        ]

    def __str__(self) -> str:
        return self.title
