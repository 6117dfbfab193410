"""Which point of a series a marker means."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.domain.periods import Period, PeriodKind
from indicators.domain.series import Point, Series
from selfeval.domain.figures import Cited, cited_now, period_key, point_of
from tests.factories.series import make_series

YEARS = make_series(40, 41, "c", since=2022)


def point(label: str, ends_on: date, kind: PeriodKind, value: int = 7) -> Point:
    return Point(
        period=Period(kind=kind, starts_on=ends_on.replace(day=1), ends_on=ends_on, label=label), value=Decimal(value)
    )


SNAPSHOTS = Series(
    indicator="x",
    area="852",
    points=(
        point("January 2024", date(2024, 1, 31), PeriodKind.SNAPSHOT, 1),
        point("January 2025", date(2025, 1, 31), PeriodKind.SNAPSHOT, 2),
    ),
)
MONTHS = Series(
    indicator="x",
    area="852",
    points=(
        point("March 2025", date(2025, 3, 31), PeriodKind.MONTH, 3),
        point("April 2025", date(2025, 4, 30), PeriodKind.MONTH, 4),
    ),
)


@pytest.mark.parametrize(
    ("series", "period", "expected"),
    [
        pytest.param(YEARS, "2023", Decimal(41), id="the label"),
        pytest.param(YEARS, "2020", None, id="a year that nothing was published for"),
        pytest.param(YEARS, "spring", None, id="no period at all"),
        pytest.param(SNAPSHOTS, "2025", Decimal(2), id="the year in which it ends"),
        pytest.param(SNAPSHOTS, "January-2024", Decimal(1), id="the label without its space"),
        pytest.param(SNAPSHOTS, "january-2024", Decimal(1), id="whatever the capitals"),
        pytest.param(MONTHS, "2025", Decimal(4), id="the newest month of the year"),
        pytest.param(MONTHS, "", Decimal(4), id="no period, so the newest"),
        pytest.param(Series(indicator="x", area="852"), "", None, id="nothing published"),
    ],
)
def test_a_marker_means_a_point(series, period, expected):
    found = point_of(series, period)

    assert (found.value if found else None) == expected


@pytest.mark.parametrize("series", [YEARS, SNAPSHOTS, MONTHS])
def test_every_point_is_found_again_by_its_key(series):
    assert [point_of(series, period_key(one, series)) for one in series.points] == list(series.points)


def test_a_symbol_is_cited_as_a_symbol():
    assert cited_now(YEARS, "") == Cited(period_label="2024", symbol="c")


def test_what_nobody_published_is_empty():
    assert cited_now(YEARS, "2019").is_empty
