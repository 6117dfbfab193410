"""Database → values, each with a fixed number of queries."""

from indicators.gather.areas import area_with_code, choose_areas, comparators_of, neighbours_of
from indicators.gather.comparisons import around_here, comparison_with_series, comparisons_of, facts_of
from indicators.gather.series import series_of

__all__ = [
    "area_with_code",
    "around_here",
    "choose_areas",
    "comparators_of",
    "comparison_with_series",
    "comparisons_of",
    "facts_of",
    "neighbours_of",
    "series_of",
]
