from datetime import date

import pytest

from children.domain.ages import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2001, 11, 23), date(2026, 11, 22), 24),
        (date(2001, 11, 23), date(2026, 11, 23), 25),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 11, 24), date(2026, 11, 23), -1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
    ids=[
        "day before the birthday",
        "birthday",
        "leap day in a common year, day before",
        "leap day in a common year, 1 March",
        "leap day in a leap year",
        "not born yet",
        "born today",
    ],
)
def test_age_on_counts_completed_years(born, day, age):
    assert age_on(born, day) == age
