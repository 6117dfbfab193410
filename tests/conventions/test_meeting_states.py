"""The diagram of a meeting's states in docs/ is the one that the table gives (house style 6)."""

import re

from strategy.domain.meetings import STATE_NAMES, STEP_NAMES, MeetingState, MeetingStep, draw_states
from strategy.models import MeetingState as StoredState
from tests.harness.source import ROOT

PAGE = ROOT / "docs" / "meeting-states.md"


def test_diagram_of_meeting_states_is_current():
    found = re.search(r"```mermaid\n(.*?)```", PAGE.read_text(), re.DOTALL)

    assert found
    assert found.group(1) == draw_states(), "copy what strategy.domain.meetings.draw_states() gives into the page"


def test_every_state_and_step_has_a_name():
    assert set(STATE_NAMES) == set(MeetingState)
    assert set(STEP_NAMES) == set(MeetingStep)
    assert dict(StoredState.choices) == {str(state): name for state, name in STATE_NAMES.items()}
