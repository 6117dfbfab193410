from __future__ import annotations

from django.db import models

from framework.models.published import Framework, PublishedRow

SUMMARY_HELP = "The meaning in a few words of our own."


class CriterionGroup(PublishedRow):
    """One of the groups in which criteria are published."""

    summary = models.TextField(blank=True, help_text=SUMMARY_HELP)


class Criterion(PublishedRow):
    """One evaluation criterion."""

    LINKS_WITHIN = ("group",)

    group = models.ForeignKey(CriterionGroup, models.PROTECT, related_name="criteria")
    summary = models.TextField(blank=True, help_text=SUMMARY_HELP)

    class Meta(PublishedRow.Meta):
        verbose_name_plural = "criteria"


class CriterionPoint(PublishedRow):
    """One of the points that describe a criterion; `title` holds it in our own words."""

    LINKS_WITHIN = ("criterion",)

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="points")
    is_alternative_provision = models.BooleanField(
        "about alternative provision", default=False, help_text="The council alone answers for this point."
    )


class FocusKind(models.TextChoices):
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision activity"
    EXTRA_EVIDENCE = "extra_evidence", "Extra evidence area"


class AreaOfFocus(PublishedRow):
    """What inspectors do or look at beside the criteria."""

    kind = models.CharField(max_length=30, choices=FocusKind.choices)

    class Meta(PublishedRow.Meta):
        verbose_name = "area of focus"
        verbose_name_plural = "areas of focus"


class Lens(PublishedRow):
    """A view across all criteria: outcomes, experiences."""

    summary = models.TextField(blank=True, help_text=SUMMARY_HELP)

    class Meta(PublishedRow.Meta):
        verbose_name_plural = "lenses"


class LensStatement(PublishedRow):
    """One thing to look for through a lens; `title` holds it in our own words."""

    LINKS_WITHIN = ("lens",)

    lens = models.ForeignKey(Lens, models.PROTECT, related_name="statements")


class Outcome(PublishedRow):
    """One of the possible outcomes of a full inspection. Nothing in sendready ever computes one."""

    when = models.TextField(help_text="What has to be so for inspectors to reach it.")
    report_lists = models.TextField(help_text="What the report then lists.")
    follows = models.TextField(help_text="What the partnership and the inspectors do next.")
    full_within_months = models.PositiveSmallIntegerField(
        "next full inspection, months", null=True, blank=True, help_text="About how many months until the next one."
    )
    monitoring_within_months = models.PositiveSmallIntegerField(
        "monitoring, months",
        null=True,
        blank=True,
        help_text="About how many months after publication. Leave empty where there is no monitoring inspection.",
    )
    asks_priority_action_plan = models.BooleanField("asks for a priority action plan", default=False)


class CriterionMapping(PublishedRow):
    """Where a criterion or point of an earlier framework has gone, so that work is carried over."""

    old_framework = models.ForeignKey(Framework, models.PROTECT, related_name="+")
    old_code = models.CharField(max_length=60, help_text="The criterion or point in the earlier framework.")
    new_code = models.CharField(
        max_length=60, blank=True, help_text="Where it stands in this framework. Leave empty if it was dropped."
    )
