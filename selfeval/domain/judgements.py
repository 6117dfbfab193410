"""The states of what is said of a criterion, and the one table by which they move."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class JudgementState(StrEnum):
    DRAFT = "draft"
    MODERATED = "moderated"
    SIGNED_OFF = "signed_off"


class JudgementStep(StrEnum):
    MODERATE = "moderate"
    SIGN_OFF = "sign_off"
    RETURN = "return"


STATE_NAMES: Mapping[JudgementState, str] = {
    JudgementState.DRAFT: "Draft",
    JudgementState.MODERATED: "Moderated",
    JudgementState.SIGNED_OFF: "Signed off",
}
STEP_NAMES: Mapping[JudgementStep, str] = {
    JudgementStep.MODERATE: "Mark as moderated",
    JudgementStep.SIGN_OFF: "Sign off",
    JudgementStep.RETURN: "Put back to draft",
}
STEPS: Mapping[tuple[JudgementState, JudgementStep], JudgementState] = {
    (JudgementState.DRAFT, JudgementStep.MODERATE): JudgementState.MODERATED,
    (JudgementState.MODERATED, JudgementStep.SIGN_OFF): JudgementState.SIGNED_OFF,
    (JudgementState.MODERATED, JudgementStep.RETURN): JudgementState.DRAFT,
    (JudgementState.SIGNED_OFF, JudgementStep.RETURN): JudgementState.DRAFT,
}


def steps_from(state: JudgementState) -> tuple[JudgementStep, ...]:
    return tuple(step for (start, step) in STEPS if start is state)


def draw_states() -> str:
    """The table as a diagram, for docs/judgement-states.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {JudgementState.DRAFT}"]
    lines += [f"    {start} --> {end}: {step}" for (start, step), end in STEPS.items()]
    return "\n".join(lines) + "\n"
