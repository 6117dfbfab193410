"""Forecasts in the words of pages and papers."""

from dataclasses import dataclass

from indicators.domain.figures import Facts, figure_in_words
from indicators.domain.forecast import signed
from indicators.gather.forecasts import Vintage


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """A year of a forecast beside what happened."""

    year: int
    growth: str
    expected: str
    happened: str
    error: str


def forecast_rows(vintage: Vintage, facts: Facts) -> tuple[ForecastRow, ...]:
    rows = []
    newest = max((one.year for one in vintage.outcomes if one.happened is not None), default=0)
    for expected, outcome in zip(vintage.expected, vintage.outcomes, strict=True):
        share = outcome.error_share
        rows.append(
            ForecastRow(
                year=expected.year,
                growth=f"{signed(expected.percent)} %" if expected.percent is not None else "",
                expected=figure_in_words(expected.shown, "", facts),
                happened=figure_in_words(outcome.happened, "", facts)
                if outcome.happened is not None
                else "no figure"
                if expected.year < newest
                else "not yet",
                error=f"{signed(share)} %" if share is not None else "",
            )
        )
    return tuple(rows)
