"""Database → values, each with a fixed number of queries."""

from indicators.gather.areas import area_with_code, choose_areas, comparators_of, neighbours_of
from indicators.gather.series import series_of

__all__ = ["area_with_code", "choose_areas", "comparators_of", "neighbours_of", "series_of"]
