"""Three things for an hour: the weightiest first, each with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from selfeval.domain.next_things import AreaFact, Kind, LeadFacts, next_things, things_of

TODAY = date(2026, 11, 22)
GOOD = AreaFact(text="Late reviews", has_known_since=True, has_done=True, position_on=date(2026, 11, 1))
WHOLE = LeadFacts(
    evaluation=1,
    code="A1",
    title="Early",
    empty=(),
    near=(),
    uncited=0,
    gone=(),
    areas=(GOOD,),
    strengths=1,
    has_plain_words=True,
    has_confidence=True,
    disagreement="",
)
CASES = [
    pytest.param({"empty": ("What next?",)}, Kind.NOT_WRITTEN, id="a question without an answer"),
    pytest.param({"near": ("[E 12]",)}, Kind.MARKER, id="a marker that can't be read"),
    pytest.param({"uncited": 2}, Kind.UNCITED, id="claims without proof"),
    pytest.param({"gone": ("E4",)}, Kind.GONE, id="proof that is gone"),
    pytest.param({"areas": (replace(GOOD, position_on=None),)}, Kind.POSITION, id="no position statement"),
    pytest.param({"areas": (replace(GOOD, position_on=date(2026, 8, 1)),)}, Kind.POSITION, id="an old statement"),
    pytest.param({"areas": (replace(GOOD, has_done=False),)}, Kind.AREA, id="an area without what was done"),
    pytest.param({"strengths": 0}, Kind.STRENGTH, id="no strength"),
    pytest.param({"has_plain_words": False}, Kind.PLAIN, id="no plain words"),
    pytest.param({"has_confidence": False}, Kind.CONFIDENCE, id="no confidence"),
    pytest.param({"disagreement": "Seen differently."}, Kind.DISAGREEMENT, id="partners who see it differently"),
    pytest.param({"next_event": "Focus", "next_event_on": date(2026, 12, 1)}, Kind.EVENT, id="a meeting soon"),
    pytest.param({}, Kind.HAND_OVER, id="nothing open"),
]


@pytest.mark.parametrize(("facts", "kind"), CASES)
def test_each_kind_of_open_matter_makes_one_thing(facts, kind):
    found = things_of(replace(WHOLE, **facts), TODAY)

    assert [thing.kind for thing in found] == [kind]
    assert found[0].what
    assert found[0].why
    assert found[0].minutes


def test_meeting_far_away_is_no_thing_yet():
    found = things_of(replace(WHOLE, next_event="Focus", next_event_on=date(2027, 3, 1)), TODAY)

    assert [thing.kind for thing in found] == [Kind.HAND_OVER]


def test_three_things_at_most_the_weightiest_of_all_criteria_first():
    one = replace(WHOLE, strengths=0, has_plain_words=False, has_confidence=False)
    two = replace(WHOLE, evaluation=2, code="A2", empty=("What next?",))

    found = next_things([one, two], TODAY)

    assert [thing.kind for thing in found] == [Kind.NOT_WRITTEN, Kind.STRENGTH, Kind.PLAIN]
    assert found[0].evaluation == 2
