"""Filters that the fragments in templates/_components/ use: values into words and colours."""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.utils import timezone

from accounts.domain.findings import Blocker, Finding, Gap
from accounts.domain.roles import ROLE_NAMES, Role

register = template.Library()

NEAR_DAYS = 5


@register.filter
def finding_word(finding: Finding) -> str:
    """Blocker, Gap or Note."""
    if isinstance(finding, Blocker):
        return "Blocker"
    return "Gap" if isinstance(finding, Gap) else "Note"


@register.filter
def finding_colour(finding: Finding) -> str:
    """The colour of the tag that stands beside the word."""
    if isinstance(finding, Blocker):
        return "red"
    return "yellow" if isinstance(finding, Gap) else "grey"


@register.filter
def role_name(role: Role) -> str:
    """A role as people call it; empty for what is no role."""
    return ROLE_NAMES.get(role, "")


def days_between(today: date, day: date) -> str:
    """How far a day is, in words: "today", "tomorrow", "in 3 days", "yesterday", "3 days ago"."""
    away = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    return f"in {away} days" if away > 0 else f"{-away} days ago"


def _as_day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when


@register.filter
def days_away(when: date | datetime | None) -> str:
    """`days_between` from today in London; empty for no day."""
    return days_between(timezone.localdate(), _as_day(when)) if when else ""


@register.filter
def nearness(when: date | datetime | None) -> str:
    """ "late" for a day gone by, "near" for today and the next five days, else empty."""
    if not when:
        return ""
    away = (_as_day(when) - timezone.localdate()).days
    if away < 0:
        return "late"
    return "near" if away <= NEAR_DAYS else ""


@register.filter
def sort_target(key: str, current: str) -> str:
    """What a sort link asks for: the column upwards, or downwards when it already runs upwards."""
    return f"-{key}" if current == key else key


@register.filter
def sort_direction(key: str, current: str) -> str:
    """The value of aria-sort for a column."""
    return {key: "ascending", f"-{key}": "descending"}.get(current, "none")


@register.filter
def page_numbers(paginator: "Paginator[Any]", number: int) -> list[int | None]:
    """The numbers to show around a page; None stands for a gap."""
    shown = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [one if isinstance(one, int) else None for one in shown]
