from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from accounts.domain.roles import ROLE_NAMES, Role
from framework.models.published import PublishedRow

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]


class Anchor(models.TextChoices):
    """The day from which a deadline counts its working days."""

    NOTIFICATION = "notification", "Notification (the call)"
    ON_SITE = "on_site", "First day on site"
    LAST_DAY = "last_day", "Last day on site"
    DRAFT = "draft", "Draft report received"
    PUBLISHED = "published", "Report published"


class Batch(models.TextChoices):
    """What is handed over together, in one pack or upload."""

    NONE = "", "Nothing handed over"
    LISTS = "lists", "Person-level lists"
    SIX = "six", "Case information for the six"
    ANNEX_A = "annex-a", "Annex A documents"


class TimetableRule(PublishedRow):
    """A deadline or an event of a visit, counted in working days from an anchor."""

    description = models.TextField(blank=True)
    anchor = models.CharField(max_length=20, choices=Anchor.choices)
    offset_working_days = models.SmallIntegerField(
        help_text="Working days after the anchor; 0 is the day itself. Weekends and bank holidays are skipped."
    )
    ends_offset_working_days = models.SmallIntegerField(
        "last day, working days",
        null=True,
        blank=True,
        help_text="For what lasts several days: the last one, in working days after the same anchor.",
    )
    at_time = models.TimeField("time", null=True, blank=True, help_text="By when, or when it starts. Local time.")
    ends_at_time = models.TimeField("until", null=True, blank=True)
    owner_role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.LANO.value)
    batch = models.CharField(
        max_length=20,
        choices=Batch.choices,
        blank=True,
        default="",
        help_text="What is handed over by then, if anything.",
    )
    basis = models.TextField(help_text="Why this day: the sentence that stands beside it on the timetable.")

    class Meta(PublishedRow.Meta):
        constraints: ClassVar = [
            *PublishedRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_offset_working_days__isnull=True)
                | models.Q(ends_offset_working_days__gte=models.F("offset_working_days")),
                name="timetablerule_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.ends_at_time and not self.at_time:
            raise ValidationError({"at_time": "Give the time at which it starts, or leave both times empty."})


class RequestKind(models.TextChoices):
    DOCUMENT = "document", "Document"
    LIST = "list", "Person-level list"
    CASE = "case", "Case information"


class RequestItem(PublishedRow):
    """One thing that inspectors ask for, or that an area is wise to have ready."""

    LINKS_WITHIN = ("deadline",)

    description = models.TextField(blank=True)
    group = models.CharField(max_length=100, help_text="The heading under which it stands.")
    deadline = models.ForeignKey(TimetableRule, models.PROTECT, related_name="request_items")
    responsible_role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    kind = models.CharField(max_length=20, choices=RequestKind.choices, default=RequestKind.DOCUMENT)
    is_health_item = models.BooleanField("health item", default=False, help_text="The health lead approves it.")
    is_person_level = models.BooleanField(
        "person-level", default=False, help_text="Holds data about single children: kept out of ordinary packs."
    )
    to_check = models.CharField(max_length=200, blank=True, help_text="What to check before relying on this row.")

    def __str__(self) -> str:
        return self.title


class FirstHourTask(PublishedRow):
    """Something to do at once when the call has come."""

    description = models.TextField(blank=True)
    owner_role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.LANO.value)
    within_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Minutes after the call by which it should be done."
    )

    def __str__(self) -> str:
        return self.title
