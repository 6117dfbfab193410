"""Forecasts with their points, laid over what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.comparison import Around
from indicators.domain.forecast import (
    Expected,
    Growth,
    Method,
    Outcome,
    Rounding,
    chain_growth,
    lay_over,
    method_in_words,
    outcome_in_words,
    rounding_differences,
)
from indicators.domain.series import Series
from indicators.models import Forecast, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """A forecast as it was made, with the method in words and what came of it."""

    forecast: Forecast
    expected: tuple[Expected, ...]
    outcomes: tuple[Outcome, ...]
    method: str
    differences: tuple[str, ...]
    verdict: str

    @property
    def title(self) -> str:
        return self.forecast.title


def vintages_of(indicator: Indicator, around: Around, series: Series) -> tuple[Vintage, ...]:
    """The forecasts of one indicator for our area, the newest first (two queries)."""
    rows = Forecast.objects.filter(indicator=indicator, area__code=around.own).prefetch_related("points")
    return tuple(vintage_of(forecast, series) for forecast in rows.order_by("-made_on", "id"))


def vintage_of(forecast: Forecast, series: Series) -> Vintage:
    """One forecast; its points must be prefetched or few."""
    expected = expected_of(forecast)
    outcomes = lay_over(expected, series)
    base, base_year = _base(forecast)
    return Vintage(
        forecast=forecast,
        expected=expected,
        outcomes=outcomes,
        method=_method(forecast),
        differences=rounding_differences(base, base_year, expected),
        verdict=outcome_in_words(outcomes),
    )


def expected_of(forecast: Forecast) -> tuple[Expected, ...]:
    """The stored points as values; growth rates are worked out again, so that the method can be checked."""
    points = sorted(forecast.points.all(), key=lambda point: point.period_to_on)
    growth, rounding = growth_of(forecast)
    if forecast.method == Method.CHAINED_GROWTH and growth:
        printed = {one.period_to_on.year: one.printed_value for one in points if one.printed_value is not None}
        worked = {one.year: one for one in chain_growth(_base(forecast)[0], growth, rounding=rounding, printed=printed)}
        if all(point.period_to_on.year in worked for point in points):
            return tuple(worked[point.period_to_on.year] for point in points)
    return tuple(
        Expected(year=one.period_to_on.year, exact=one.value, value=one.value, printed=one.printed_value)
        for one in points
    )


def growth_of(forecast: Forecast) -> tuple[Sequence[Growth], Rounding]:
    given = forecast.params.get("growth") or {}
    growth = [Growth(year=int(year), percent=Decimal(str(percent))) for year, percent in sorted(given.items())]
    rounding = forecast.params.get("rounding", Rounding.WHOLE)
    return growth, Rounding(rounding) if rounding in set(Rounding) else Rounding.WHOLE


def _base(forecast: Forecast) -> tuple[Decimal, int]:
    params = forecast.params
    return Decimal(str(params.get("base_value", 0))), int(params.get("base_year", forecast.made_on.year))


def _method(forecast: Forecast) -> str:
    base, base_year = _base(forecast)
    growth, rounding = growth_of(forecast)
    return method_in_words(
        Method(forecast.method),
        base_year=base_year,
        base=base,
        growth=growth,
        rounding=rounding,
        from_year=int(forecast.params.get("from_year", 0)),
        to_year=int(forecast.params.get("to_year", 0)),
    )
