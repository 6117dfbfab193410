"""Words, colours and the line of pages of the self-evaluation."""

from typing import Any

from django import template

from accounts.models import User
from selfeval.kinds import BY_MODEL
from selfeval.models.written import WrittenRow
from selfeval.places import place_links
from selfeval.presenters.words import QUESTION_NAMES

register = template.Library()
CYCLE_COLOURS = {"drafting": "grey", "consultation": "blue", "signed_off": "green", "superseded": "grey"}
STATE_COLOURS = {"draft": "grey", "moderated": "blue", "signed_off": "green"}


@register.inclusion_tag("selfeval/_pages.html", takes_context=True)
def selfeval_pages(context: dict[str, Any], current: str = "") -> dict[str, Any]:
    """The line of pages; `current` is the key of the page in `selfeval.places.PLACES`."""
    user = context.get("user")
    return {"links": place_links(user, current) if isinstance(user, User) else []}


@register.filter
def cycle_colour(state: str) -> str:
    return CYCLE_COLOURS.get(state, "grey")


@register.filter
def judgement_colour(state: str) -> str:
    return STATE_COLOURS.get(state, "grey")


@register.filter
def written_kind(row: WrittenRow) -> str:
    """The word by which addresses call rows of this kind."""
    return BY_MODEL[type(row)].slug


@register.filter
def question_name(field: str) -> str:
    """The question that a text of a judgement answers."""
    return QUESTION_NAMES[field]
