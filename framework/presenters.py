"""Rows of the rulebook in the words of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from framework.models import Anchor, AreaOfFocus, FocusKind, RequestItem, TimetableRule

ANCHOR_WORDS = {
    Anchor.NOTIFICATION: "the call",
    Anchor.ON_SITE: "the first day on site",
    Anchor.LAST_DAY: "the last day on site",
    Anchor.DRAFT: "the draft report",
    Anchor.PUBLISHED: "publication",
}


@dataclass(frozen=True, slots=True)
class TimetableLine:
    rule: TimetableRule
    when: str


@dataclass(frozen=True, slots=True)
class RequestGroup:
    title: str
    items: tuple[RequestItem, ...]


def _days(offset: int, anchor: str) -> str:
    if offset == 0:
        return f"the day of {anchor}" if anchor in {"the call", "publication"} else anchor
    side = "after" if offset > 0 else "before"
    return f"{abs(offset)} working day{'' if abs(offset) == 1 else 's'} {side} {anchor}"


def when_words(rule: TimetableRule) -> str:
    """ "3 working days after the call, 12:00": the rule in words, without a date."""
    anchor = ANCHOR_WORDS[Anchor(rule.anchor)]
    words = _days(rule.offset_working_days, anchor)
    last = rule.ends_offset_working_days
    if last is not None and last > rule.offset_working_days:
        start = rule.offset_working_days
        words = (
            f"{start} to {last} working days after {anchor}"
            if start > 0
            else f"{words}, until {last} working days after"
        )
    if rule.at_time:
        words += f", {rule.at_time:%H:%M}"
    if rule.ends_at_time:
        words += f" to {rule.ends_at_time:%H:%M}"
    return words[:1].upper() + words[1:]


def timetable_lines(rules: Sequence[TimetableRule]) -> tuple[TimetableLine, ...]:
    return tuple(TimetableLine(rule, when_words(rule)) for rule in rules)


def request_groups(items: Sequence[RequestItem]) -> tuple[RequestGroup, ...]:
    """Items under their headings, both in the order in which they come."""
    order = list(dict.fromkeys(item.group for item in items))
    placed = sorted(items, key=lambda item: order.index(item.group))
    return tuple(RequestGroup(title, tuple(found)) for title, found in groupby(placed, key=lambda item: item.group))


def of_kind(areas: Sequence[AreaOfFocus], kind: FocusKind) -> tuple[AreaOfFocus, ...]:
    return tuple(area for area in areas if area.kind == kind)
