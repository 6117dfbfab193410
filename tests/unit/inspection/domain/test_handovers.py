"""Where a handover stands: one row for each way it can be."""

from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.packs.handovers import HANDOVERS, HandoverState, state_of

AT = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
SOON, PAST = AT + timedelta(minutes=30), AT - timedelta(minutes=30)


@pytest.mark.parametrize(
    ("is_live", "due_at", "met_at", "has_delivery", "is_asked", "expected"),
    [
        pytest.param(False, SOON, None, False, True, HandoverState.NO_VISIT, id="no visit runs"),
        pytest.param(True, SOON, None, False, True, HandoverState.DUE, id="half an hour left"),
        pytest.param(True, AT, None, False, True, HandoverState.DUE, id="due this very moment"),
        pytest.param(True, PAST, None, False, True, HandoverState.LATE, id="half an hour late"),
        pytest.param(True, None, None, False, True, HandoverState.DUE, id="no day yet"),
        pytest.param(True, PAST, PAST, False, True, HandoverState.TICKED, id="ticked, nothing on record"),
        pytest.param(True, PAST, PAST, True, True, HandoverState.DELIVERED, id="on record"),
        pytest.param(True, PAST, None, True, True, HandoverState.DELIVERED, id="on record, tick taken back"),
        pytest.param(True, None, None, False, False, HandoverState.NOT_ASKED, id="the letter leaves it out"),
        pytest.param(True, None, None, True, False, HandoverState.DELIVERED, id="delivered though not asked for"),
    ],
)
def test_state_of_a_handover(is_live, due_at, met_at, has_delivery, is_asked, expected):
    state = state_of(is_live=is_live, due_at=due_at, met_at=met_at, has_delivery=has_delivery, is_asked=is_asked, at=AT)

    assert state is expected


def test_what_is_not_built_yet_is_not_in_the_table():
    assert [handover.batch for handover in HANDOVERS] == ["lists", "annex-a"]
