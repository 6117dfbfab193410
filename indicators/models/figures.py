"""Indicators, the figures of areas, and what is said about them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from indicators.models.areas import Area
from indicators.models.imports import Release

UNITS = [
    ("count", "Number"),
    ("percent", "Per cent"),
    ("rate", "Rate"),
    ("days", "Days"),
    ("months", "Months"),
    ("ratio", "Ratio"),
    ("score", "Score"),
]
DIRECTIONS = [("higher", "Higher is better"), ("lower", "Lower is better"), ("neither", "Neither way is better")]
PERIOD_KINDS = [
    ("calendar", "Calendar year"),
    ("academic", "Academic year"),
    ("financial", "Financial year"),
    ("snapshot", "On a day or in a month of each year"),
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("term", "Term"),
    ("other", "Another stretch of time"),
]
METHODS = [("chained_growth", "Growth rates, chained"), ("trend", "Trend of the past years")]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_use(self) -> IndicatorQuerySet:
        return self.filter(is_archived=False)

    def by_theme(self) -> IndicatorQuerySet:
        """Themes in the order of their first indicator, indicators in theirs."""
        first = Indicator.objects.filter(theme=models.OuterRef("theme")).order_by("order", "name").values("order")[:1]
        return self.alias(theme_order=models.Subquery(first)).order_by("theme_order", "theme", "order", "name")


class Indicator(models.Model):
    """A figure with a name that is followed over time. `code` stands in addresses and citations: "ehc-plans".

    `edited_at` is set when a person changes it: loading the catalogue again leaves such a row alone.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=10, choices=UNITS, default="count")
    decimals = models.PositiveSmallIntegerField(default=0)
    direction = models.CharField("which way is good", max_length=10, choices=DIRECTIONS, default="neither")
    theme = models.CharField(max_length=80, blank=True)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_local = models.BooleanField("kept by this area itself", default=False)
    is_archived = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    is_unbounded = models.BooleanField("may fall below 0 or pass 100 per cent", default=False)
    also_called = models.JSONField("columns that may hold it in published files", default=list, blank=True)
    list_figure = models.CharField("table and line of the person-level lists", max_length=120, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> ObservationQuerySet:
        return self.filter(is_current=True)


class Observation(models.Model):
    """One figure of one area for one period as one release gave it: a value, or the symbol that stands instead.

    Of the releases that give the same figure the newest counts: that one is current, the others are its history.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=10, choices=PERIOD_KINDS)
    period_from_on = models.DateField()
    period_to_on = models.DateField()
    period_label = models.CharField(max_length=40)
    release = models.ForeignKey(Release, models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    symbol = models.CharField(max_length=8, blank=True)
    is_current = models.BooleanField(default=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period_kind", "period_from_on", "period_to_on", "release"],
                name="observation_once_in_release",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area", "period_kind", "period_from_on", "period_to_on"],
                condition=models.Q(is_current=True),
                name="one_current_observation",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, symbol="")
                | (models.Q(value__isnull=True) & ~models.Q(symbol="")),
                name="observation_has_value_or_symbol",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["indicator", "area", "period_to_on"],
                condition=models.Q(is_current=True),
                name="current_observations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} of {self.area_id}, {self.period_label}"


class SeriesNote(models.Model):
    """What a reader of a series has to know: "2021: data cleanse". Without an area it holds for all."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="notes")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    about_on = models.DateField("day in the series that it is about", null=True, blank=True)
    period_label = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["indicator", "about_on", "id"]

    def __str__(self) -> str:
        return f"{self.period_label}: {self.text}" if self.period_label else self.text


class Target(models.Model):
    """A value that the area wants to reach by a day, and who set it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    by_on = models.DateField()
    set_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["indicator", "by_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "by_on", "set_by"], name="target_once_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.value.normalize():f} by {self.by_on:%d/%m/%Y}"


class Forecast(models.Model):
    """What was expected of an indicator when it was made, and by which method."""

    title = models.CharField(max_length=160)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    method = models.CharField(max_length=20, choices=METHODS)
    made_on = models.DateField()
    params = models.JSONField("base period and value, growth by year, rounding", default=dict)
    source = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["indicator", "-made_on", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "area", "title"], name="forecast_once_by_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ForecastPoint(models.Model):
    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="points")
    period_label = models.CharField(max_length=40)
    period_to_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    printed_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["forecast", "period_to_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "period_to_on"], name="forecast_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.period_label}: {self.value}"


class Scorecard(models.Model):
    """Indicators that a board follows, in its order."""

    title = models.CharField(max_length=160)
    board = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    is_archived = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class ScorecardLine(models.Model):
    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    order = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["scorecard", "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scorecard", "indicator"], name="scorecard_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard}: {self.indicator}"
