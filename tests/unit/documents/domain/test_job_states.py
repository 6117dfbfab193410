from pathlib import Path

import pytest

from documents.domain.job_states import NEXT_STATES, RETRYABLE, STATE_WORDS, UNFINISHED, JobState, diagram, may_move


def test_every_state_has_words_and_a_row_in_the_table():
    assert set(STATE_WORDS) == set(NEXT_STATES) == set(JobState)


def test_done_is_the_end():
    assert not any(may_move(JobState.DONE, state) for state in JobState)


@pytest.mark.parametrize("state", sorted(UNFINISHED))
def test_unfinished_can_be_cancelled(state):
    assert may_move(state, JobState.CANCELLED)


@pytest.mark.parametrize("state", sorted(RETRYABLE))
def test_what_failed_or_was_cancelled_can_only_wait_again(state):
    assert NEXT_STATES[state] == {JobState.QUEUED}


def test_diagram_in_docs_is_current():
    page = Path(__file__).resolve().parents[4] / "docs" / "job-states.md"

    assert f"```mermaid\n{diagram()}```" in page.read_text()
