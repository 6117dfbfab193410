from datetime import date, time

import pytest

from accounts.domain.typed_days import Unreadable, read_day, read_time
from inspection.domain.letter import (
    Line,
    LineChange,
    Standing,
    find_problem,
    list_steps,
    settle_line,
)
from inspection.domain.states import VisitState, VisitStep, WrongStep, can_step, take_step

ALLOWED = {
    (VisitState.CALLED, VisitStep.FINISH_LETTER): VisitState.RUNNING,
    (VisitState.CALLED, VisitStep.CLOSE): VisitState.CLOSED,
    (VisitState.CALLED, VisitStep.WITHDRAW): VisitState.WITHDRAWN,
    (VisitState.RUNNING, VisitStep.CLOSE): VisitState.CLOSED,
    (VisitState.RUNNING, VisitStep.WITHDRAW): VisitState.WITHDRAWN,
    (VisitState.CLOSED, VisitStep.REOPEN): VisitState.RUNNING,
    (VisitState.WITHDRAWN, VisitStep.RESTORE): VisitState.RUNNING,
}


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("step", VisitStep)
def test_take_step_every_state_and_step(state, step):
    expected = ALLOWED.get((state, step))

    assert can_step(state, step) is (expected is not None)
    if expected is None:
        with pytest.raises(WrongStep):
            take_step(state, step)
    else:
        assert take_step(state, step, VisitState.RUNNING) is expected


def test_reopened_visit_can_finish_the_letter_that_it_had_not():
    assert take_step(VisitState.CLOSED, VisitStep.REOPEN, VisitState.CALLED) is VisitState.CALLED


LINE = Line(title="Strategy", due_on=date(2026, 11, 27))


@pytest.mark.parametrize(
    ("wanted", "changes", "asks_reason"),
    [
        pytest.param(LINE, [], False, id="nothing"),
        pytest.param(
            Line(title="Strategy", due_on=date(2026, 11, 27), standing=Standing.CONFIRMED),
            [LineChange.CONFIRMED],
            False,
            id="confirmed",
        ),
        pytest.param(
            Line(title="Plan", due_on=date(2026, 11, 27)),
            [LineChange.RENAMED, LineChange.CONFIRMED],
            True,
            id="renamed, so confirmed",
        ),
        pytest.param(
            Line(title="Strategy", due_on=date(2026, 11, 27), due_time=time(12)),
            [LineChange.REDATED, LineChange.CONFIRMED],
            True,
            id="given a time, so confirmed",
        ),
        pytest.param(
            Line(title="Strategy", due_on=date(2026, 11, 27), standing=Standing.DROPPED),
            [LineChange.DROPPED],
            True,
            id="dropped",
        ),
    ],
)
def test_line_edit_amounts_to_steps(wanted, changes, asks_reason):
    steps = list_steps(LINE, settle_line(LINE, wanted))

    assert [step.change for step in steps] == changes
    assert bool(find_problem(steps, "  ")) is asks_reason
    assert find_problem(steps, "Page 2") == ""


@pytest.mark.parametrize(
    "text", ["27/11/2026", "2026-11-27", "27/11/26", "27 November 2026", "27 nov 2026", "Friday 27 November 2026"]
)
def test_read_day_takes_the_usual_ways_to_write_it(text):
    assert read_day(f"  {text} ") == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["31/02/2026", "11/27/2026", "tomorrow", "27/11", "", "2026"])
def test_read_day_anything_else_says_how_to_write_it(text):
    with pytest.raises(Unreadable) as refused:
        read_day(text)

    assert "Write it like 27/11/2026" in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12:00", time(12)), ("9.30", time(9, 30)), ("9am", time(9)), ("4:15 pm", time(16, 15)), ("noon", time(12))],
)
def test_read_time_takes_the_usual_ways_to_write_it(text, expected):
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["25:00", "later", "12:61"])
def test_read_time_anything_else_says_how_to_write_it(text):
    with pytest.raises(Unreadable):
        read_time(text)
