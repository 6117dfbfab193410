"""What a submission answers with and needs before it is handed over. It moves as every supplied version does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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
    "ANSWER_NAMES",
    "LINK_WARNING",
    "OPEN_STATES",
    "REASON_MIN_LENGTH",
    "REVIEW_AFTER_DAYS",
    "STATE_NAMES",
    "TRANSITIONS",
    "Answer",
    "Draft",
    "Missing",
    "Move",
    "Mover",
    "State",
    "Transition",
    "WrongState",
    "can_move",
    "default_review_by",
    "diagram",
    "transition_of",
    "what_is_missing",
]

# A standing document is looked at again a year after its date at the latest (our default, for the council to judge).
REVIEW_AFTER_DAYS = 365
# A reason shorter than this tells nobody anything.
REASON_MIN_LENGTH = 10
LINK_WARNING = "Links rot: attach the file as well, so that the pack holds it on the day."


class Answer(StrEnum):
    """What a submission answers with."""

    FILES = "files"
    LINK = "link"
    NONE = "none"


ANSWER_NAMES: Mapping[Answer, str] = {
    Answer.FILES: "One or more files",
    Answer.LINK: "A link to a page on the web",
    Answer.NONE: "There is none, and this is why",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a version says, before it is submitted."""

    answer: Answer
    file_count: int
    link: str
    none_reason: str
    as_at_on: date | None
    review_by_on: date | None


def what_is_missing(draft: Draft, today: date) -> tuple[Missing, ...]:
    """Everything that has to be added first, in the order of the form; empty when the draft may go."""
    missing: list[Missing] = []
    if draft.answer is Answer.FILES and not draft.file_count:
        missing.append(Missing("uploads", "Attach at least one file."))
    if draft.answer is Answer.LINK:
        fault = link_fault(draft.link)
        if fault:
            missing.append(Missing("link", fault))
    if draft.answer is Answer.NONE and len(draft.none_reason.strip()) < REASON_MIN_LENGTH:
        missing.append(Missing("none_reason", "Say in a sentence why there is none, and what is done instead."))
    if draft.as_at_on is None and draft.answer is not Answer.NONE:
        missing.append(Missing("as_at_on", "Give the date as at which it is right."))
    if draft.as_at_on is not None and draft.as_at_on > today:
        missing.append(Missing("as_at_on", "Give an as-at date that is not in the future."))
    if draft.as_at_on and draft.review_by_on and draft.review_by_on < draft.as_at_on:
        missing.append(Missing("review_by_on", "Give a review date that is not before the as-at date."))
    return tuple(missing)


def default_review_by(as_at_on: date) -> date:
    return as_at_on + timedelta(days=REVIEW_AFTER_DAYS)
