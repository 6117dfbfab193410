from datetime import date

import pytest

from strategy.domain.known import how_long

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 22), "less than a month"),
        (date(2026, 10, 23), "less than a month"),
        (date(2026, 10, 22), "1 month"),
        (date(2025, 11, 22), "1 year"),
        (date(2024, 5, 17), "2 years and 6 months"),
        (date(2027, 1, 1), "less than a month"),
    ],
    ids=str,
)
def test_how_long_counts_whole_months(since: date, words: str):
    assert how_long(since, TODAY) == words
