"""What a revision of an evidence item needs before it is submitted. It moves as every supplied version does."""

from dataclasses import dataclass
from datetime import date

from documents.domain.links import link_fault
from documents.domain.versions import (
    OPEN_STATES,
    STATE_NAMES,
    TRANSITIONS,
    Missing,
    Move,
    Mover,
    State,
    Transition,
    WrongState,
    can_move,
    diagram,
    transition_of,
)

__all__ = [
    "LINK_WARNING",
    "OPEN_STATES",
    "STATE_NAMES",
    "TEXT_MIN_LENGTH",
    "TRANSITIONS",
    "Draft",
    "Missing",
    "Move",
    "Mover",
    "State",
    "Transition",
    "WrongState",
    "can_move",
    "diagram",
    "is_stale",
    "transition_of",
    "what_is_missing",
]

# A text shorter than this shows nothing by itself.
TEXT_MIN_LENGTH = 20
LINK_WARNING = "Links rot: attach the file as well, so that the evidence is there on the day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an item and its revision say, before they are submitted."""

    shows: str
    covers_from_on: date | None
    covers_to_on: date | None
    collected_on: date | None
    file_count: int
    link: str
    text: str


def what_is_missing(draft: Draft, today: date) -> tuple[Missing, ...]:
    """Everything that has to be added first, in the order of the form; empty when the draft may go."""
    has_text = len(draft.text.strip()) >= TEXT_MIN_LENGTH
    starts, ends, collected = draft.covers_from_on, draft.covers_to_on, draft.collected_on
    checks = (
        (not draft.shows.strip(), "shows", "Say in a sentence what it shows."),
        (starts is None or ends is None, "covers_from_on", "Give the first and the last day that it covers."),
        (bool(starts and ends and ends < starts), "covers_to_on", "Give a last day that is not before the first."),
        (bool(ends and ends > today), "covers_to_on", "Evidence can't cover days to come: give an earlier last day."),
        (bool(collected and collected > today), "collected_on", "Give a day of collecting that is not to come."),
        (
            not (draft.file_count or draft.link or has_text),
            "uploads",
            "Attach a file, give a link, or write the evidence down in a few sentences.",
        ),
        (bool(draft.link and link_fault(draft.link)), "link", link_fault(draft.link) if draft.link else ""),
    )
    return tuple(Missing(field, sentence) for is_missing, field, sentence in checks if is_missing)


def is_stale(review_by_on: date | None, today: date) -> bool:
    """Whether the day by which somebody should have looked at it again has gone by."""
    return review_by_on is not None and review_by_on < today
