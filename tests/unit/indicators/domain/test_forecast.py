"""Forecasts: growth chained as the strategy chained it, trends, and how they came out."""

from decimal import Decimal

import pytest

from indicators.domain.forecast import (
    Growth,
    Method,
    NotEnough,
    Rounding,
    chain_growth,
    follow_trend,
    growth_in_words,
    lay_over,
    line_through,
    mean_miss,
    method_in_words,
    outcome_in_words,
    rounding_differences,
    signed,
)
from tests.factories.series import make_series

# SEND strategy 2022-2027, "Forecast increase in EHCPs": 10 % to 2024 and 7 % after, from 1,826 in 2021.
GROWTH = tuple(Growth(year=year, percent=Decimal(10 if year <= 2024 else 7)) for year in range(2022, 2030))
PRINTED = dict(zip(range(2022, 2030), map(Decimal, (2008, 2209, 2430, 2600, 2782, 2977, 3185, 3408)), strict=True))


def test_strategys_own_forecast_is_reproduced_but_for_one_rounding():
    forecast = chain_growth(Decimal(1826), GROWTH, printed=PRINTED)

    assert [step.shown for step in forecast] == list(PRINTED.values())
    assert [step.year for step in forecast if step.differs] == [2022]
    assert rounding_differences(Decimal(1826), 2021, forecast) == (
        "2022: 1,826 (2021) × 1.10 is 2,008.6, which rounds to 2,009; 2,008 is printed.",
    )


def test_without_the_printed_figures_the_difference_is_carried_on():
    forecast = chain_growth(Decimal(1826), GROWTH)

    assert [int(step.value) for step in forecast] == [2009, 2210, 2431, 2601, 2783, 2978, 3186, 3409]


@pytest.mark.parametrize(
    ("rounding", "values"),
    [
        pytest.param(Rounding.WHOLE, ["2009", "2210"], id="rounded each year"),
        pytest.param(Rounding.DOWN, ["2008", "2208"], id="cut each year"),
        pytest.param(Rounding.NONE, ["2008.6", "2209.46"], id="not rounded"),
    ],
)
def test_rounding(rounding, values):
    forecast = chain_growth(Decimal(1826), GROWTH[:2], rounding=rounding)

    assert [step.value for step in forecast] == [Decimal(value) for value in values]


def test_growth_below_zero_shrinks():
    (step,) = chain_growth(Decimal(200), [Growth(year=2022, percent=Decimal(-10))])

    assert step.value == 180


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        pytest.param(GROWTH, "10 % a year to 2024, 7 % after", id="the strategy's"),
        pytest.param(GROWTH[:2], "10 % a year to 2023", id="one rate"),
        pytest.param((), "", id="none"),
    ],
)
def test_growth_in_words(growth, words):
    assert growth_in_words(growth) == words


def test_methods_can_be_repeated_from_their_words():
    chained = method_in_words(Method.CHAINED_GROWTH, base_year=2021, base=Decimal(1826), growth=GROWTH)
    trend = method_in_words(Method.TREND, from_year=2019, to_year=2024)

    assert chained == (
        "From 1,826 in 2021, growth of 10 % a year to 2024, 7 % after; each year's figure is rounded to a whole number "
        "before the next is worked out."
    )
    assert trend.startswith("The straight line (least squares) through the figures of 2019 to 2024")


def test_trend_follows_a_straight_line():
    values = {2020: Decimal(10), 2021: Decimal(12), 2022: Decimal(14)}

    assert line_through(values).step == 2
    assert [one.value for one in follow_trend(values, [2023, 2025], decimals=0)] == [16, 20]


def test_trend_minds_a_gap_between_years_and_stops_at_zero():
    values = {2020: Decimal(30), 2022: Decimal(10), 2023: Decimal(0)}

    assert [one.value for one in follow_trend(values, [2030], decimals=1)] == [Decimal("0.0")]


def test_trend_of_two_years_is_refused_with_an_instruction():
    with pytest.raises(NotEnough) as refused:
        follow_trend({2020: Decimal(1), 2021: Decimal(2)}, [2022], decimals=0)

    assert "at least three years" in refused.value.sentence


def test_forecast_is_laid_over_what_happened():
    forecast = chain_growth(Decimal(1826), GROWTH, printed=PRINTED)

    outcomes = lay_over(forecast, make_series(2100, "c", 2430, 2785, since=2022))

    assert [one.happened for one in outcomes[:5]] == [2100, None, 2430, 2785, None]
    assert [one.error for one in outcomes[:4]] == [-92, None, 0, -185]
    assert signed(outcomes[3].error_share) == "−6.6"
    assert mean_miss(outcomes).quantize(Decimal("0.1")) == Decimal("3.7")
    assert outcome_in_words(outcomes) == (
        "3 years can be checked: 2 too low; 3.7 % off on average, most in 2025 (−6.6 %)."
    )


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (2000, "2022 was forecast 0.5 % too high."),
        (2151, "2022 was forecast 6.6 % too low."),
        (2009, "2022 came as forecast."),
    ],
)
def test_one_year_that_can_be_checked_is_told_alone(happened, words):
    outcomes = lay_over(chain_growth(Decimal(1826), GROWTH), make_series(happened, since=2022))

    assert outcome_in_words(outcomes) == f"1 year can be checked: {words}"


def test_forecast_that_cant_be_checked_says_so():
    outcomes = lay_over(chain_growth(Decimal(1826), GROWTH), make_series(1, since=2000))

    assert mean_miss(outcomes) is None
    assert outcome_in_words(outcomes) == "No year of this forecast can be checked yet."


@pytest.mark.parametrize(("value", "words"), [("2.14", "+2.1"), ("-6.64", "−6.6"), ("0.04", "0.0"), ("-0.04", "0.0")])
def test_signed(value, words):
    assert signed(Decimal(value)) == words
