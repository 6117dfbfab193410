"""What is frozen, who is asked about it, what they say, what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, User
from documents.models import StoredFile
from evidence.models import Evidence
from framework.models import Criterion
from selfeval.models.cycle import SelfEvaluation


class VersionKind(models.TextChoices):
    CONSULTATION = "consultation", "Consultation version"
    PUBLISHED = "published", "Published"


class PublishedVersion(models.Model):
    """One frozen document: all that members' pages and reports read. It never changes after `frozen_at`."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=VersionKind.choices)
    number = models.PositiveIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-frozen_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["self_evaluation", "kind", "number"], name="version_number_once_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.self_evaluation}, {self.get_kind_display().lower()} {self.number}"


class ConsultationRound(models.Model):
    """Asking a group about one version, from day to day. `questions` has one question on each line."""

    version_asked = models.ForeignKey(PublishedVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    groups = models.TextField("who is asked", blank=True)
    introduction = models.TextField("what it is about", blank=True)
    questions = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_early_at = models.DateTimeField(null=True, blank=True)
    # Why it goes ahead although it touches the days before an election, who decided that and when.
    election_reason = models.TextField(blank=True)
    election_decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    election_decided_at = models.DateTimeField(null=True, blank=True)
    is_synthetic = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["-opens_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundDocument(models.Model):
    """A paper that goes with a round, for whoever is asked."""

    consultation = models.ForeignKey(ConsultationRound, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ElectionPeriod(models.Model):
    """The days before an election in which the council publishes and consults with care."""

    name = models.CharField(max_length=120)
    from_on = models.DateField()
    to_on = models.DateField()
    note = models.CharField("where the days are from", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["from_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="election_period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundInvite(models.Model):
    """Somebody who is asked by a signed e-mail link, without an account. The link is kept as a hash."""

    consultation = models.ForeignKey(ConsultationRound, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    group = models.CharField(max_length=120, blank=True)
    # How long after its round a link still shows what came of it.
    KEPT_DAYS: ClassVar = 180

    token_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class HoldKind(models.TextChoices):
    CHILD = "child", "Words that seem to name a child"
    HARM = "harm", "Words that seem to disclose harm"
    ORDINARY = "ordinary", "Words that are no names"


class HoldList(models.Model):
    """A list that decides which comments are looked at first, one entry on each line. Without a row the one that is
    shipped is in force."""

    kind = models.CharField(max_length=10, choices=HoldKind.choices, unique=True)
    lines = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Channel(models.TextChoices):
    PAGE = "page", "On the page"
    EMAIL = "email", "By e-mail"
    PHONE = "phone", "By phone"
    MEETING = "meeting", "In a meeting"


class CommentState(models.TextChoices):
    RECEIVED = "received", "Received"
    HELD = "held", "Held"
    PASSED_ON = "passed_on", "Passed to safeguarding"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Comment(models.Model):
    """What somebody said of a version, of one criterion or in general."""

    version = models.ForeignKey(PublishedVersion, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(ConsultationRound, models.PROTECT, null=True, blank=True, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invite = models.ForeignKey(RoundInvite, models.PROTECT, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=200)
    group = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PAGE)
    question = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=CommentState.choices, default=CommentState.RECEIVED)
    held_reason = models.TextField(blank=True)
    has_name = models.BooleanField("may name a child", default=False)
    has_harm = models.BooleanField("may tell of harm", default=False)
    passed_on_to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    is_synthetic = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class Decision(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    NOTED = "noted", "Noted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class Response(models.Model):
    """What the partnership answers to a comment. A newer one stands beside the older."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    said = models.TextField("what was said, in our words", blank=True)
    text = models.TextField()
    what_changed = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_decision_display()


class ConsultationActivity(models.Model):
    """Something that was done to hear people: who took part, how many, what they said."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    held_on = models.DateField("on")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=120, blank=True)
    groups = models.TextField(blank=True)
    people = models.PositiveIntegerField("how many took part", null=True, blank=True)
    themes = models.TextField(blank=True)
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        verbose_name_plural = "consultation activities"

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """Words of a child, young person, parent or practitioner. Nothing publishes them before a second person's check."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")
    text = models.TextField()
    who = models.CharField("whose words, without a name", max_length=200, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    source = models.CharField("where it was heard", max_length=200, blank=True)
    consent = models.CharField(max_length=200, blank=True)
    is_synthetic = models.BooleanField(default=False)
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField("checked that nobody can be recognised", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("added_by")),
                name="voice_is_checked_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Voice {self.pk}"
