"""Many actions at once with undo, and the Monday digest."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import OutgoingMail
from accounts.permissions import NotAllowed
from strategy.actions import bulk, plans
from strategy.actions.bulk import Change, Moved
from strategy.actions.digest import send_digest
from strategy.digest_gather import digests_on
from strategy.domain.digest import monday_of
from strategy.models import Action, ActionUpdate, PlanAction
from strategy.tasks import send_monday_digest
from tests.factories.accounts import make_area, make_user
from tests.factories.plans import days, make_action, make_plan, make_told

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def chosen(*actions: Action) -> list[tuple[Action, int]]:
    return [(action, action.version) for action in actions]


def test_many_are_changed_and_the_whole_change_is_undone(team):
    lead, plan = make_user(Role.SYSTEM_LEAD), make_plan()
    first, second = make_action(text="First"), make_action(text="Second", due=None, plan=plan)
    change = Change(lead=lead, due_on=days(30), plan=plan, told=make_told())

    made = bulk.change_many(by=team, at=timezone.now(), chosen=chosen(first, second), change=change)

    assert set(Action.objects.values_list("lead", "due_on")) == {(lead.pk, days(30))}
    assert PlanAction.objects.filter(plan=plan).count() == 2
    assert ActionUpdate.objects.filter(withdrawn_at=None).count() == 2

    undone = bulk.undo_many(by=team, at=timezone.now(), change=made)

    assert not undone.left
    assert set(Action.objects.values_list("lead", "due_on")) == {(None, days(100)), (None, None)}
    assert [row.action for row in PlanAction.objects.filter(plan=plan)] == [second]
    assert not ActionUpdate.objects.filter(withdrawn_at=None).exists()


def test_undo_leaves_alone_what_was_changed_again_since(team):
    first, second = make_action(text="First"), make_action(text="Second")
    made = bulk.change_many(by=team, at=timezone.now(), chosen=chosen(first, second), change=Change(due_on=days(30)))
    Action.objects.filter(pk=first.pk).update(due_on=days(60), version=99)

    undone = bulk.undo_many(by=team, at=timezone.now(), change=made)

    assert undone.left == ("First",)
    assert {row.text: row.due_on for row in Action.objects.all()} == {"First": days(60), "Second": days(100)}


def test_undo_works_once(team):
    made = bulk.change_many(by=team, at=timezone.now(), chosen=chosen(make_action()), change=Change(due_on=days(30)))
    bulk.undo_many(by=team, at=timezone.now(), change=made)

    with pytest.raises(NotAllowed, match="undone already"):
        bulk.undo_many(by=team, at=timezone.now(), change=made)


def test_nothing_is_changed_when_one_was_changed_since_the_preview(team):
    first, second = make_action(text="First"), make_action(text="Second")
    seen = chosen(first, second)
    Action.objects.filter(pk=second.pk).update(version=second.version + 1)

    with pytest.raises(Moved) as moved:
        bulk.change_many(by=team, at=timezone.now(), chosen=seen, change=Change(due_on=days(30)))

    assert "“Second” was changed by somebody since the preview" in moved.value.sentence
    assert Action.objects.get(pk=first.pk).due_on == days(100)


@pytest.mark.parametrize(
    ("starts", "due", "reason"),
    [pytest.param(50, 20, "starts after that day", id="due before the start")],
)
def test_change_that_does_not_fit_one_action_is_refused_for_all(team, starts, due, reason):
    fits, fits_not = make_action(text="Fits"), make_action(text="Fits not", starts=starts)

    with pytest.raises(NotAllowed, match=reason):
        bulk.change_many(by=team, at=timezone.now(), chosen=chosen(fits, fits_not), change=Change(due_on=days(due)))

    assert Action.objects.get(pk=fits.pk).due_on == days(100)


def test_system_lead_changes_nothing_in_bulk(team):
    with pytest.raises(NotAllowed):
        bulk.change_many(
            by=make_user(Role.SYSTEM_LEAD),
            at=timezone.now(),
            chosen=chosen(make_action()),
            change=Change(due_on=days(30)),
        )


def test_placing_twice_doubles_nothing_and_taking_out_leaves_the_action(team):
    plan, action = make_plan(), make_action()
    plans.place_actions(by=team, at=timezone.now(), plan=plan, actions=[action], theme="Training")

    again = plans.place_actions(by=team, at=timezone.now(), plan=plan, actions=[action])
    plans.take_out(by=team, at=timezone.now(), membership=PlanAction.objects.get())

    assert again == 0
    assert Action.objects.filter(pk=action.pk).exists()


# -- the digest


@pytest.fixture
def monday():
    """A Monday on which the people of the test hold their roles."""
    return monday_of(timezone.localdate() + timedelta(days=7))


def test_lead_hears_of_their_own_and_the_team_of_all(team, monday):
    lead, plan = make_user(Role.SYSTEM_LEAD), make_plan()
    make_action(text="Overdue one", lead=lead, due=-30)
    make_action(text="Nobody leads this", plan=plan)
    make_action(text="In the strategy only", due=None)

    addressed = {each.user.pk: each for each in digests_on(timezone.localdate())}

    assert addressed[lead.pk].digest.counts == "1 overdue"
    assert addressed[team.pk].digest.counts == "1 overdue, 1 unowned"
    assert addressed[team.pk].has_all


def test_digest_goes_once_a_week_however_often_it_is_asked(team, monday):
    make_action(lead=make_user(Role.SYSTEM_LEAD), due=-30)

    first = send_digest(by=None, at=timezone.now(), on=monday)
    again = send_digest(by=None, at=timezone.now(), on=monday + timedelta(days=3))
    next_week = send_digest(by=None, at=timezone.now(), on=monday + timedelta(days=7))

    assert (len(first.sent), len(again.sent), len(again.had), len(next_week.sent)) == (2, 0, 2, 2)
    assert OutgoingMail.objects.filter(topic="plans").count() == 4


def test_who_switched_it_off_and_who_has_nothing_to_do_gets_none(team, monday):
    team.mail_topics_off = ["plans"]
    team.save()
    make_action(lead=make_user(Role.SYSTEM_LEAD), due=200)
    make_action(lead=team, due=-30)

    run = send_digest(by=None, at=timezone.now(), on=monday)

    assert (len(run.sent), [each.user for each in run.off]) == (0, [team])


def test_mail_holds_the_words_of_actions_and_no_update(team, monday):
    action = make_action(lead=team, due=-30)
    ActionUpdate.objects.create(
        action=action, reported_on=days(-40), progress="behind", text="A private remark.", at=timezone.now()
    )

    send_digest(by=None, at=timezone.now(), on=monday)

    mail = OutgoingMail.objects.get(topic="plans")
    assert "Train every school" in mail.body
    assert "private remark" not in mail.body


def test_task_sends_the_digest_of_this_week(team):
    make_action(lead=team, due=-30)

    assert send_monday_digest() == 1
    assert send_monday_digest() == 0


def test_command_says_who_gets_what_and_sends_nothing_when_dry(team):
    make_action(lead=team, due=-30)
    out = io.StringIO()

    call_command("send_digest", "--dry-run", stdout=out)

    assert f"{team.email}: 1 overdue" in out.getvalue()
    assert not OutgoingMail.objects.filter(topic="plans").exists()
    call_command("send_digest", stdout=out)
    assert "1 in the outbox, 0 had it this week, 0 have switched it off." in out.getvalue()


def test_command_with_a_day_that_is_none_says_how_to_write_it():
    with pytest.raises(CommandError, match="Write it like 27/11/2026"):
        call_command("send_digest", "--on", "someday")


def test_digest_takes_a_fixed_number_of_queries(team, django_assert_num_queries):
    for number in range(5):
        make_action(text=f"Action {number}", lead=team, due=-30)

    with django_assert_num_queries(8):
        digests_on(timezone.localdate())
