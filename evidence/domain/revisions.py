"""How a revision of an evidence item moves: one table, read by actions, pages, tests and the diagram in docs/."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from documents.domain.links import link_fault

# A text shorter than this shows nothing by itself.
TEXT_MIN_LENGTH = 20
LINK_WARNING = "Links rot: attach the file as well, so that the evidence is there on the day."


class State(StrEnum):
    """Where one revision stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: "Draft",
    State.SUBMITTED: "Awaiting approval",
    State.APPROVED: "Approved",
    State.RETURNED: "Returned",
    State.SUPERSEDED: "Superseded",
}

# An item holds at most one revision in these states: the one that people are working on.
OPEN_STATES = frozenset({State.DRAFT, State.SUBMITTED})


class Move(StrEnum):
    """What a person does to a revision."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    RETURN = "return"
    SUPERSEDE = "supersede"


class Mover(StrEnum):
    """Whose move it is; `permissions` says who that is today."""

    SUPPLIER = "supplier"
    APPROVER = "approver"
    SENDREADY = "sendready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One line of the table. `done` is the word of the audit trail ("evidence.approved")."""

    move: Move
    source: State
    target: State
    mover: Mover
    done: str
    asks_reason: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(move=Move.SUBMIT, source=State.DRAFT, target=State.SUBMITTED, mover=Mover.SUPPLIER, done="submitted"),
    Transition(
        move=Move.TAKE_BACK, source=State.SUBMITTED, target=State.DRAFT, mover=Mover.SUPPLIER, done="taken_back"
    ),
    Transition(move=Move.APPROVE, source=State.SUBMITTED, target=State.APPROVED, mover=Mover.APPROVER, done="approved"),
    Transition(
        move=Move.RETURN,
        source=State.SUBMITTED,
        target=State.RETURNED,
        mover=Mover.APPROVER,
        done="returned",
        asks_reason=True,
    ),
    Transition(
        move=Move.RETURN,
        source=State.APPROVED,
        target=State.RETURNED,
        mover=Mover.APPROVER,
        done="returned",
        asks_reason=True,
    ),
    Transition(
        move=Move.SUPERSEDE, source=State.APPROVED, target=State.SUPERSEDED, mover=Mover.SENDREADY, done="superseded"
    ),
    Transition(
        move=Move.SUPERSEDE, source=State.RETURNED, target=State.SUPERSEDED, mover=Mover.SENDREADY, done="superseded"
    ),
)

_BY_MOVE = {(transition.move, transition.source): transition for transition in TRANSITIONS}


class WrongState(Exception):
    """The move does not exist from where the revision stands. `sentence` is for the person who tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def transition_of(move: Move, source: State) -> Transition:
    """The line of the table for a move. Raises WrongState with what can be done instead."""
    found = _BY_MOVE.get((move, source))
    if found is None:
        verbs = sorted({t.move.value.replace("_", " ") for t in TRANSITIONS if t.source == source})
        instead = f" From here one can: {', '.join(verbs)}." if verbs else ""
        raise WrongState(f"This revision is {STATE_NAMES[source].lower()}, so that step is not open.{instead}")
    return found


def can_move(move: Move, source: State) -> bool:
    return (move, source) in _BY_MOVE


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


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a draft and its submission: the field, and an instruction."""

    field: str
    sentence: str


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


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/."""
    lines = ["stateDiagram-v2", "    [*] --> draft: start (supplier)"]
    for transition in TRANSITIONS:
        reason = ", with a reason" if transition.asks_reason else ""
        verb = transition.move.value.replace("_", " ")
        lines.append(f"    {transition.source} --> {transition.target}: {verb} ({transition.mover}{reason})")
    lines.append("    superseded --> [*]")
    return "\n".join(lines) + "\n"
