"""Draws the charts of every indicator ahead, in the background: pages then find them drawn.

A drawing takes some 40 ms, the first one of a process half a second: too long for a page. Whoever opens a page before
this has run gets the same chart as a picture from its own address, which draws and keeps it.
"""

from collections.abc import Collection

from django.utils import timezone

from documents.charts import drawing_of, kept_drawing
from indicators.charts import strip_chart, trend_chart
from indicators.gather import around_here, comparison_with_series
from indicators.models import Indicator


def draw_charts(codes: Collection[str] | None = None) -> int:
    """Draws what isn't drawn yet, of all indicators or of some; returns how many charts it drew."""
    around = around_here()
    if around is None:
        return 0
    indicators = Indicator.objects.in_use()
    if codes is not None:
        indicators = indicators.filter(code__in=codes)
    drawn = 0
    for indicator in indicators:
        comparison, series = comparison_with_series(indicator, around, today=timezone.localdate())
        if comparison is None:
            continue
        for chart in (trend_chart(comparison, series), strip_chart(comparison)):
            if kept_drawing(chart) is None:
                drawing_of(chart)
                drawn += 1
    return drawn
