"""How many actions stand, read without their rows: the same as with them, in a fixed number of queries."""

import pytest
from django.utils import timezone

from accounts.domain.roles import Role
from evidence.actions import items, revisions
from strategy.action_gather import action_lines, standing_lines
from strategy.actions import reporting
from strategy.domain.status import ActionState
from strategy.models import Action, Milestone
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_approved, make_draft
from tests.factories.plans import days, make_action, make_impact, make_told, make_update

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def _actions(team):
    """One of every way to stand."""
    now = timezone.now()
    make_action(text="Not started", starts=10)
    make_action(text="No dates", starts=None, due=None)
    make_update(action=make_action(text="Overdue", due=-3))
    make_update(action=make_action(text="Behind"), progress=ActionState.BEHIND)
    missed = make_action(text="Missed a milestone")
    Milestone.objects.create(action=missed, title="Half", due_on=days(-5))
    Milestone.objects.create(action=missed, title="A third", due_on=days(-9), reached_on=days(-8))
    done = make_action(text="Completed")
    evidence = make_approved(by=team, at=now)
    make_impact(action=done, evidence=evidence, by=team)
    revisions.approve(
        by=team, at=now, revision=revisions.submit(
            by=team, at=now, revision=revisions.start_revision(by=team, at=now, evidence=evidence)
        )
    )  # fmt: skip
    make_update(action=done, progress=ActionState.COMPLETED, on=0)
    unproved = make_action(text="Completed, they say")
    make_impact(action=unproved, evidence=make_draft(by=team).evidence, by=team)
    make_update(action=unproved, progress=ActionState.COMPLETED, on=0)
    put_away = make_action(text="Its evidence is in the archive")
    gone = make_approved(by=team, at=now)
    make_impact(action=put_away, evidence=gone, by=team)
    make_update(action=put_away, progress=ActionState.COMPLETED, on=0)
    items.archive_evidence(by=team, at=now, evidence=gone)
    for text, until in (("Set by hand", None), ("Was set by hand", days(-1))):
        action = make_action(text=text)
        reporting.override(
            by=team, at=now, action=action, state=ActionState.BEHIND, reason="So.", from_on=days(-4), until_on=until
        )
    withdrawn = make_action(text="Withdrawn")
    update = reporting.report(by=team, at=now, action=withdrawn, told=make_told())
    reporting.withdraw_update(by=team, at=now, update=update)


@pytest.mark.usefixtures("_actions")
@pytest.mark.parametrize("day", [-30, -1, 0, 30])
def test_both_ways_of_reading_say_the_same(day):
    rows = Action.objects.all()

    slow = {line.action.pk: line.status for line in action_lines(rows, days(day))}
    fast = {line.action.pk: line.status for line in standing_lines(rows, days(day))}

    assert fast == slow
    assert len(fast) == 11


@pytest.mark.usefixtures("_actions")
def test_lines_that_stand_take_six_queries(django_assert_num_queries):
    with django_assert_num_queries(6):
        lines = standing_lines(Action.objects.all(), days(0))
        [(line.action.lead_words, line.action.organisation, line.action.aim) for line in lines]
