from datetime import date
from pathlib import Path

import pytest

from documents.domain.links import link_fault
from inspection.domain.submissions import (
    OPEN_STATES,
    STATE_NAMES,
    TRANSITIONS,
    Answer,
    Draft,
    Move,
    State,
    WrongState,
    can_move,
    diagram,
    transition_of,
    what_is_missing,
)

TODAY = date(2026, 11, 22)
ALLOWED = {
    (Move.SUBMIT, State.DRAFT): State.SUBMITTED,
    (Move.TAKE_BACK, State.SUBMITTED): State.DRAFT,
    (Move.APPROVE, State.SUBMITTED): State.APPROVED,
    (Move.RETURN, State.SUBMITTED): State.RETURNED,
    (Move.RETURN, State.APPROVED): State.RETURNED,
    (Move.SUPERSEDE, State.APPROVED): State.SUPERSEDED,
    (Move.SUPERSEDE, State.RETURNED): State.SUPERSEDED,
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("source", State)
def test_move_from_each_state_is_allowed_or_refused(move: Move, source: State):
    expected = ALLOWED.get((move, source))

    assert can_move(move, source) is (expected is not None)
    if expected is None:
        with pytest.raises(WrongState, match=STATE_NAMES[source].lower()):
            transition_of(move, source)
    else:
        assert transition_of(move, source).target is expected


def test_transitions_ask_a_reason_only_for_a_return():
    assert {transition.move for transition in TRANSITIONS if transition.asks_reason} == {Move.RETURN}


def test_superseded_is_the_end():
    assert not [transition for transition in TRANSITIONS if transition.source is State.SUPERSEDED]
    assert frozenset({State.DRAFT, State.SUBMITTED}) == OPEN_STATES


def test_diagram_in_docs_is_current():
    page = Path(__file__).resolve().parents[4] / "docs" / "submission-states.md"

    assert f"```mermaid\n{diagram()}```" in page.read_text()


def draft(**fields: object) -> Draft:
    given = {
        "answer": Answer.FILES,
        "file_count": 1,
        "link": "",
        "none_reason": "",
        "as_at_on": TODAY,
        "review_by_on": None,
    }
    return Draft(**(given | fields))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(draft(), "", id="files with a date may go"),
        pytest.param(draft(file_count=0), "Attach at least one file", id="files without a file"),
        pytest.param(draft(as_at_on=None), "Give the date as at", id="no as-at date"),
        pytest.param(draft(as_at_on=date(2026, 11, 23)), "not in the future", id="as-at date tomorrow"),
        pytest.param(draft(review_by_on=date(2026, 11, 21)), "not before the as-at", id="review before as-at"),
        pytest.param(draft(answer=Answer.LINK, file_count=0, link="https://www.example.org/plan"), "", id="a link"),
        pytest.param(draft(answer=Answer.LINK, file_count=0), "Give the link", id="a link without a link"),
        pytest.param(
            draft(answer=Answer.NONE, file_count=0, as_at_on=None, none_reason="No provider is registered here."),
            "",
            id="none with a reason needs no date",
        ),
        pytest.param(draft(answer=Answer.NONE, none_reason="n/a"), "Say in a sentence why", id="none without a reason"),
    ],
)
def test_what_is_missing_says_what_to_do(given: Draft, said: str):
    missing = what_is_missing(given, TODAY)

    assert bool(missing) is bool(said)
    assert not said or said in missing[0].sentence


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://www.example.org/plan.pdf", ""),
        ("https://localoffer.example.org", ""),
        ("", "Give the link"),
        ("http://www.example.org/plan", "starts with https://"),
        ("file:///etc/passwd", "starts with https://"),
        ("javascript:alert(1)", "starts with https://"),
        ("https://intranet/plan", "whole link"),
        ("https://", "whole link"),
        ("https://user:secret@example.org/", "password out of the link"),
        ("https://www.example.org/a plan", "spaces"),
        ("https://[::1", "Copy the link again"),
    ],
)
def test_link_fault_names_what_is_wrong(link: str, said: str):
    fault = link_fault(link)

    assert bool(fault) is bool(said)
    assert said in fault
