from datetime import date

import pytest

from accounts.domain.people import Holding, emptied_by_leaving, overlaps
from accounts.domain.roles import Role

DAY = date(2026, 11, 23)


def hold(user_id, role=Role.LANO, from_on=date(2026, 1, 1), to_on=None, is_deputy=False):
    return Holding(user_id=user_id, role=role, from_on=from_on, to_on=to_on, is_deputy=is_deputy)


@pytest.mark.parametrize(
    ("others", "emptied"),
    [
        pytest.param([], (Role.LANO,), id="nobody else"),
        pytest.param([hold(2)], (), id="another"),
        pytest.param([hold(2, is_deputy=True)], (Role.LANO,), id="only a deputy"),
        pytest.param([hold(2, to_on=DAY)], (Role.LANO,), id="another who stops the same day"),
        pytest.param([hold(2, from_on=date(2026, 11, 24))], (), id="another who starts the next day"),
        pytest.param([hold(2, from_on=date(2026, 11, 25))], (Role.LANO,), id="another who starts a day too late"),
        pytest.param([hold(2, role=Role.DIRECTOR)], (Role.LANO,), id="somebody with another role"),
    ],
)
def test_leaving_names_the_role_that_nobody_would_hold(others, emptied):
    holdings = [hold(1), *others]

    assert emptied_by_leaving(holdings, user_id=1, roles=[Role.LANO], last_day=DAY) == emptied


def test_leaving_before_the_first_day_empties_the_role_too():
    held = [hold(1, from_on=date(2026, 11, 24))]

    assert emptied_by_leaving(held, user_id=1, roles=[Role.LANO], last_day=DAY) == (Role.LANO,)


def test_leaving_of_somebody_without_the_role_empties_nothing():
    assert emptied_by_leaving([], user_id=1, roles=[Role.LANO], last_day=DAY) == ()


@pytest.mark.parametrize(
    ("from_on", "to_on", "expected"),
    [
        (date(2026, 11, 1), date(2026, 11, 9), False),
        (date(2026, 11, 1), date(2026, 11, 10), True),
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
    ],
    ids=["before", "touches the first day", "touches the last day", "after"],
)
def test_overlap_counts_both_end_days(from_on, to_on, expected):
    held = [hold(1, from_on=date(2026, 11, 10), to_on=date(2026, 11, 20))]

    assert overlaps(held, user_id=1, role=Role.LANO, from_on=from_on, to_on=to_on, is_deputy=False) is expected
