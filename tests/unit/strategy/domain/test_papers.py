"""The paper of a meeting counts states, names delays and keeps what people wrote."""

from datetime import date

from strategy.domain.papers import MOST_DELAYS, ActionFact, ItemFact, MeetingFact, build_paper
from strategy.domain.status import ActionState

DAY = date(2026, 11, 23)


def action(ref: str = "1.1", state: ActionState = ActionState.ON_TARGET, **fields) -> ActionFact:
    given = {"text": "Train staff", "lead": "SEND team", "due_on": date(2026, 12, 1), "reason": "Because."}
    return ActionFact(ref=ref, state=state, **{**given, **fields})


def paper(*actions: ActionFact, priority: int | None = 1):
    item = ItemFact(
        pk=1, title="Priority 1", lead="LANO", note="", delays="", minutes="", priority=priority, actions=actions
    )
    meeting = MeetingFact(
        title="Board", board="Board", chair="", held_on=DAY, place="", state="Draft", day=DAY, items=(item,)
    )
    return build_paper(meeting).sections[0]


def test_states_are_counted_in_words():
    section = paper(action(), action(), action(state=ActionState.BEHIND))

    assert section.count_sentence == "3 actions: 1 under way, behind, 2 under way, on target."
    assert [count for _, _, count in section.counts] == [1, 2]


def test_priority_without_actions_says_so():
    assert paper().count_sentence == "No action stands under this priority yet."


def test_item_without_priority_counts_nothing():
    assert paper(priority=None).count_sentence == ""


def test_delay_names_action_lead_day_and_reason():
    section = paper(action(ref="2.3", state=ActionState.BEHIND, reason="Nobody was free."))

    assert section.delays == ("2.3 Train staff (SEND team, due 1 December 2026): Nobody was free.",)


def test_delay_without_lead_and_day_says_so():
    section = paper(action(state=ActionState.BEHIND, lead="", due_on=None))

    assert "(no lead, no date)" in section.delays[0]


def test_overdue_action_is_a_delay_whatever_its_state():
    assert paper(action(is_overdue=True)).delays


def test_delays_stand_by_day_and_the_rest_is_counted():
    late = [
        action(ref=f"1.{number}", state=ActionState.BEHIND, due_on=date(2026, 1, 1 + MOST_DELAYS + 3 - number))
        for number in range(MOST_DELAYS + 3)
    ]

    section = paper(*late)

    assert len(section.delays) == MOST_DELAYS
    assert section.more_delays == 3
    assert section.delays[0].startswith(f"1.{MOST_DELAYS + 2} ")
