"""How a visit moves from state to state: one table, from which the diagram in docs/ is generated."""

from dataclasses import dataclass
from enum import StrEnum


class VisitState(StrEnum):
    CALLED = "called"
    RUNNING = "running"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATE_NAMES: dict[VisitState, str] = {
    VisitState.CALLED: "Called",
    VisitState.RUNNING: "Running",
    VisitState.CLOSED: "Closed",
    VisitState.WITHDRAWN: "Withdrawn",
}

STATE_SENTENCES: dict[VisitState, str] = {
    VisitState.CALLED: "The call has come; the notification letter is still to be worked through.",
    VisitState.RUNNING: "The letter has been worked through; the deadlines are the ones in it.",
    VisitState.CLOSED: "The visit is over and its work is done.",
    VisitState.WITHDRAWN: "The call was a mistake or was called off; everything is kept.",
}

OPEN_STATES = frozenset({VisitState.CALLED, VisitState.RUNNING})


class VisitStep(StrEnum):
    FINISH_LETTER = "finish the letter"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    RESTORE = "take the withdrawal back"


@dataclass(frozen=True, slots=True)
class Transition:
    step: VisitStep
    from_states: frozenset[VisitState]
    # None: the state in which the visit was before.
    to_state: VisitState | None


TRANSITIONS: tuple[Transition, ...] = (
    Transition(VisitStep.FINISH_LETTER, frozenset({VisitState.CALLED}), VisitState.RUNNING),
    Transition(VisitStep.CLOSE, OPEN_STATES, VisitState.CLOSED),
    Transition(VisitStep.REOPEN, frozenset({VisitState.CLOSED}), None),
    Transition(VisitStep.WITHDRAW, OPEN_STATES, VisitState.WITHDRAWN),
    Transition(VisitStep.RESTORE, frozenset({VisitState.WITHDRAWN}), None),
)


class WrongStep(Exception):
    """A step that the visit's state does not allow; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def take_step(state: VisitState, step: VisitStep, state_before: VisitState | None = None) -> VisitState:
    """The state after a step, or WrongStep."""
    for transition in TRANSITIONS:
        if transition.step is step and state in transition.from_states:
            return transition.to_state or state_before or VisitState.CALLED
    raise WrongStep(f"This visit is {STATE_NAMES[state].lower()}: you cannot {step.value}.")


def can_step(state: VisitState, step: VisitStep) -> bool:
    return any(transition.step is step and state in transition.from_states for transition in TRANSITIONS)


def draw_states() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {VisitState.CALLED}: the call has come"]
    for transition in TRANSITIONS:
        for state in VisitState:
            if state in transition.from_states:
                targets = [transition.to_state] if transition.to_state else sorted(OPEN_STATES)
                lines += [f"    {state} --> {target}: {transition.step}" for target in targets]
    lines += [f"    {state} --> [*]" for state in (VisitState.CLOSED, VisitState.WITHDRAWN)]
    return "\n".join(lines) + "\n"
