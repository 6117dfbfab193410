"""Words and colours of the strategy's states."""

from django import template

from strategy.domain.status import STATE_NAMES, ActionState
from strategy.kinds import BY_MODEL, anchor
from strategy.models import KeptRow

register = template.Library()
VERDICT_COLOURS = {"achieved": "green", "partly": "orange", "not_achieved": "red", "not_known": "grey"}


@register.filter
def verdict_colour(verdict: str) -> str:
    return VERDICT_COLOURS.get(verdict, "grey")


@register.filter
def row_kind(row: KeptRow) -> str:
    """The word by which addresses call rows of this kind."""
    return BY_MODEL[type(row)].slug


@register.filter
def row_noun(row: KeptRow) -> str:
    return BY_MODEL[type(row)].noun


@register.filter
def row_anchor(row: KeptRow) -> str:
    return anchor(row)


STATE_COLOURS = {"not_started": "grey", "behind": "red", "on_target": "blue", "completed": "green"}


@register.filter
def state_colour(state: str) -> str:
    """The colour of an action's state; the word stands beside it."""
    return STATE_COLOURS.get(state, "grey")


@register.filter
def state_name(state: str) -> str:
    return STATE_NAMES[ActionState(state)]
