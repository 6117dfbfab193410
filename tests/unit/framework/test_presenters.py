"""A rule of the timetable in words."""

from datetime import time

import pytest

from framework.models import RequestItem, TimetableRule
from framework.presenters import request_groups, when_words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"anchor": "notification", "offset_working_days": 0}, "The day of the call"),
        (
            {"anchor": "notification", "offset_working_days": 1, "at_time": time(12)},
            "1 working day after the call, 12:00",
        ),
        ({"anchor": "notification", "offset_working_days": 4}, "4 working days after the call"),
        (
            {"anchor": "notification", "offset_working_days": 5, "ends_offset_working_days": 9},
            "5 to 9 working days after the call",
        ),
        (
            {"anchor": "on_site", "offset_working_days": 0, "ends_offset_working_days": 4},
            "The first day on site, until 4 working days after",
        ),
        (
            {"anchor": "on_site", "offset_working_days": 0, "at_time": time(12), "ends_at_time": time(13, 30)},
            "The first day on site, 12:00 to 13:30",
        ),
        ({"anchor": "on_site", "offset_working_days": -1}, "1 working day before the first day on site"),
        ({"anchor": "published", "offset_working_days": 30}, "30 working days after publication"),
        ({"anchor": "draft", "offset_working_days": 0}, "The draft report"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rule_is_said_in_words(values: dict, words: str):
    assert when_words(TimetableRule(**values)) == words


def test_items_stand_under_their_headings_in_order():
    items = [RequestItem(title="1", group="B"), RequestItem(title="2", group="A"), RequestItem(title="3", group="B")]

    groups = request_groups(items)

    assert [(group.title, [item.title for item in group.items]) for group in groups] == [
        ("B", ["1", "3"]),
        ("A", ["2"]),
    ]
