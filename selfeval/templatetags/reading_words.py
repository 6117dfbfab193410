"""Addresses and words of the short service, for whoever reads: signed in or by a link."""

from typing import Any

from django import template

from selfeval.domain.published import Document
from selfeval.domain.reading import paragraphs_of
from selfeval.doors import Door

register = template.Library()
DECISION_COLOURS = {"accepted": "green", "noted": "blue", "not_accepted": "orange"}


@register.simple_tag
def door_url(door: Door, page: str, *args: object) -> str:
    return door.url(page, *args)


@register.inclusion_tag("selfeval/_reading_ways.html")
def reading_ways(door: Door, here: str) -> dict[str, Any]:
    return {
        "here": here,
        "open_url": door.url("reading-open"),
        "came_url": door.url("came-list"),
        "own_url": door.url("own-list"),
    }


@register.inclusion_tag("selfeval/_told.html")
def told(text: str, document: Document) -> dict[str, Any]:
    return {"paragraphs": paragraphs_of(text, document.notes_by_marker)}


@register.filter
def decision_colour(decision: str) -> str:
    return DECISION_COLOURS.get(decision, "grey")
