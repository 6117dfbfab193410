"""The table of a revision's states, and what a draft lacks."""

from datetime import date
from pathlib import Path

import pytest

from evidence.domain.revisions import (
    OPEN_STATES,
    STATE_NAMES,
    TRANSITIONS,
    Draft,
    Move,
    State,
    WrongState,
    can_move,
    diagram,
    is_stale,
    transition_of,
    what_is_missing,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("source", State, ids=lambda state: f"from {state}")
@pytest.mark.parametrize("move", Move, ids=str)
def test_move_is_open_just_where_the_table_has_it(move: Move, source: State):
    allowed = {
        (Move.SUBMIT, State.DRAFT),
        (Move.TAKE_BACK, State.SUBMITTED),
        (Move.APPROVE, State.SUBMITTED),
        (Move.RETURN, State.SUBMITTED),
        (Move.RETURN, State.APPROVED),
        (Move.SUPERSEDE, State.APPROVED),
        (Move.SUPERSEDE, State.RETURNED),
    }

    assert can_move(move, source) is ((move, source) in allowed)


def test_wrong_move_says_what_is_open_instead():
    with pytest.raises(WrongState) as refused:
        transition_of(Move.APPROVE, State.DRAFT)

    assert refused.value.sentence == "This version is draft, so that step is not open. From here you can: submit."


def test_superseded_is_the_end_and_every_state_has_a_name():
    assert not [transition for transition in TRANSITIONS if transition.source is State.SUPERSEDED]
    assert set(STATE_NAMES) == set(State)
    assert frozenset({State.DRAFT, State.SUBMITTED}) == OPEN_STATES


def test_diagram_in_docs_is_current():
    page = Path(__file__).resolve().parents[4] / "docs" / "evidence-states.md"

    assert f"```mermaid\n{diagram()}```" in page.read_text()


def draft(**fields: object) -> Draft:
    given = {
        "shows": "Two thirds were listened to.",
        "covers_from_on": date(2025, 9, 1),
        "covers_to_on": date(2026, 8, 31),
        "collected_on": date(2026, 9, 1),
        "file_count": 1,
        "link": "",
        "text": "",
    }
    return Draft(**(given | fields))


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        pytest.param({}, [], id="a file and its period"),
        pytest.param({"file_count": 0, "text": "Of 300 families, 200 were listened to."}, [], id="a text"),
        pytest.param({"file_count": 0, "link": "https://www.example.org/survey"}, [], id="a link"),
        pytest.param({"collected_on": None}, [], id="no day of collecting"),
        pytest.param({"shows": " "}, ["shows"], id="says not what it shows"),
        pytest.param({"covers_from_on": None}, ["covers_from_on"], id="no first day"),
        pytest.param({"covers_to_on": date(2025, 8, 1)}, ["covers_to_on"], id="ends before it starts"),
        pytest.param({"covers_to_on": date(2026, 11, 23)}, ["covers_to_on"], id="covers tomorrow"),
        pytest.param({"collected_on": date(2027, 1, 1)}, ["collected_on"], id="collected next year"),
        pytest.param({"file_count": 0}, ["uploads"], id="nothing handed in"),
        pytest.param({"file_count": 0, "text": "Too short."}, ["uploads"], id="a text that shows nothing"),
        pytest.param({"link": "http://example.org"}, ["link"], id="a link that is not safe"),
    ],
)
def test_what_is_missing_names_the_field(given: dict[str, object], fields: list[str]):
    assert [one.field for one in what_is_missing(draft(**given), TODAY)] == fields


@pytest.mark.parametrize(
    ("day", "stale"),
    [(None, False), (TODAY, False), (date(2026, 11, 21), True)],
    ids=["no day", "today", "yesterday"],
)
def test_evidence_is_stale_after_its_review_day(day: date | None, stale: bool):
    assert is_stale(day, TODAY) is stale
