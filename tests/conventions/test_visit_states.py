"""The diagram of a visit's states in docs/ is the one that the table gives (house style 6)."""

import re

from inspection.domain.states import STATE_NAMES, STATE_SENTENCES, VisitState, draw_states
from tests.harness.source import ROOT

PAGE = ROOT / "docs" / "visit-states.md"


def test_diagram_of_visit_states_is_current():
    found = re.search(r"```mermaid\n(.*?)```", PAGE.read_text(), re.DOTALL)

    assert found
    assert found.group(1) == draw_states(), "copy what inspection.domain.states.draw_states() gives into the page"


def test_every_state_has_a_name_and_a_sentence():
    assert set(STATE_NAMES) == set(STATE_SENTENCES) == set(VisitState)
