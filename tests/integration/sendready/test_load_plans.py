"""Plans, actions and areas for improvement come with a folder, and again without doubling or undoing."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import timezone

from strategy.models import (
    Action,
    ActionPoint,
    ActionUpdate,
    AreaAction,
    AreaForImprovement,
    CoProducer,
    Milestone,
    Plan,
    PlanAction,
)
from tests.harness.folders import change, copy_of_wexcombe, load, load_rulebook

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("_rulebook")]
MODELS = (Action, ActionPoint, ActionUpdate, AreaAction, AreaForImprovement, CoProducer, Milestone, Plan, PlanAction)


@pytest.fixture
def _rulebook():
    load_rulebook()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_wexcombe(tmp_path)


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def test_action_stands_once_in_three_plans_with_lead_dates_and_updates(folder):
    said = load(folder)

    action = Action.objects.get()
    today = timezone.localdate()
    assert (action.aim.ref, action.lead.name, action.organisation.name) == ("1.1", "LANO", "Wexcombe ICB")
    assert (action.starts_on, action.due_on) == (today - timedelta(days=90), today + timedelta(days=90))
    assert [row.plan.title for row in action.memberships.order_by("plan__title")] == [
        "Annual plan",
        "Improvement plan",
        "Reform plan",
    ]
    assert PlanAction.objects.get(plan__title="Improvement plan").theme == "Early help"
    assert Plan.objects.get(title="Annual plan").priority.number == 1
    assert ActionUpdate.objects.get().by.name == "LANO"
    assert {link.point.code for link in action.point_links.all()} == {"X1.1", "X1.2"}
    assert "Not linked, as no such indicator is loaded yet: no-such-indicator" in said


def test_area_for_improvement_comes_without_the_inspectors_words(folder):
    load(folder)

    area = AreaForImprovement.objects.get()
    assert (area.short_name, area.page, area.inspectors_words) == ("Needs are found late", "4", "")
    assert [link.action.text for link in area.action_links.all()] == ["Set up a panel"]


def test_loading_again_doubles_nothing(folder):
    load(folder)
    before = counts()

    load(folder)

    assert counts() == before


def test_loading_again_leaves_alone_what_somebody_did(folder):
    load(folder)
    due = timezone.localdate() + timedelta(days=400)
    Action.objects.update(text="Set up two panels", due_on=due, edited_at=timezone.now())
    PlanAction.objects.filter(plan__title="Improvement plan").update(theme="Panels")
    AreaForImprovement.objects.update(inspectors_words="What they wrote.", edited_at=timezone.now())

    load(folder)

    action = Action.objects.get()
    assert (action.text, action.due_on) == ("Set up two panels", due)
    assert PlanAction.objects.get(plan__title="Improvement plan").theme == "Panels"
    assert AreaForImprovement.objects.get().inspectors_words == "What they wrote."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("ref: 1.1/1", "ref: 1.1/7", "There is no action 1.1/7 in this file.", id="no such action"),
        pytest.param("ref: 1.1/1", "ref: first", "“first” isn't an action. Write it like 1.2/3", id="no ref"),
        pytest.param(
            "actions: all of priority 1", "actions: all of them", "Write “all of priority 1”, or a list", id="all"
        ),
        pytest.param("lead: lano@", "lead: nobody@", "nobody@wexcombe.example isn't in people.yaml", id="lead"),
        pytest.param("[Wexcombe ICB]", "[Elsewhere]", "“Elsewhere” isn't an organisation of area.yaml", id="partner"),
        pytest.param("points: [X1.1, X1.2]", "points: [X9.9]", "“X9.9” is no point of the framework", id="point"),
        pytest.param("kind: reform", "kind: other_reform", "isn't known as “kind”", id="kind"),
        pytest.param(
            "  known_how:",
            "  inspectors_words: Copied.\n  known_how:",
            "filled in by the council, never by a file",
            id="inspectors' words",
        ),
        pytest.param("days: -10", "days: 10", "“days” has to be between -3660 and 0", id="update to come"),
    ],
)
def test_fault_is_told_with_its_line_and_nothing_is_written(folder, old, new, said):
    change(folder, old, new)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert said in str(refused.value)
    assert "strategy.yaml, line " in str(refused.value)
    assert counts() == [0] * len(MODELS)
