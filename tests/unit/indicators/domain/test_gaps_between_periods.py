"""Years that are missing between periods are put in, so that a chart keeps its scale."""

from datetime import date

import pytest

from indicators.charts import trend_chart
from indicators.domain.comparison import Around, compare
from indicators.domain.figures import Facts, Unit
from indicators.domain.periods import Period, PeriodKind, without_gaps
from tests.factories.series import make_series


def period(year: int, label: str, kind: PeriodKind = PeriodKind.SNAPSHOT) -> Period:
    return Period(kind=kind, starts_on=date(year, 1, 1), ends_on=date(year, 2, 28), label=label)


@pytest.mark.parametrize(
    ("first", "last", "between"),
    [
        pytest.param("2021", "2024", ["2022", "2023"], id="calendar years"),
        pytest.param("January 2021", "January 2024", ["January 2022", "January 2023"], id="a month of each year"),
        pytest.param("2020/21", "2023/24", ["2021/22", "2022/23"], id="academic years"),
        pytest.param("2020-21", "2023-24", ["2021-22", "2022-23"], id="financial years"),
    ],
)
def test_missing_years_are_put_in(first, last, between):
    found = without_gaps([period(2021, first), period(2024, last)])

    assert [one.label for one in found] == [first, *between, last]
    assert [one.year for one in found] == [2021, 2022, 2023, 2024]


def test_turn_of_the_century_and_leap_days_are_minded():
    leap = Period(kind=PeriodKind.CALENDAR, starts_on=date(2000, 2, 29), ends_on=date(2000, 2, 29), label="1999/00")

    found = without_gaps([leap, period(2002, "2001/02", PeriodKind.CALENDAR)])

    assert [one.label for one in found] == ["1999/00", "2000/01", "2001/02"]
    assert found[1].ends_on == date(2001, 2, 28)


def test_months_stay_as_they_are():
    months = [period(2021, "May 2021", PeriodKind.MONTH), period(2024, "May 2024", PeriodKind.MONTH)]

    assert without_gaps(months) == tuple(months)
    assert without_gaps([]) == ()


def test_line_of_a_chart_breaks_where_years_are_missing():
    series = {"852": make_series(10, 11, None, None, 14)}
    around = Around(own="852", own_name="Wexcombe", names={"852": "Wexcombe"}, abolished={})
    comparison = compare(Facts(code="x", name="X", unit=Unit.PERCENT), around, series)

    chart = trend_chart(comparison, series)

    assert chart.steps == ("2020", "2021", "2022", "2023", "2024")
    assert chart.lines[0].values == (10.0, 11.0, None, None, 14.0)
