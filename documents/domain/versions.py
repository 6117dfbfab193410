"""How a version of something supplied moves, from draft to approved: one table.

What is asked for and what shows something are supplied, approved and replaced alike. The apps that hold such versions
read this table, and so do their pages, their tests and the diagrams in docs/.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where one version stands."""

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

# There is at most one version in these states: the one that people are working on.
OPEN_STATES = frozenset({State.DRAFT, State.SUBMITTED})


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
        move=Move.SUPERSEDE, source=State.APPROVED, target=State.SUPERSEDED, mover=Mover.SENDREADY, done="superseded"
    ),
    Transition(
        move=Move.SUPERSEDE, source=State.RETURNED, target=State.SUPERSEDED, mover=Mover.SENDREADY, done="superseded"
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


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands between a draft and its submission: the field, and an instruction."""

    field: str
    sentence: str


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/."""
    lines = ["stateDiagram-v2", "    [*] --> draft: start (supplier)"]
    for transition in TRANSITIONS:
        reason = ", with a reason" if transition.asks_reason else ""
        verb = transition.move.value.replace("_", " ")
        lines.append(f"    {transition.source} --> {transition.target}: {verb} ({transition.mover}{reason})")
    lines.append("    superseded --> [*]")
    return "\n".join(lines) + "\n"
