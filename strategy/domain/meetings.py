"""The states of a meeting, and the one table by which they move."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class MeetingState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    HELD = "held"


class MeetingStep(StrEnum):
    AGREE = "agree"
    HOLD = "hold"
    REOPEN = "reopen"


STATE_NAMES: Mapping[MeetingState, str] = {
    MeetingState.DRAFT: "Draft",
    MeetingState.AGREED: "Agreed",
    MeetingState.HELD: "Held",
}
STEP_NAMES: Mapping[MeetingStep, str] = {
    MeetingStep.AGREE: "Agree the agenda",
    MeetingStep.HOLD: "The meeting was held",
    MeetingStep.REOPEN: "Open the agenda again",
}
STEPS: Mapping[tuple[MeetingState, MeetingStep], MeetingState] = {
    (MeetingState.DRAFT, MeetingStep.AGREE): MeetingState.AGREED,
    (MeetingState.AGREED, MeetingStep.HOLD): MeetingState.HELD,
    (MeetingState.AGREED, MeetingStep.REOPEN): MeetingState.DRAFT,
    (MeetingState.HELD, MeetingStep.REOPEN): MeetingState.AGREED,
}


def steps_from(state: MeetingState) -> tuple[MeetingStep, ...]:
    return tuple(step for (start, step) in STEPS if start is state)


def draw_states() -> str:
    """The table as a diagram, for docs/meeting-states.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {MeetingState.DRAFT}"]
    lines += [f"    {start} --> {end}: {step}" for (start, step), end in STEPS.items()]
    return "\n".join(lines) + "\n"
