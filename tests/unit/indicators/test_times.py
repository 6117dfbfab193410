"""The publisher's columns of time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.periods import PeriodKind
from indicators.domain.times import NoPeriod, january_of, read_period

CASES = [
    ("2024", "Calendar year", "calendar", (2024, 1, 1), (2024, 12, 31), "2024"),
    ("202425", "Academic year", "academic", (2024, 9, 1), (2025, 8, 31), "2024/25"),
    ("202425", "Financial year", "financial", (2024, 4, 1), (2025, 3, 31), "2024-25"),
    ("199900", "Academic year", "academic", (1999, 9, 1), (2000, 8, 31), "1999/00"),
    ("2024/25", "academic  Year", "academic", (2024, 9, 1), (2025, 8, 31), "2024/25"),
    ("2024-2025", "Academic year", "academic", (2024, 9, 1), (2025, 8, 31), "2024/25"),
    ("202425", "Tax year", "other", (2024, 4, 6), (2025, 4, 5), "2024-25 tax year"),
    ("2024", "Reporting year", "other", (2024, 1, 1), (2024, 12, 31), "2024 reporting year"),
    ("202425", "Autumn term", "term", (2024, 9, 1), (2024, 12, 31), "Autumn term 2024/25"),
    ("202425", "Spring term", "term", (2025, 1, 1), (2025, 3, 31), "Spring term 2024/25"),
    ("202425", "Summer term", "term", (2025, 4, 1), (2025, 8, 31), "Summer term 2024/25"),
    ("202425", "Autumn and spring term", "term", (2024, 9, 1), (2025, 3, 31), "Autumn and spring term 2024/25"),
    ("201819", "Six half terms", "term", (2018, 9, 1), (2019, 8, 31), "Six half terms 2018/19"),
    ("2025", "January", "month", (2025, 1, 1), (2025, 1, 31), "January 2025"),
    ("2024", "February", "month", (2024, 2, 1), (2024, 2, 29), "February 2024"),
    ("2024", "Calendar year Q2", "quarter", (2024, 4, 1), (2024, 6, 30), "2024 Q2"),
    ("202425", "Financial year Q4", "quarter", (2025, 1, 1), (2025, 3, 31), "2024-25 Q4"),
    ("202425", "Academic year Q1-Q3", "other", (2024, 9, 1), (2025, 5, 31), "2024/25 Q1–Q3"),
    ("2024", "Week 12", "other", (2024, 3, 18), (2024, 3, 24), "Week 12 2024"),
    ("202425", "Part 2 (October to March)", "other", (2024, 10, 1), (2025, 3, 31), "2024-25 part 2"),
    ("2024", "Up until 31st March", "snapshot", (2024, 3, 31), (2024, 3, 31), "31 March 2024"),
    ("2024", "", "calendar", (2024, 1, 1), (2024, 12, 31), "2024"),
]


@pytest.mark.parametrize(("time", "identifier", "kind", "starts", "ends", "label"), CASES)
def test_time_becomes_a_period(time, identifier, kind, starts, ends, label):
    period = read_period(time, identifier)

    assert (period.kind, period.starts_on, period.ends_on, period.label) == (
        PeriodKind(kind),
        date(*starts),
        date(*ends),
        label,
    )


@pytest.mark.parametrize(
    ("time", "identifier"),
    [
        ("", "Calendar year"),
        ("202426", "Academic year"),
        ("2024", "Academic year"),
        ("202425", "Calendar year"),
        ("202425", ""),
        ("24/25", "Academic year"),
        ("2024", "Week 60"),
        ("2024", "Fortnight 3"),
        ("202425", "January"),
        ("٢٠٢٤", "Calendar year"),
        ("2024", "Calendar year Q3-Q1"),
        ("9999", "Calendar year"),
    ],
)
def test_time_that_is_not_understood_is_refused_with_a_sentence(time, identifier):
    with pytest.raises(NoPeriod) as refusal:
        read_period(time, identifier)

    assert refusal.value.sentence.endswith(".")


@given(st.text(max_size=12), st.text(max_size=20))
def test_any_text_is_a_period_or_refused(time, identifier):
    try:
        period = read_period(time, identifier)
    except NoPeriod:
        return
    assert period.starts_on <= period.ends_on


def test_count_in_january_is_of_the_year_in_which_the_period_ends():
    assert january_of(read_period("202425", "Academic year")).label == "January 2025"
    assert january_of(read_period("2025", "Calendar year")).label == "January 2025"
