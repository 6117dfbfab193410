from datetime import date
from itertools import pairwise

import pytest

from accounts.domain.term_dates import easter_sunday, typical_holidays


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))],
)
def test_easter_sunday_is_the_published_one(year, day):
    assert easter_sunday(year) == day


def test_typical_holidays_start_on_mondays_and_do_not_overlap():
    found = typical_holidays(date(2026, 9, 1))

    assert [holiday.starts_on.weekday() for holiday in found] == [0] * 12
    assert all(a.ends_on < b.starts_on for a, b in pairwise(found))


def test_typical_holidays_that_are_over_are_left_out():
    found = typical_holidays(date(2026, 11, 22))

    assert found[0].name == "Christmas 2026"
    assert found[0].starts_on == date(2026, 12, 21)
