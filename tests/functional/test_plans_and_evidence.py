"""Plans, actions, areas for improvement and the evidence log in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts.domain.roles import Role
from evidence.actions import revisions
from evidence.models import EvidenceRevision
from strategy.models import Action, AreaForImprovement, Plan
from tests.factories.accounts import make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft, make_submitted, make_upload
from tests.factories.framework import make_framework
from tests.factories.plans import days, make_action, make_area_for_improvement, make_impact, make_plan, make_update
from tests.factories.strategy import make_aim, make_priority, make_strategy
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead(team):
    return make_user(Role.SYSTEM_LEAD, name="System lead")


@pytest.fixture
def everything(team, lead):
    """A plan with actions in several states, an area for improvement, evidence in several states."""
    aim = make_aim(priority=make_priority(strategy=make_strategy()))
    plan = make_plan()
    point = make_point(criterion=make_criterion(framework=make_framework()))
    main = make_action(text="Train every school in inclusion", lead=lead, aim=aim, plan=plan, theme="Workforce", due=-2)
    make_update(action=main, by=lead)
    main.milestones.create(title="Half of the schools", due_on=days(-20))
    main.point_links.create(point=point, why="It trains them.")
    main.co_producers.create(organisation=make_organisation(name="Parent carer forum", kind="pcf"), how="In a group.")
    make_action(text="Nobody leads this", plan=plan, due=None)
    evidence = make_approved(by=team, upload=make_upload())
    make_impact(action=main, evidence=evidence, by=team)
    make_submitted(by=team, title="Audit of plans")
    make_draft(by=lead, title="Case study")
    make_area_for_improvement(action=main)
    return plan


PAGES = {
    "plans": lambda plan: reverse("strategy:plan-list"),
    "a plan": lambda plan: reverse("strategy:plan-show", args=[plan.pk]),
    "the board": lambda plan: reverse("strategy:plan-show", args=[plan.pk]) + "?view=board",
    "the timeline": lambda plan: reverse("strategy:plan-show", args=[plan.pk]) + "?view=timeline",
    "themes": lambda plan: reverse("strategy:plan-sort", args=[plan.pk]),
    "placing": lambda plan: reverse("strategy:plan-place", args=[Plan.objects.create(**EMPTY).pk]),
    "actions": lambda plan: reverse("strategy:action-list"),
    "an action": lambda plan: reverse("strategy:action-show", args=[Action.objects.earliest("pk").pk]),
    "reporting": lambda plan: reverse("strategy:action-report", args=[Action.objects.earliest("pk").pk]),
    "overriding": lambda plan: reverse("strategy:action-override", args=[Action.objects.earliest("pk").pk]),
    "editing": lambda plan: reverse("strategy:row-edit", args=["action", Action.objects.earliest("pk").pk]),
    "bulk": lambda plan: reverse("strategy:bulk-edit"),
    "coverage": lambda plan: reverse("strategy:coverage-show") + f"?plan={plan.pk}",
    "areas": lambda plan: reverse("strategy:area-list"),
    "an area": lambda plan: reverse("strategy:area-show", args=[AreaForImprovement.objects.get().pk]),
    "what answers an area": lambda plan: reverse("strategy:area-tie", args=[AreaForImprovement.objects.get().pk]),
    "the evidence log": lambda plan: reverse("evidence:evidence-list"),
    "an item": lambda plan: reverse("evidence:evidence-show", args=[1]),
    "adding evidence": lambda plan: reverse("evidence:evidence-add"),
    "a draft": lambda plan: reverse("evidence:revision-edit", args=[3, 1]),
    "returning": lambda plan: reverse("evidence:revision-return", args=[2, 1]),
}
EMPTY = {"title": "Another plan", "kind": "other", "from_on": "2026-01-01", "to_on": "2026-12-31"}


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_stand_still(open_page, team, everything, width):
    for address in PAGES.values():
        page = open_page(team, address(everything), width=width)

        assert_accessible(page)
        assert_stands_still(page)


def test_pages_are_complete_without_scripts(open_page, team, everything):
    for address in PAGES.values():
        assert_complete_without_scripts(open_page(team, address(everything), javascript=False))


def test_action_is_reached_by_keyboard(open_page, lead, everything):
    page = open_page(lead, PAGES["an action"](everything))

    assert_usable_by_keyboard(page, reaches=["Report how it goes", "Report as completed"])


def press(page: Page, name: str) -> None:
    """A link that looks like a button, and is called one."""
    page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_system_lead_completes_an_action_once_its_evidence_is_approved(open_page, team, lead, javascript):
    action = make_action(text="Train every school in inclusion", lead=lead)
    make_update(action=action, by=lead)
    page = open_page(lead, reverse("strategy:action-list"), javascript=javascript)
    page.get_by_role("link", name="Train every school in inclusion").click()
    assert page.get_by_text("Completed needs approved evidence of impact").first.is_visible()

    page.get_by_role("button", name="Report how it goes").or_(
        page.get_by_role("link", name="Report how it goes")
    ).click()
    page.get_by_label("Under way, on target").check()
    page.get_by_label("What happened, and what comes next?").fill("All schools are trained; the survey is in.")
    page.get_by_label("Title of new evidence").fill("Survey after the training")
    page.get_by_label("What does it show?").fill("Nine in ten staff use what they learned.")
    page.get_by_label("It covers the time from").fill(f"{days(-60):%d/%m/%Y}")
    page.get_by_label("to", exact=True).fill(f"{days(-5):%d/%m/%Y}")
    page.get_by_label("Files").set_input_files(
        {"name": "Survey.txt", "mimeType": "text/plain", "buffer": b"Nine in ten.\n"}
    )
    page.get_by_label("This evidence shows impact").check()
    page.get_by_role("button", name="Add the update").click()
    assert page.get_by_text("The update is added.").is_visible()
    assert page.get_by_text("Not approved yet").is_visible()
    if javascript:
        assert_accessible(page)

    revisions.approve(by=team, at=AT, revision=EvidenceRevision.objects.get())
    page.reload()
    press(page, "Report as completed")
    assert page.get_by_label("Completed").is_checked()
    page.get_by_label("What happened, and what comes next?").fill("Done, and it made a difference.")
    page.get_by_role("button", name="Add the update").click()

    assert page.get_by_text("approved evidence shows the impact").is_visible()


def test_team_changes_many_actions_and_undoes_it_without_scripts(open_page, team, lead):
    for text in ("First action", "Second action"):
        make_action(text=text)
    page = open_page(team, reverse("strategy:bulk-edit"), javascript=False)
    page.get_by_label("First action").check()
    page.get_by_label("Second action").check()
    page.locator("#id_lead").last.select_option(label="System lead")
    page.get_by_role("button", name="Look at it first").click()
    assert page.get_by_role("heading", name="Change 2 actions?").is_visible()
    page.get_by_role("button", name="Change them").click()
    assert set(Action.objects.values_list("lead__name", flat=True)) == {"System lead"}

    page.get_by_text("Changed lately, and undo").click()
    page.get_by_role("button", name="Undo").first.click()

    assert set(Action.objects.values_list("lead__name", flat=True)) == {None}
