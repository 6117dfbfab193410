"""How a submission moves: one table, read by actions, pages, tests and the diagram in docs/."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from documents.domain.links import link_fault

# A standing document is looked at again a year after its date at the latest (our default, for the council to judge).
REVIEW_AFTER_DAYS = 365
# A reason shorter than this tells nobody anything.
REASON_MIN_LENGTH = 10
LINK_WARNING = "Links rot: attach the file as well, so that the pack holds it on the day."


class State(StrEnum):
    """Where one version of an answer stands."""

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

# An item holds at most one version in these states: the one that people are working on.
OPEN_STATES = frozenset({State.DRAFT, State.SUBMITTED})


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


class Move(StrEnum):
    """What a person does to a version."""

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
    """One line of the table. `done` is the word of the audit trail ("submission.approved")."""

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
        move=Move.SUPERSEDE,
        source=State.APPROVED,
        target=State.SUPERSEDED,
        mover=Mover.SENDREADY,
        done="superseded",
    ),
    Transition(
        move=Move.SUPERSEDE,
        source=State.RETURNED,
        target=State.SUPERSEDED,
        mover=Mover.SENDREADY,
        done="superseded",
    ),
)

_BY_MOVE = {(transition.move, transition.source): transition for transition in TRANSITIONS}


class WrongState(Exception):
    """The move does not exist from where the version stands. `sentence` is for the person who tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def transition_of(move: Move, source: State) -> Transition:
    """The line of the table for a move. Raises WrongState with what can be done instead."""
    found = _BY_MOVE.get((move, source))
    if found is None:
        verbs = sorted({t.move.value.replace("_", " ") for t in TRANSITIONS if t.source == source})
        instead = f" From here you can: {', '.join(verbs)}." if verbs else ""
        raise WrongState(f"This version is {STATE_NAMES[source].lower()}, so that step is not open.{instead}")
    return found


def can_move(move: Move, source: State) -> bool:
    return (move, source) in _BY_MOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a version says, before it is submitted."""

    answer: Answer
    file_count: int
    link: str
    none_reason: str
    as_at_on: date | None
    review_by_on: date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a draft and its submission: the field, and an instruction."""

    field: str
    sentence: str


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


MOVE_WORDS: Mapping[Mover, str] = {
    Mover.SUPPLIER: "supplier",
    Mover.APPROVER: "approver",
    Mover.SENDREADY: "sendready",
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/."""
    lines = ["stateDiagram-v2", "    [*] --> draft: start (supplier)"]
    for transition in TRANSITIONS:
        reason = ", with a reason" if transition.asks_reason else ""
        verb = transition.move.value.replace("_", " ")
        lines.append(
            f"    {transition.source} --> {transition.target}: {verb} ({MOVE_WORDS[transition.mover]}{reason})"
        )
    lines.append("    superseded --> [*]")
    return "\n".join(lines) + "\n"
