"""Points over time: the newest, changes, gaps, and leaps that ask for a second look."""

from decimal import Decimal

import pytest

from indicators.domain.figures import Direction, Facts, Unit, difference_in_words, figure_in_words
from indicators.domain.series import change_over, gaps, is_spiky, spikes
from tests.factories.series import make_period, make_series


def test_latest_is_the_symbol_and_not_last_years_value():
    series = make_series(10, 12, "c")

    assert series.latest.symbol == "c"
    assert series.latest_value.value == 12


def test_empty_series_has_nothing():
    series = make_series()

    assert series.latest is None
    assert series.latest_value is None
    assert change_over(series, 3) is None
    assert gaps(series) == ()


@pytest.mark.parametrize(
    ("figures", "years", "difference"),
    [
        pytest.param((10, 11, 12, 15), 3, 5, id="three years on"),
        pytest.param((10, None, 12, 15), 3, 5, id="a gap between doesn't matter"),
        pytest.param((None, 11, 12, 15), 3, None, id="nothing three years ago"),
        pytest.param(("c", 11, 12, 15), 3, None, id="a symbol three years ago"),
        pytest.param((10, 11, 12, "c"), 3, None, id="a symbol now"),
        pytest.param((10, 11, 12, 15), 1, 3, id="one year on"),
        pytest.param((15, 11, 12, 15), 3, 0, id="back where it was"),
    ],
)
def test_change_over_years(figures, years, difference):
    change = change_over(make_series(*figures), years)

    assert (change.difference if change else None) == difference


@pytest.mark.parametrize(
    ("figures", "direction", "better"),
    [
        pytest.param((10, 12), Direction.HIGHER, True, id="up and higher is better"),
        pytest.param((10, 12), Direction.LOWER, False, id="up and lower is better"),
        pytest.param((12, 10), Direction.LOWER, True, id="down and lower is better"),
        pytest.param((12, 10), Direction.NEITHER, None, id="neither way is better"),
        pytest.param((10, 10), Direction.HIGHER, None, id="no change"),
    ],
)
def test_change_is_better_by_direction(figures, direction, better):
    assert change_over(make_series(*figures), 1).is_better(direction) is better


def test_share_of_nothing_is_unknown():
    assert change_over(make_series(0, 5), 1).share is None
    assert change_over(make_series(10, 15), 1).share == 50


def test_gaps_name_the_years_without_value_or_symbol():
    assert gaps(make_series(10, None, "c", None, 12)) == (2021, 2023)


@pytest.mark.parametrize(
    ("figures", "leaps"),
    [
        pytest.param((10, 11, 12, 13, 14), [], id="steady"),
        pytest.param((10, 11, 30, 12, 13), [2022], id="one leap up"),
        pytest.param((50, 52, 12, 53, 54), [2022], id="one leap down"),
        pytest.param((10, 11, 12, 13, 40), [], id="the newest can't be judged"),
        pytest.param((10, 11, 30, 31, 32), [], id="a step that stays is no leap"),
        pytest.param((10, 40, 11), [], id="three values tell nothing"),
        pytest.param((97.5, 60.1, 97.0, 96.5), [2021], id="a percentage that collapses once"),
        pytest.param((567, 593, 634, 655, 701, 803, 1021, 1181, 1387, 1522, 1736, 1826), [], id="growth alone"),
        pytest.param((10, "c", 30, "c", 11, 12), [2022], id="symbols are passed over"),
        pytest.param((0, 0, 0, 0), [], id="nothing but zeros"),
    ],
)
def test_spikes(figures, leaps):
    series = make_series(*figures)

    assert [spike.point.period.year for spike in spikes(series)] == leaps
    assert is_spiky(series) is bool(leaps)


def test_point_of_a_year_is_the_newest_that_ends_in_it():
    series = make_series(10, 11)

    assert series.in_year(2021).value == 11
    assert series.in_year(2030) is None
    assert series.at(make_period(2020)).value == 10


@pytest.mark.parametrize(
    ("value", "symbol", "unit", "decimals", "words"),
    [
        pytest.param("2785", "", Unit.COUNT, 0, "2,785", id="count"),
        pytest.param("97.5", "", Unit.PERCENT, 1, "97.5 %", id="percent"),
        pytest.param("97", "", Unit.PERCENT, 1, "97.0 %", id="percent with its decimals"),
        pytest.param("12", "", Unit.DAYS, 0, "12 days", id="days"),
        pytest.param("1", "", Unit.MONTHS, 0, "1 month", id="one month"),
        pytest.param("0.25", "", Unit.RATIO, 2, "0.25", id="ratio"),
        pytest.param("-3.25", "", Unit.SCORE, 1, "−3.3", id="below zero, half away from zero"),
        pytest.param(None, "c", Unit.COUNT, 0, "c", id="a symbol stays a symbol"),
        pytest.param(None, "", Unit.COUNT, 0, "no figure", id="nothing"),
        pytest.param("0", "", Unit.COUNT, 0, "0", id="a zero is a figure"),
    ],
)
def test_figure_in_words(value, symbol, unit, decimals, words):
    facts = Facts(code="x", name="X", unit=unit, decimals=decimals)

    assert figure_in_words(Decimal(value) if value is not None else None, symbol, facts) == words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [("3.2", 1, "3.2 percentage points"), ("-1", 0, "1 percentage point"), ("1", 1, "1.0 percentage points")],
)
def test_difference_of_percentages_is_in_points(value, decimals, words):
    facts = Facts(code="x", name="X", unit=Unit.PERCENT, decimals=decimals)

    assert difference_in_words(Decimal(value), facts) == words
