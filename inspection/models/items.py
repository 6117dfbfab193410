"""Annex A all year: who owns an item, and each version of what answers it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from documents.models import StoredFile
from evidence.models import EvidenceRevision, Marking
from framework.models import RequestItem
from inspection.domain.submissions import ANSWER_NAMES, OPEN_STATES, STATE_NAMES, Answer, State


class ItemOwner(models.Model):
    """The person who answers for a standing request item, all year."""

    item = models.OneToOneField(RequestItem, models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item}: {self.owner}"


class ItemSubmissionQuerySet(models.QuerySet["ItemSubmission"]):
    def standing(self) -> ItemSubmissionQuerySet:
        """Versions that nobody has put in the archive."""
        return self.filter(archived_at__isnull=True)

    def open(self) -> ItemSubmissionQuerySet:
        return self.standing().filter(state__in=OPEN_STATES)


class ItemSubmission(models.Model):
    """One version of the answer to a request item. It belongs to the area, not to one visit.

    `lock` counts the saves of the draft: a form carries the count that it was filled in against.
    """

    item = models.ForeignKey(RequestItem, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=[(s.value, n) for s, n in STATE_NAMES.items()], default=State.DRAFT.value
    )
    answer = models.CharField(
        max_length=8, choices=[(a.value, n) for a, n in ANSWER_NAMES.items()], default=Answer.FILES.value
    )
    link = models.URLField(max_length=500, blank=True)
    none_reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    as_at_on = models.DateField(null=True, blank=True)
    review_by_on = models.DateField(null=True, blank=True)
    lock = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_index=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True)
    archived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ItemSubmissionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["item", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "version"], name="submission_version_once_in_item"),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=[State.DRAFT.value, State.SUBMITTED.value], archived_at__isnull=True),
                name="one_open_submission_of_item",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state=State.APPROVED.value, archived_at__isnull=True),
                name="one_approved_submission_of_item",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.RETURNED.value) | ~models.Q(return_reason=""),
                name="returned_submission_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} version {self.version}"


class SubmissionFile(models.Model):
    """A file of a submission, in the order in which it goes into the pack."""

    submission = models.ForeignKey(ItemSubmission, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "stored"], name="file_once_in_submission"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemEvidenceQuerySet(models.QuerySet["ItemEvidence"]):
    def with_newest(self) -> ItemEvidenceQuerySet:
        """Each with `newest`: the number of the revision that stands approved now; None where none does."""
        approved = EvidenceRevision.objects.approved().filter(evidence=models.OuterRef("revision__evidence"))
        rows = self.annotate(newest=models.Subquery(approved.values("number")[:1]))
        return rows.select_related("revision__evidence", "added_by")


class ItemEvidence(models.Model):
    """That a version took the files of an approved revision of evidence, instead of a second upload.

    The files themselves stand among the version's own, with the very same bytes: the pack knows no difference.
    """

    submission = models.ForeignKey(ItemSubmission, models.CASCADE, related_name="evidence_links")
    revision = models.ForeignKey(EvidenceRevision, models.PROTECT, related_name="+")
    relevance = models.CharField(max_length=500)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = ItemEvidenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "evidence of an item"
        verbose_name_plural = "evidence of items"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "revision"], name="revision_once_in_submission"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} in {self.submission}"

    @property
    def is_confidential(self) -> bool:
        """Whether the evidence is now for fewer people than open this version."""
        return self.revision.evidence.marking == Marking.CONFIDENTIAL

    @property
    def what_moved_on(self) -> str:
        """Why it no longer answers as the evidence stands; empty when it does. Of rows from `with_newest`."""
        newest: int | None = getattr(self, "newest", None)
        evidence = self.revision.evidence
        if self.is_confidential:
            return f"{evidence.code} is confidential now"
        if evidence.archived_at is not None:
            return f"{evidence.code} is in the archive"
        if newest is None:
            return f"{evidence.code} is no longer approved"
        if newest != self.revision.number:
            return f"Revision {newest} of {evidence.code} is approved"
        return ""

    @property
    def can_renew(self) -> bool:
        """Whether a newer approved revision stands that a draft may take instead. Of rows from `with_newest`."""
        newest: int | None = getattr(self, "newest", None)
        stands = self.revision.evidence.archived_at is None and not self.is_confidential
        return stands and newest is not None and newest != self.revision.number


class ItemsLook(models.Model):
    """When a person last marked the items as seen: what changed since is shown to them."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} at {self.at:%Y-%m-%d %H:%M}"
