"""How an action stands on any day: one table of cases in plain English."""

from datetime import date, timedelta

import pytest

from strategy.domain.status import (
    STATE_NAMES,
    ActionState,
    Course,
    MilestoneDay,
    Override,
    Report,
    add_months,
    count_states,
    month_ends,
    status_on,
)

TODAY = date(2026, 11, 22)
NOT_STARTED, BEHIND, ON_TARGET, COMPLETED = ActionState


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def course(
    *,
    starts: int | None = -100,
    due: int | None = 100,
    milestones: tuple[tuple[int, int | None], ...] = (),
    reports: tuple[tuple[int, ActionState], ...] = (),
    overrides: tuple[Override, ...] = (),
    impact: int | None = None,
) -> Course:
    return Course(
        starts_on=None if starts is None else day(starts),
        due_on=None if due is None else day(due),
        milestones=tuple(
            MilestoneDay(f"Step {number}", day(until), None if reached is None else day(reached))
            for number, (until, reached) in enumerate(milestones, 1)
        ),
        reports=tuple(Report(day(on), progress) for on, progress in reports),
        overrides=overrides,
        impact_since_on=None if impact is None else day(impact),
    )


def by_hand(
    state: ActionState, *, since: int = -10, until: int | None = None, withdrawn: int | None = None
) -> Override:
    return Override(
        state,
        "The board said so.",
        day(since),
        None if until is None else day(until),
        None if withdrawn is None else day(withdrawn),
    )


CASES = [
    ("nothing is known", course(starts=None, due=None), NOT_STARTED, "no start date"),
    ("starts tomorrow", course(starts=1), NOT_STARTED, "It starts on 23 November 2026."),
    (
        "starts tomorrow, reported under way",
        course(starts=1, reports=((-1, ON_TARGET),)),
        ON_TARGET,
        "Reported as on target on 21 November 2026, before its start on 23 November 2026.",
    ),
    ("starts tomorrow, reported behind", course(starts=1, reports=((-1, BEHIND),)), BEHIND, "before its start on"),
    ("starts tomorrow, reported as not started", course(starts=1, reports=((-1, NOT_STARTED),)), NOT_STARTED, "starts"),
    ("started, nobody reported", course(), NOT_STARTED, "nobody has reported that it did"),
    ("starts today, nobody reported", course(starts=0), NOT_STARTED, "was to start on 22 November 2026"),
    ("reported as not started", course(reports=((-5, NOT_STARTED),)), NOT_STARTED, "Reported on 17 November 2026 as"),
    ("reported on target", course(reports=((-5, ON_TARGET),)), ON_TARGET, "on target on 17 November 2026"),
    ("reported without a start date", course(starts=None, reports=((-5, ON_TARGET),)), ON_TARGET, "on target"),
    ("reported behind", course(reports=((-5, BEHIND),)), BEHIND, "Reported as behind on 17 November 2026."),
    ("the newest report counts", course(reports=((-5, ON_TARGET), (-50, BEHIND))), ON_TARGET, "on target"),
    ("a report of tomorrow does not count yet", course(reports=((1, BEHIND), (-5, ON_TARGET))), ON_TARGET, "target"),
    ("due today", course(due=0, reports=((-5, ON_TARGET),)), ON_TARGET, "on target"),
    ("due yesterday", course(due=-1, reports=((-5, ON_TARGET),)), BEHIND, "It was due on 21 November 2026"),
    ("due yesterday and never started", course(due=-1), BEHIND, "It was due on"),
    ("no due date", course(due=None, reports=((-5, ON_TARGET),)), ON_TARGET, "on target"),
    ("milestone of today", course(milestones=((0, None),), reports=((-5, ON_TARGET),)), ON_TARGET, "on target"),
    ("milestone missed", course(milestones=((-1, None),), reports=((-5, ON_TARGET),)), BEHIND, "milestone “Step 1”"),
    ("milestone missed, not started", course(milestones=((-1, None),)), BEHIND, "“Step 1” was due on 21 November"),
    ("milestone reached late", course(milestones=((-9, -1),), reports=((-5, ON_TARGET),)), ON_TARGET, "on target"),
    ("second milestone missed", course(milestones=((-9, -9), (-2, None))), BEHIND, "“Step 2”"),
    ("completed, no proof", course(reports=((-5, COMPLETED),)), ON_TARGET, "no approved evidence shows the impact yet"),
    ("completed, no proof, late", course(due=-1, reports=((-5, COMPLETED),)), BEHIND, "and it was due on"),
    ("completed with proof", course(reports=((-5, COMPLETED),), impact=-2), COMPLETED, "shows the impact"),
    ("completed, proof of tomorrow", course(reports=((-5, COMPLETED),), impact=1), ON_TARGET, "no approved evidence"),
    ("completed late with proof", course(due=-50, reports=((-5, COMPLETED),), impact=-2), COMPLETED, "shows"),
    ("proof alone completes nothing", course(reports=((-5, ON_TARGET),), impact=-2), ON_TARGET, "on target"),
    (
        "completed with a milestone left open",
        course(milestones=((-9, None),), reports=((-5, COMPLETED),), impact=-2),
        COMPLETED,
        "shows the impact",
    ),
    ("reopened after completion", course(reports=((-1, BEHIND), (-5, COMPLETED)), impact=-2), BEHIND, "behind"),
    ("set by hand", course(overrides=(by_hand(BEHIND),), reports=((-5, ON_TARGET),)), BEHIND, "The board said so."),
    ("set by hand from tomorrow", course(overrides=(by_hand(BEHIND, since=1),)), NOT_STARTED, "nobody"),
    ("set by hand until today", course(overrides=(by_hand(BEHIND, until=0),)), BEHIND, "Set by hand since"),
    ("set by hand until yesterday", course(overrides=(by_hand(BEHIND, until=-1),)), NOT_STARTED, "nobody"),
    ("withdrawn today", course(overrides=(by_hand(BEHIND, withdrawn=0),)), NOT_STARTED, "nobody"),
    ("withdrawn tomorrow", course(overrides=(by_hand(BEHIND, withdrawn=1),)), BEHIND, "Set by hand"),
    (
        "the newest hand counts",
        course(overrides=(by_hand(ON_TARGET, since=-5), by_hand(BEHIND))),
        ON_TARGET,
        "17 November 2026",
    ),
    ("completed by hand, no proof", course(overrides=(by_hand(COMPLETED),)), NOT_STARTED, "no approved evidence"),
    ("completed by hand with proof", course(overrides=(by_hand(COMPLETED),), impact=-2), COMPLETED, "by hand"),
]


