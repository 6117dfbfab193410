"""Areas, figures about them, where figures come from, and how columns of files become indicators."""

from indicators.models.areas import Area, Level, StatisticalNeighbour
from indicators.models.catalogue import CatalogueEntry, FileFamily
from indicators.models.figures import (
    Forecast,
    ForecastPoint,
    Indicator,
    Observation,
    Scorecard,
    ScorecardLine,
    SeriesNote,
    Target,
)
from indicators.models.imports import Release, StatisticsImport

__all__ = [
    "Area",
    "CatalogueEntry",
    "FileFamily",
    "Forecast",
    "ForecastPoint",
    "Indicator",
    "Level",
    "Observation",
    "Release",
    "Scorecard",
    "ScorecardLine",
    "SeriesNote",
    "StatisticalNeighbour",
    "StatisticsImport",
    "Target",
]
