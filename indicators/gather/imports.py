"""Imports and what came of them, as pages and commands show it."""

from typing import Any

from django.db.models import Count

from indicators.models import Area, CatalogueEntry, Observation, Release, StatisticsImport


def figures_from(release: Release, area: Area) -> list[dict[str, Any]]:
    """What one release gives of one area, by indicator and time; values as text, as they were published."""
    rows = (
        Observation.objects.filter(release=release, area=area)
        .select_related("indicator")
        .order_by("indicator__order", "indicator__name", "period_to_on")
    )
    return [
        {
            "indicator": row.indicator.code,
            "name": row.indicator.name,
            "period": row.period_label,
            "value": None if row.value is None else f"{row.value.normalize():f}",
            "symbol": row.symbol,
            "is_current": row.is_current,
        }
        for row in rows
    ]


MOST_IMPORTS = 60


def recent_imports() -> list[StatisticsImport]:
    """The newest reading of each file, the newest first. One query."""
    newest = StatisticsImport.objects.order_by("stored__sha256", "-pk")
    last: dict[str, StatisticsImport] = {}
    for job in newest.select_related("stored", "release", "release__family", "ordered_by"):
        last.setdefault(job.stored.sha256, job)
    return sorted(last.values(), key=lambda job: (job.ordered_at, job.pk), reverse=True)[:MOST_IMPORTS]


def other_releases() -> list[Release]:
    """What came without an imported file: reference figures, own figures, counts from the lists."""
    return list(Release.objects.exclude(kind="published").select_related("imported_by")[:MOST_IMPORTS])


def waiting_proposals() -> dict[int, int]:
    """How many proposals wait, by family."""
    rows = CatalogueEntry.objects.filter(state="proposed").values_list("family").annotate(number=Count("pk"))
    return dict(rows.order_by())
