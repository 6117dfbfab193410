"""The diagram of a judgement's states in docs/ is the one that the table gives (house style 6)."""

import re

from selfeval.domain.judgements import STATE_NAMES, STEP_NAMES, JudgementState, JudgementStep, draw_states
from selfeval.models import EvaluationState
from tests.harness.source import ROOT

PAGE = ROOT / "docs" / "judgement-states.md"


def test_diagram_of_judgement_states_is_current():
    found = re.search(r"```mermaid\n(.*?)```", PAGE.read_text(), re.DOTALL)

    assert found
    assert found.group(1) == draw_states(), "copy what selfeval.domain.judgements.draw_states() gives into the page"


def test_every_state_and_step_has_a_name():
    assert set(STATE_NAMES) == set(JudgementState)
    assert set(STEP_NAMES) == set(JudgementStep)
    assert dict(EvaluationState.choices) == {str(state): name for state, name in STATE_NAMES.items()}
