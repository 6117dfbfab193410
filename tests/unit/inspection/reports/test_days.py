from datetime import date

import pytest

from inspection.domain.reports.days import read_span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("17 to 21 June 2024", date(2024, 6, 17), date(2024, 6, 21)),
        ("13 May 2024 to 17 May 2024", date(2024, 5, 13), date(2024, 5, 17)),
        ("6 February to 10 February 2017", date(2017, 2, 6), date(2017, 2, 10)),
        ("29 April 2024 to 3 May 2024", date(2024, 4, 29), date(2024, 5, 3)),
        ("29 January 2024 to 02 February 2024", date(2024, 1, 29), date(2024, 2, 2)),
        ("26 February – 2 March 2018", date(2018, 2, 26), date(2018, 3, 2)),
        ("28 December to 3 January 2025", date(2024, 12, 28), date(2025, 1, 3)),
        ("3rd to 7th\u00a0March 2025", date(2025, 3, 3), date(2025, 3, 7)),
        ("16 May 2016", date(2016, 5, 16), date(2016, 5, 16)),
    ],
)
def test_span_is_read_as_printed(text: str, first: date, last: date):
    assert read_span(text) == (first, last)


@pytest.mark.parametrize("text", ["", "in the spring of 2024", "31 to 35 June 2024", "31 February 2024", "2024"])
def test_span_that_is_none_gives_nothing(text: str):
    assert read_span(text) is None
