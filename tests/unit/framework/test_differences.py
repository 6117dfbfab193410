"""What differs between two rulebooks."""

from dataclasses import replace
from pathlib import Path

from framework.domain.differences import Difference, differences
from framework.loaders import read_rulebook

SMALL = read_rulebook(Path(__file__).resolve().parents[2] / "fixtures" / "frameworks" / "wexcombe-2030.yaml")


def test_same_rulebook_has_no_differences():
    assert differences(SMALL, SMALL) == ()


def test_changed_words_are_told_with_old_and_new_text():
    rule = replace(SMALL.timetable[1], offset_working_days=5)
    new = replace(SMALL, timetable=(SMALL.timetable[0], rule, SMALL.timetable[2]))

    assert differences(SMALL, new) == (
        Difference("timetable_rule", "annex-a", "changed", "offset_working_days", "4", "5"),
    )


def test_added_and_removed_rows_are_told_by_code():
    item = replace(SMALL.request_items[1], code="other-plan", title="The other plan")
    new = replace(SMALL, request_items=(SMALL.request_items[0], item, SMALL.request_items[2]))

    assert differences(SMALL, new) == (
        Difference("request_item", "plan", "removed", "title", "The plan", ""),
        Difference("request_item", "other-plan", "added", "title", "", "The other plan"),
    )


def test_point_that_moved_to_another_criterion_is_a_change():
    (group,) = SMALL.groups
    first, second = group.criteria
    moved = replace(
        group,
        criteria=(replace(first, points=first.points[:1]), replace(second, points=(*second.points, first.points[1]))),
    )

    found = differences(SMALL, replace(SMALL, groups=(moved,)))

    assert found == (Difference("point", "X1.2", "changed", "belongs to", "X1", "X2"),)


def test_head_of_the_framework_is_compared_too():
    new = replace(SMALL, name="Another name")

    assert differences(SMALL, new) == (
        Difference("framework", "wexcombe-2030", "changed", "name", "An invented rulebook", "Another name"),
    )
