"""The area that this installation serves, and who belongs to its partnership."""

from typing import ClassVar

from django.db import models


class LocalArea(models.Model):
    """The one area that this installation serves (a single row, key 1)."""

    name = models.CharField(max_length=120)
    partnership_name = models.CharField(max_length=160, blank=True)
    la_code = models.CharField("local authority code", max_length=3, blank=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    region_name = models.CharField(max_length=60, blank=True)
    short_code = models.CharField(max_length=20, help_text="Starts the name of every file that is exported.")
    marking = models.CharField(max_length=60, default="OFFICIAL-SENSITIVE")
    strategic_board_name = models.CharField(max_length=120, blank=True)
    suppress_up_to = models.PositiveSmallIntegerField("small numbers to suppress", default=5)
    safeguarding_lead = models.ForeignKey("User", models.SET_NULL, null=True, blank=True, related_name="+")
    set_up_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_local_area")]

    def __str__(self) -> str:
        return self.name


class SchoolHoliday(models.Model):
    """A stretch of days in which no visit is held. School holidays never shift a deadline."""

    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    loaded_as = models.CharField(max_length=80, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="holiday_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", "Council"
    ICB = "icb", "Integrated care board"
    HEALTH_PROVIDER = "health_provider", "Health provider"
    PARENT_CARER_FORUM = "pcf", "Parent carer forum"
    SENDIASS = "sendiass", "SENDIASS"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Other partner"


class Organisation(models.Model):
    """A member of the partnership, from a day to a day: boundaries of boards move."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    from_on = models.DateField("member from", null=True, blank=True)
    to_on = models.DateField("member until", null=True, blank=True)
    # The name in the folder of an area that it came with: it is found again when somebody renamed it.
    loaded_as = models.CharField(max_length=160, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
