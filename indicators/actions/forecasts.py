"""Forecasts: made once and kept as they were made. The next one is laid beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from indicators.domain.forecast import (
    Expected,
    Growth,
    Method,
    NotEnough,
    Rounding,
    chain_growth,
    follow_trend,
)
from indicators.domain.periods import Period
from indicators.domain.series import Series
from indicators.models import Area, Forecast, ForecastPoint, Indicator

# What the database can hold is far more than any figure of children.
MOST = Decimal(10) ** 12
TOO_LARGE = "This growth or these printed figures give numbers that can’t be meant. Look for a digit too many."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for. `printed` are figures that a paper printed, by year."""

    title: str
    method: Method
    made_on: date
    source: str = ""
    base_year: int = 0
    growth: tuple[Growth, ...] = ()
    rounding: Rounding = Rounding.WHOLE
    printed: tuple[tuple[int, Decimal], ...] = ()
    from_year: int = 0
    until_year: int = 0


def make_forecast(
    *, by: User, at: datetime, indicator: Indicator, area_code: str, series: Series, wish: Wish
) -> Forecast:
    """Works the forecast out from the figures that stand today and keeps it. Raises NotAllowed with what is missing."""
    check_permission(by, Permission.EDIT_INDICATORS)
    area = Area.objects.filter(code=area_code).first()
    if area is None:
        raise NotAllowed("Name the area that this installation serves first.")
    if Forecast.objects.filter(indicator=indicator, area=area, title=wish.title).exists():
        raise NotAllowed(
            "A forecast of this indicator has this title already. Choose another, for example with the year."
        )
    expected, params = _work_out(indicator, series, wish)
    period = series.latest_value.period if series.latest_value else None
    with transaction.atomic():
        forecast = Forecast.objects.create(
            title=wish.title,
            indicator=indicator,
            area=area,
            method=wish.method.value,
            made_on=wish.made_on,
            params=params,
            source=wish.source,
            made_by=by,
        )
        ForecastPoint.objects.bulk_create(_points(forecast, expected, period))
        record(by=by, at=at, action="forecast.made", thing=forecast)
    return forecast


def _work_out(indicator: Indicator, series: Series, wish: Wish) -> tuple[Sequence[Expected], dict[str, Any]]:
    if wish.method == Method.TREND:
        return _trend(indicator, series, wish)
    base = series.in_year(wish.base_year)
    if base is None or base.value is None:
        raise NotAllowed(f"There is no figure of {wish.base_year} to start from. Choose a year that has one.")
    try:
        expected = chain_growth(base.value, wish.growth, rounding=wish.rounding, printed=dict(wish.printed))
    except ArithmeticError:
        raise NotAllowed(TOO_LARGE) from None
    if any(abs(number) >= MOST for one in expected for number in (one.value, one.shown)):
        raise NotAllowed(TOO_LARGE)
    params = {
        "base_year": wish.base_year,
        "base_value": f"{base.value.normalize():f}",
        "growth": {str(step.year): f"{step.percent.normalize():f}" for step in wish.growth},
        "rounding": wish.rounding.value,
    }
    return expected, params


def _trend(indicator: Indicator, series: Series, wish: Wish) -> tuple[Sequence[Expected], dict[str, Any]]:
    values = {
        point.period.year: point.value
        for point in series.points
        if point.value is not None and point.period.year >= wish.from_year
    }
    years = range(max(values, default=wish.until_year) + 1, wish.until_year + 1)
    try:
        expected = follow_trend(values, years, decimals=indicator.decimals)
    except NotEnough as refusal:
        raise NotAllowed(refusal.sentence) from None
    if not expected:
        raise NotAllowed("The last year must lie after the newest figure. Choose a later one.")
    return expected, {"from_year": min(values), "to_year": max(values)}


def _points(forecast: Forecast, expected: Sequence[Expected], period: Period | None) -> list[ForecastPoint]:
    """A point stands for the same days of its year as the newest figure."""
    month, day = (period.ends_on.month, period.ends_on.day) if period else (12, 31)
    day = min(day, 28) if month == 2 else day
    return [
        ForecastPoint(
            forecast=forecast,
            period_label=str(one.year),
            period_to_on=date(one.year, month, day),
            value=one.value,
            printed_value=one.printed,
        )
        for one in expected
    ]
