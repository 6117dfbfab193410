from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, Role
from framework.models import Anchor, Batch, Framework, RequestItem, RequestKind
from inspection.domain.clock import VisitDays
from inspection.domain.states import OPEN_STATES, STATE_NAMES, VisitState

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]
STATE_CHOICES = [(state.value, name) for state, name in STATE_NAMES.items()]


class VisitKind(models.TextChoices):
    FULL = "full", "Full inspection"
    MONITORING = "monitoring", "Monitoring inspection"
    THEMATIC = "thematic", "Thematic visit"
    ENGAGEMENT = "engagement", "Engagement meeting"
    SUPPORT = "support", "Support visit"


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def open(self) -> InspectionQuerySet:
        """Visits that run: neither closed nor withdrawn, a real one before a rehearsal, a full inspection before
        other visits, the latest first.
        """
        is_other = models.Case(models.When(kind=VisitKind.FULL, then=0), default=1)
        return self.filter(state__in=OPEN_STATES).order_by("is_rehearsal", is_other, "-notified_on", "-id")


class Inspection(models.Model):
    """One visit, from the call to its end. A rehearsal is a visit that nobody called: everything else is the same.

    `version` grows with each change of the visit's own days and state.
    """

    kind = models.CharField(max_length=20, choices=VisitKind.choices, default=VisitKind.FULL)
    is_rehearsal = models.BooleanField("rehearsal", default=False)
    state = models.CharField(max_length=20, choices=STATE_CHOICES, default=VisitState.CALLED.value)
    state_before = models.CharField(max_length=20, choices=STATE_CHOICES, blank=True)
    state_reason = models.TextField(blank=True)
    state_changed_at = models.DateTimeField()
    framework = models.ForeignKey(Framework, models.PROTECT, null=True, blank=True, related_name="+")
    notified_on = models.DateField("day of the call")
    on_site_on = models.DateField("first day on site")
    last_day_on = models.DateField("last day on site")
    draft_on = models.DateField("draft report received", null=True, blank=True)
    published_on = models.DateField("report published", null=True, blank=True)
    days_basis = models.TextField(blank=True)
    letter_done_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    called_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-notified_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_rehearsal"],
                condition=models.Q(kind="full", state__in=["called", "running"]),
                name="one_open_full_inspection",
            ),
            models.CheckConstraint(
                condition=models.Q(on_site_on__gt=models.F("notified_on"))
                & models.Q(last_day_on__gte=models.F("on_site_on")),
                name="visit_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, called {self.notified_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("inspection:visit-show", args=[self.pk])

    @property
    def title(self) -> str:
        """Full inspection; Rehearsal of a full inspection."""
        label = VisitKind(self.kind).label
        return f"Rehearsal of a {label.lower()}" if self.is_rehearsal else str(label)

    @property
    def in_words(self) -> str:
        """Within a sentence: "full inspection called on 23 November 2026"."""
        return f"{self.title[0].lower()}{self.title[1:]} called on {self.notified_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return VisitState(self.state) in OPEN_STATES

    @property
    def days(self) -> VisitDays:
        return VisitDays(
            notified_on=self.notified_on,
            on_site_on=self.on_site_on,
            last_day_on=self.last_day_on,
            draft_on=self.draft_on,
            published_on=self.published_on,
        )


class LetterStanding(models.TextChoices):
    """What working through the notification letter said of a line."""

    OPEN = "open", "Not looked at"
    CONFIRMED = "confirmed", "In the letter"
    DROPPED = "dropped", "Not asked for"


class LetterLine(models.Model):
    """What an item and a deadline of a visit share: a copied title that the letter confirms, renames or drops."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="%(class)ss")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    original_title = models.CharField(max_length=200, blank=True, help_text="As the rulebook has it; empty if added.")
    standing = models.CharField(max_length=20, choices=LetterStanding.choices, default=LetterStanding.OPEN)
    is_added = models.BooleanField("added for this visit", default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_dropped(self) -> bool:
        return self.standing == LetterStanding.DROPPED

    @property
    def is_renamed(self) -> bool:
        return not self.is_added and self.title != self.original_title


class Deadline(LetterLine):
    """One deadline of one visit, copied from its rule when the call came, so that later edits of the rulebook leave
    it alone.

    `due_at` is the moment by which it has to be met (the last minute of the day where `has_time` is False), or the
    start of something that lasts until `ends_at`; None while its anchor is not known. `is_own_date` marks a day that
    the letter gave: it no longer follows the anchor. `is_rule_confirmed` says whether the rulebook's line has been
    checked against its source. Without `person` whoever holds `owner_role` on the day owns it.
    """

    anchor = models.CharField(max_length=20, choices=Anchor.choices)
    offset_working_days = models.SmallIntegerField(default=0)
    ends_offset_working_days = models.SmallIntegerField(null=True, blank=True)
    at_time = models.TimeField(null=True, blank=True)
    ends_at_time = models.TimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    original_due_at = models.DateTimeField(null=True, blank=True)
    is_own_date = models.BooleanField(default=False)
    owner_role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.LANO.value)
    person = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    deputy = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    basis = models.TextField(blank=True, help_text="Why the rulebook has it.")
    counted_as = models.TextField(blank=True, help_text="How the day was counted.")
    other_readings = models.JSONField(default=list, help_text="Other days that the rule can mean: [day, why].")
    is_rule_confirmed = models.BooleanField(default=False)
    batch = models.CharField(max_length=20, choices=Batch.choices, blank=True, default="")
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = [models.F("due_at").asc(nulls_last=True), "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "code"], name="deadline_code_once_in_visit")
        ]

    @property
    def has_time(self) -> bool:
        return self.at_time is not None

    @property
    def role(self) -> Role:
        return Role(self.owner_role)

    @property
    def is_confirmed(self) -> bool:
        """The letter said so; before that, the rulebook's line is only a default."""
        return self.standing == LetterStanding.CONFIRMED

    @property
    def is_met(self) -> bool:
        return self.met_at is not None


class VisitItem(LetterLine):
    """One thing that this visit's letter asks for: copied from the standing request list, or added.

    It is due with `deadline`, unless the letter gave it a day of its own (`own_due_at`).
    """

    request_item = models.ForeignKey(RequestItem, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.ForeignKey(Deadline, models.SET_NULL, null=True, blank=True, related_name="items")
    description = models.TextField(blank=True)
    group = models.CharField(max_length=100, blank=True)
    responsible_role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.SEND_TEAM.value)
    kind = models.CharField(max_length=20, choices=RequestKind.choices, default=RequestKind.DOCUMENT)
    is_health_item = models.BooleanField(default=False)
    is_person_level = models.BooleanField(default=False)
    own_due_at = models.DateTimeField(null=True, blank=True)
    has_own_due_time = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "code"], name="visit_item_code_once_in_visit")
        ]

    @property
    def due_at(self) -> datetime | None:
        """Reads `deadline`: select it too."""
        return self.own_due_at or (self.deadline.due_at if self.deadline else None)


