"""Imports and what came of them, as pages and commands show it."""

from typing import Any

from indicators.models import Area, Observation, Release


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
