"""Cells that hold several rows go out and come back the same."""

from datetime import date

import pytest

from strategy.domain.exchange.lines import (
    Membership,
    OldName,
    Wrong,
    names_of,
    plans_of,
    text_of_names,
    text_of_plans,
)

NAMES = (
    OldName(name="Forum; of families"),
    OldName(name="Panel", to_on=date(2022, 3, 31)),
    OldName(name="SEND Forum", from_on=date(2022, 4, 1), to_on=date(2023, 3, 29)),
    OldName(name="SEND Partnership", from_on=date(2023, 3, 30)),
)


def test_former_names_come_back_as_they_left():
    text = text_of_names(NAMES)

    assert text.split("\n") == [
        "Panel; ; 2022-03-31",
        "Forum; of families",
        "SEND Forum; 2022-04-01; 2023-03-29",
        "SEND Partnership; 2023-03-30",
    ]
    assert set(names_of(text)) == set(NAMES)
    assert text_of_names(names_of(text)) == text


def test_days_of_a_former_name_may_be_typed():
    assert names_of("Forum; 1/4/2022; 29 March 2023") == (
        OldName(name="Forum", from_on=date(2022, 4, 1), to_on=date(2023, 3, 29)),
    )


@pytest.mark.parametrize("text", ["; 2022-04-01", "x" * 161, "Forum; 2023-03-29; 2022-04-01"])
def test_former_name_that_can_not_be_is_refused(text):
    with pytest.raises(Wrong):
        names_of(text)


def test_plans_come_back_as_they_left():
    there = (Membership(plan="A | B"), Membership(plan="Improvement plan", theme="Waits"))

    assert plans_of(text_of_plans(there), {"A | B", "Improvement plan"}) == there


@pytest.mark.parametrize("text", ["Nobody's plan", "Nobody's plan | Waits", f"Plan | {'x' * 121}"])
def test_plan_that_nobody_knows_is_refused(text):
    with pytest.raises(Wrong):
        plans_of(text, {"Plan"})