class ChangeKind(models.TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    UNCONFIRMED = "unconfirmed", "Set back to not looked at"
    RENAMED = "renamed", "Renamed"
    REDATED = "redated", "Given another day"
    DROPPED = "dropped", "Dropped"
    ADDED = "added", "Added"
    MOVED = "moved", "Moved with the visit's days"
    ASSIGNED = "assigned", "Given to somebody"
    MET = "met", "Marked as met"
    NOT_MET = "not_met", "Set back to not met"


class VisitChange(models.Model):
    """What was changed in a visit's deadlines and items, by whom and why: what stood when."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="changes")
    deadline = models.ForeignKey(Deadline, models.CASCADE, null=True, blank=True, related_name="changes")
    item = models.ForeignKey(VisitItem, models.CASCADE, null=True, blank=True, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deadline__isnull=False, item__isnull=True)
                | models.Q(deadline__isnull=True, item__isnull=False),
                name="change_of_one_line",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.after or self.before}"


class VisitTask(models.Model):
    """One thing to do in the first hour: who to ring, rooms, leave, letters."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=60, blank=True, help_text="Of the rulebook's task; empty if added.")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner_role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.LANO.value)
    within_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class CalendarFeed(models.Model):
    """A person's calendar address. Only a hash of its token is kept, so it is shown once and can be revoked."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at__isnull=True), name="one_calendar_feed_each"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar feed of {self.user}"
