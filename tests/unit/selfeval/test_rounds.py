"""When a round asks, and which election days it touches."""

from datetime import date

import pytest

from selfeval.domain.rounds import RoundState, Span, questions_of, say_touched, state_on, touched

OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)
ELECTION = Span(name="Local elections 2027", from_on=date(2027, 3, 22), to_on=date(2027, 5, 6))


@pytest.mark.parametrize(
    ("day", "is_closed_early", "state"),
    [
        (date(2026, 10, 31), False, RoundState.PLANNED),
        (OPENS, False, RoundState.OPEN),
        (CLOSES, False, RoundState.OPEN),
        (date(2026, 12, 1), False, RoundState.CLOSED),
        (OPENS, True, RoundState.CLOSED),
    ],
    ids=["the day before", "the first day", "the last day", "the day after", "closed early"],
)
def test_round_asks_between_its_days(day, is_closed_early, state):
    assert state_on(day, opens_on=OPENS, closes_on=CLOSES, is_closed_early=is_closed_early) is state


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "is_touched"),
    [
        (date(2027, 3, 1), date(2027, 3, 21), False),
        (date(2027, 3, 1), date(2027, 3, 22), True),
        (date(2027, 4, 1), date(2027, 4, 2), True),
        (date(2027, 5, 6), date(2027, 6, 1), True),
        (date(2027, 5, 7), date(2027, 6, 1), False),
        (date(2027, 1, 1), date(2027, 12, 31), True),
    ],
    ids=["ends before", "ends on its first day", "within", "starts on its last day", "starts after", "around it"],
)
def test_round_touches_an_election_period(opens_on, closes_on, is_touched):
    found = touched([ELECTION], opens_on=opens_on, closes_on=closes_on)

    assert bool(found) is is_touched
    assert ("Local elections 2027 (22 March 2027 to 6 May 2027)" in say_touched(found)) is is_touched


def test_questions_stand_one_on_each_line_and_once():
    assert questions_of(" What works? \n\nWhat works?\nWhat does not?") == ("What works?", "What does not?")
