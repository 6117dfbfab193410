import pytest

from children.domain.finding_figures import rounded, shown_counts, shown_movement
from children.domain.suppression import Rule

RULE = Rule(5)


def count(number, level="error", sheet="List_1"):
    return {"rule": "101a", "sheet": sheet, "level": level, "count": number}


def test_counts_are_exact_without_a_rule():
    assert shown_counts([count(1), count(9)], None) == [1, 9]


def test_small_count_takes_the_next_with_it_so_that_the_total_tells_nothing():
    assert shown_counts([count(40), count(3), count(12)], RULE) == [40, "c", "c"]


def test_levels_are_hidden_each_for_itself():
    counts = [count(40), count(30), count(2, "query"), count(50, "query"), count(60, "query")]

    assert shown_counts(counts, RULE) == [40, 30, "c", "c", 60]


def test_small_count_is_not_told_by_the_total_of_its_sheet():
    counts = [count(40), count(3), count(9, sheet="List_2"), count(30, sheet="List_2")]

    assert shown_counts(counts, RULE) == ["c", "c", 9, 30]


def test_sheets_with_a_small_total_are_hidden_as_one():
    assert shown_counts([count(40), count(50), count(3, sheet="List_2")], RULE) == ["c", 50, "c"]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({"new": 0, "fixed": 30}, {"new": 0, "fixed": 30}),
        ({"new": 5, "fixed": 30}, {"new": "c", "fixed": "c"}),
        ({}, {}),
    ],
    ids=["none is small", "one is small", "nothing to compare with"],
)
def test_numbers_that_add_up_are_hidden_together(numbers, shown):
    assert shown_movement(numbers, RULE) == shown
    assert shown_movement(numbers, None) == numbers


@pytest.mark.parametrize(("figure", "shown"), [(0, 0), (7, 5), (8, 10), (312, 310), ("c", "c")])
def test_figures_of_a_series_are_rounded(figure, shown):
    assert rounded(figure, to=5) == shown