@pytest.mark.parametrize(("given", "state", "because"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_status_stands_with_its_reason(given: Course, state: ActionState, because: str):
    status = status_on(TODAY, given)

    assert status.state is state
    assert because in status.reason


def test_status_of_an_earlier_day_is_what_stood_then():
    given = course(due=-10, reports=((-5, COMPLETED), (-40, ON_TARGET)), impact=-2)

    assert [status_on(day(on), given).state for on in (-50, -30, -8, -4, -1)] == [
        NOT_STARTED,
        ON_TARGET,
        BEHIND,
        BEHIND,
        COMPLETED,
    ]


def test_override_keeps_what_would_be_computed():
    status = status_on(TODAY, course(due=-1, overrides=(by_hand(ON_TARGET),)))

    assert (status.state, status.computed, status.is_overridden, status.is_overdue) == (ON_TARGET, BEHIND, True, True)


@pytest.mark.parametrize(
    ("given", "overdue"),
    [
        pytest.param(course(due=0), False, id="due today"),
        pytest.param(course(due=-1), True, id="due yesterday"),
        pytest.param(course(due=-1, reports=((-5, COMPLETED),), impact=-2), False, id="completed"),
        pytest.param(course(due=None), False, id="no date"),
    ],
)
def test_overdue_is_what_is_past_its_day_and_not_completed(given: Course, overdue: bool):
    assert status_on(TODAY, given).is_overdue is overdue


def test_counts_name_all_four_states():
    assert count_states([BEHIND, BEHIND, COMPLETED]) == {NOT_STARTED: 0, BEHIND: 2, ON_TARGET: 0, COMPLETED: 1}
    assert set(STATE_NAMES) == set(ActionState)


def test_month_ends_run_up_to_the_month_before():
    assert month_ends(date(2026, 3, 15), 3) == (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("months", "expected"),
    [(3, date(2026, 11, 30)), (6, date(2027, 2, 28)), (12, date(2027, 8, 31))],
    ids=["three", "six", "twelve"],
)
def test_months_after_a_last_day_end_on_a_last_day(months: int, expected: date):
    assert add_months(date(2026, 8, 31), months) == expected
