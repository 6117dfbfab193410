from datetime import date

import pytest

from strategy.domain.timeline import Bar, bar_of, scale_of

YEAR = scale_of(date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "count", "step"),
    [
        pytest.param(date(2026, 9, 1), date(2027, 8, 31), 12, 1, id="a year in months"),
        pytest.param(date(2026, 9, 1), date(2026, 9, 1), 1, 1, id="a day"),
        pytest.param(date(2024, 9, 1), date(2026, 8, 31), 24, 1, id="two years in months"),
        pytest.param(date(2024, 9, 1), date(2027, 8, 31), 13, 3, id="three years in quarters"),
        pytest.param(date(2020, 1, 1), date(2029, 12, 31), 20, 6, id="ten years in half-years"),
        pytest.param(date(2000, 1, 1), date(2099, 12, 31), 24, 6, id="never more than fit"),
    ],
)
def test_scale_has_as_many_columns_as_fit(starts: date, ends: date, count: int, step: int):
    scale = scale_of(starts, ends)

    assert (len(scale.columns), scale.step) == (count, step)


def test_scale_names_months_and_the_year_where_it_begins():
    assert [(column.label, column.year) for column in YEAR.columns][:5] == [
        ("Sep", "2026"),
        ("Oct", ""),
        ("Nov", ""),
        ("Dec", ""),
        ("Jan", "2027"),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "bar"),
    [
        pytest.param(date(2026, 9, 15), date(2026, 11, 1), Bar(1, 3), id="inside"),
        pytest.param(None, date(2026, 10, 5), Bar(2, 1), id="only a due day"),
        pytest.param(date(2027, 8, 1), None, Bar(12, 1), id="only a start"),
        pytest.param(date(2026, 1, 1), date(2026, 10, 1), Bar(1, 2, is_cut=True), id="began before"),
        pytest.param(date(2027, 7, 1), date(2028, 7, 1), Bar(11, 2, is_cut=True), id="goes on after"),
        pytest.param(date(2025, 1, 1), date(2026, 1, 1), None, id="over before"),
        pytest.param(date(2028, 1, 1), None, None, id="begins after"),
        pytest.param(None, None, None, id="no days"),
    ],
)
def test_bar_lies_in_whole_columns(starts: date | None, ends: date | None, bar: Bar | None):
    assert bar_of(YEAR, starts, ends) == bar
