from __future__ import annotations

from typing import ClassVar

from django.db import models


class Level(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    REGION = "region", "Region"
    COUNTRY = "country", "Country"


class AreaQuerySet(models.QuerySet["Area"]):
    def local_authorities(self) -> AreaQuerySet:
        return self.filter(level=Level.LOCAL_AUTHORITY)


class Area(models.Model):
    """A place for which figures are published: a local area, abolished ones included, a region, or England.

    `code` is the local authority code (852); regions and England have their ONS code there (E12000008, E92000001).
    """

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.LOCAL_AUTHORITY, db_index=True)
    ons_code = models.CharField("ONS code", max_length=9, unique=True)
    region = models.CharField(max_length=60, blank=True)
    region_ons_code = models.CharField("region's ONS code", max_length=9, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    established_on = models.DateField("stands since", null=True, blank=True)
    abolished_on = models.DateField(null=True, blank=True)
    population_0_25 = models.PositiveIntegerField("population aged 0–25", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class StatisticalNeighbour(models.Model):
    """One of the areas that are most like an area; rank 1 is the nearest."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Area, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["area", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "rank"], name="neighbour_rank_once_in_area"),
            models.UniqueConstraint(fields=["area", "neighbour"], name="neighbour_once_in_area"),
            models.CheckConstraint(condition=~models.Q(area=models.F("neighbour")), name="neighbour_is_another_area"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.rank} {self.neighbour}"
