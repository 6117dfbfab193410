"""Plans in the browser's words: views, filters, what stands in them, many at once, coverage."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from strategy.actions import bulk
from strategy.actions.bulk import Change
from strategy.models import Action, ActionPoint, Milestone, Plan, PlanAction
from strategy.stamps import themes_stamp
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import make_approved
from tests.factories.framework import make_framework
from tests.factories.plans import days, make_action, make_area_for_improvement, make_impact, make_plan, make_update
from tests.factories.strategy import make_aim, make_priority, make_strategy
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def typed(day) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.fixture
def plan(team):
    plan = make_plan()
    behind = make_action(text="Train every school", plan=plan, theme="Workforce", due=-3)
    make_update(action=behind)
    make_action(text="Appoint champions", plan=plan, theme="Workforce", lead=team)
    make_action(text="Shorten the waits", plan=plan, theme="Waits", due=None)
    return plan


@pytest.mark.parametrize("view", ["list", "board", "timeline", "nonsense"])
def test_plan_shows_progress_by_theme_in_each_view(team, plan, view):
    response = client_of(team).get(reverse("strategy:plan-show", args=[plan.pk]), {"view": view})

    shown = words_of(response)
    assert "Workforce 1 1 0 0 1 2" in shown
    assert "All 2 1 0 0 1 3" in shown
    for text in ("Train every school", "Appoint champions", "Shorten the waits"):
        assert text in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"mine": "true"}, {"Appoint champions"}),
        ({"overdue": "true"}, {"Train every school"}),
        ({"unowned": "true"}, {"Train every school", "Shorten the waits"}),
        ({"state": "behind"}, {"Train every school"}),
        ({"q": "wait"}, {"Shorten the waits"}),
        ({"state": "completed"}, set()),
    ],
    ids=lambda case: "finds" if isinstance(case, set) else str(case),
)
def test_filter_of_a_plan_finds(team, plan, asked, found):
    response = client_of(team).get(reverse("strategy:plan-show", args=[plan.pk]), asked)

    groups = response.context["groups"]
    assert {line.action.text for group in groups for line in group.lines} == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Train every school", "Appoint champions", "Shorten the waits", "Elsewhere"}),
        ({"undated": "true"}, {"Shorten the waits"}),
        ({"priority": "1"}, {"Elsewhere"}),
        ({"overdue": "true", "unowned": "true"}, {"Train every school"}),
    ],
    ids=lambda case: "finds" if isinstance(case, set) else str(case),
)
def test_filter_of_all_actions_finds(team, plan, asked, found):
    aim = make_aim(priority=make_priority(strategy=make_strategy()))
    make_action(text="Elsewhere", aim=aim)
    make_action(text="Put away", archived_at=timezone.now())

    response = client_of(team).get(reverse("strategy:action-list"), asked)

    assert {line.action.text for line in response.context["page"]} == found


def test_pages_take_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    plan, lead = make_plan(), make_user(Role.SYSTEM_LEAD)
    for number in range(12):
        action = make_action(text=f"Action {number}", plan=plan, lead=lead, theme=f"Theme {number % 3}")
        make_update(action=action, by=lead)
        make_impact(action=action, evidence=make_approved(by=team), by=team)
        make_area_for_improvement(short_name=f"Area {number}", action=action)
    client = client_of(team)
    pages = {
        reverse("strategy:plan-list"): 22,
        reverse("strategy:plan-show", args=[plan.pk]): 28,
        reverse("strategy:action-list"): 24,
        reverse("strategy:action-show", args=[Action.objects.first().pk]): 36,
        reverse("strategy:area-list"): 24,
        reverse("strategy:coverage-show"): 26,
    }
    client.get("/strategy/plans/")

    for url, most in pages.items():
        with django_assert_max_num_queries(most):
            response = client.get(url)
        assert response.status_code == 200
        assert len(response.content) < 100_000


def test_new_action_of_a_plan_stands_in_it(team):
    plan = make_plan()

    client_of(team).post(reverse("strategy:plan-extend", args=[plan.pk]), {"text": "A new one"})

    assert PlanAction.objects.get().action.text == "A new one"


def test_action_is_put_in_sorted_and_taken_out_of_a_plan(team, plan):
    other = make_action(text="Stands elsewhere")
    client = client_of(team)
    client.post(reverse("strategy:plan-place", args=[plan.pk]), {"chosen": other.pk, "theme": "Waits"})
    row = PlanAction.objects.get(action=other)
    client.post(
        reverse("strategy:plan-sort", args=[plan.pk]),
        {f"theme-{row.pk}": "Workforce", f"place-{row.pk}": "0", "stamp": themes_stamp(plan)},
    )
    row.refresh_from_db()
    assert (row.theme, row.order) == ("Workforce", 0)

    client.post(reverse("strategy:plan-reduce", args=[plan.pk, other.pk]))

    assert not PlanAction.objects.filter(action=other).exists()
    assert Action.objects.filter(pk=other.pk, archived_at=None).exists()


def test_placing_nothing_says_what_to_do(team, plan):
    make_action(text="Stands elsewhere")

    response = client_of(team).post(reverse("strategy:plan-place", args=[plan.pk]), {})

    assert response.status_code == 400
    assert "Tick at least one action." in words_of(response)


def test_plan_is_archived_with_an_undo(team, plan):
    client = client_of(team)

    response = client.post(reverse("strategy:row-archive", args=["plan", plan.pk]), follow=True)

    assert "is in the archive." in words_of(response)
    client.post(reverse("strategy:row-restore", args=["plan", plan.pk]))
    assert Plan.objects.get(pk=plan.pk).archived_at is None


def test_bulk_is_looked_at_done_and_undone(team, plan):
    client, action = client_of(team), Action.objects.get(text="Shorten the waits")
    url = reverse("strategy:bulk-edit")
    data = {"chosen": action.pk, f"version-{action.pk}": action.version, "due_on": typed(days(40))}
    preview = client.post(url, data)
    assert "no date →" in words_of(preview)
    assert Action.objects.get(pk=action.pk).due_on is None

    done = client.post(url, data | {"do": "confirm"}, follow=True)

    assert Action.objects.get(pk=action.pk).due_on == days(40)
    undo = re.search(r'action="(/strategy/actions/bulk/\d+/undo/)"', done.content.decode())
    client.post(undo[1])
    assert Action.objects.get(pk=action.pk).due_on is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"due_on": "1/1/2030"}, "Tick at least one action.", id="nothing chosen"),
        pytest.param({"chosen": "1"}, "Choose at least one thing to set.", id="nothing to set"),
        pytest.param({"chosen": "1", "progress": "behind"}, "Say in a sentence what the update tells", id="no words"),
    ],
)
def test_bulk_that_lacks_something_says_so(team, data, said):
    action = make_action()
    data = {key: (str(action.pk) if key == "chosen" else value) for key, value in data.items()}

    response = client_of(team).post(reverse("strategy:bulk-edit"), data)

    assert response.status_code == 400
    assert said in words_of(response)


def test_bulk_undo_twice_says_it_was_undone(team):
    action = make_action()
    made = bulk.change_many(
        by=team, at=timezone.now(), chosen=[(action, action.version)], change=Change(due_on=days(30))
    )
    bulk.undo_many(by=team, at=timezone.now(), change=made)

    response = client_of(team).post(reverse("strategy:bulk-undo", args=[made.pk]), follow=True)

    assert "This change was undone already." in words_of(response)


def test_coverage_names_points_without_an_action_and_the_grid_who_made_it(team, plan):
    criterion = make_criterion(framework=make_framework())
    answered, bare = make_point(criterion=criterion), make_point(criterion=criterion, order=1, title="Bare point")
    action = Action.objects.get(text="Shorten the waits")
    ActionPoint.objects.create(action=action, point=answered)
    action.co_producers.create(organisation=make_organisation(name="Parent carer forum", kind="pcf"))

    every = client_of(team).get(reverse("strategy:coverage-show"))
    grid = client_of(team).get(reverse("strategy:coverage-show"), {"plan": plan.pk})

    assert every.context["bare"] == [bare]
    assert "1 of 2 points are answered" in words_of(every)
    cells = {row.line.action.text: row.cells for row in grid.context["rows"]}
    assert cells["Shorten the waits"] == (("A1.1",),)
    assert "Parent carer forum" in words_of(grid)


def test_pages_with_many_actions_stay_small_and_say_what_is_left_out(team):
    plan = make_plan()
    Action.objects.bulk_create(Action(text=f"Action {number}, in the usual length of words") for number in range(180))
    client = client_of(team)

    bulk_page = client.get(reverse("strategy:bulk-edit"))
    place_page = client.get(reverse("strategy:plan-place", args=[plan.pk]))

    assert "80 more match" in words_of(bulk_page)
    assert "30 more match" in words_of(place_page)
    assert max(len(bulk_page.content), len(place_page.content)) < 100_000


def test_timeline_shows_milestones_with_their_day_and_state(team):
    plan = make_plan()
    action = make_action(plan=plan)
    for title, due, reached in (("First half", -40, -41), ("Second half", -10, None), ("All", 60, None)):
        reached_on = None if reached is None else days(reached)
        Milestone.objects.create(action=action, title=title, due_on=days(due), reached_on=reached_on)

    page = client_of(team).get(reverse("strategy:plan-show", args=[plan.pk]) + "?view=timeline")

    shown = words_of(page)
    assert f"{days(-40):%-d %b %y}: First half, reached {days(-41):%-d %b %y}" in shown
    assert f"{days(-10):%-d %b %y}: Second half, missed" in shown
    assert f"{days(60):%-d %b %y}: All, to come" in shown
    assert page.content.decode().count("app-gantt__mark--") == 3
