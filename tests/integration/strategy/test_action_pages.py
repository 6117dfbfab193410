"""Actions and areas for improvement in the browser's words: updates, parts, conflicts, guessed addresses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.roles import Role
from evidence.models import Evidence
from strategy.actions import reporting, rows
from strategy.domain.status import ActionState
from strategy.models import Action, ActionPoint, ActionUpdate, AreaForImprovement, Milestone, PlanAction
from strategy.stamps import plans_stamp, ties_stamp
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import make_approved
from tests.factories.framework import make_framework
from tests.factories.plans import (
    AT,
    days,
    make_action,
    make_area_for_improvement,
    make_impact,
    make_plan,
    make_told,
    make_update,
)
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def typed(day) -> str:
    return f"{day:%d/%m/%Y}"


def test_lead_reports_with_a_file_that_becomes_evidence(team):
    lead = make_user(Role.SYSTEM_LEAD)
    action = make_action(lead=lead)
    data = {
        "progress": "on_target",
        "reported_on": typed(days(-1)),
        "text": "Half of the schools are trained.",
        "proof_title": "Training register",
        "proof_kind": "aggregated_data",
        "proof_shows": "Forty of eighty schools were trained by October.",
        "covers_from_on": typed(days(-90)),
        "covers_to_on": typed(days(-2)),
        "uploads": SimpleUploadedFile("Register.txt", b"Forty schools.\n"),
        "is_impact": "on",
    }

    response = client_of(lead).post(reverse("strategy:action-report", args=[action.pk]), data, follow=True)

    assert "The update is added." in words_of(response)
    assert "E1 Training register" in words_of(response)
    assert Evidence.objects.get().revisions.get().state == "submitted"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"progress": ""}, "Choose how it stands.", id="no state"),
        pytest.param({"text": ""}, "Say in a sentence what happened.", id="no words"),
        pytest.param({"reported_on": "soon"}, "Write it like 27/11/2026", id="no day"),
        pytest.param({"reported_on": "1/1/2199"}, "a day that has been", id="a day to come"),
        pytest.param({"progress": "completed"}, "Completed needs approved evidence of impact", id="completed"),
    ],
)
def test_report_that_lacks_something_keeps_what_was_typed(team, wrong, said):
    action = make_action()
    data = {"progress": "behind", "reported_on": typed(days(0)), "text": "Kept while it is mended."}

    response = client_of(team).post(reverse("strategy:action-report", args=[action.pk]), data | wrong)

    assert response.status_code in {400, 409}
    assert said in words_of(response)
    if wrong.get("text") != "":
        assert "Kept while it is mended." in response.content.decode()
    assert not ActionUpdate.objects.exists()


def test_completed_button_says_what_is_lacking_and_opens_once_it_is_there(team):
    action = make_action(lead=team)
    url = reverse("strategy:action-show", args=[action.pk])
    lacking = client_of(team).get(url).content.decode()
    make_impact(action=action, evidence=make_approved(by=team), by=team)

    there = client_of(team).get(url).content.decode()

    assert 'aria-disabled="true"' in lacking
    assert "Completed needs approved evidence of impact" in lacking
    assert "?progress=completed" in there


def test_action_is_edited_without_losing_the_text_of_either(team):
    action = make_action(text="As it was")
    url = reverse("strategy:row-edit", args=["action", action.pk])
    first = {"version": action.version, "text": "Theirs, saved first"}
    client_of(team).post(url, first)

    response = client_of(team).post(url, {"version": action.version, "text": "Mine, saved second"})

    shown = words_of(response)
    assert response.status_code == 409
    assert "Theirs, saved first" in shown
    assert "Mine, saved second" in shown
    assert Action.objects.get().text == "Theirs, saved first"


def test_action_due_before_its_start_is_refused(team):
    data = {"text": "A new one", "starts_on": typed(days(10)), "due_on": typed(days(1))}

    response = client_of(team).post(reverse("strategy:row-add", args=["action"]), data)

    assert response.status_code == 400
    assert "Give a due day that is not before the start." in words_of(response)


def test_parts_of_an_action_are_added_and_taken_out(team):
    action, plan = make_action(), make_plan()
    point = make_point(criterion=make_criterion(framework=make_framework()))
    forum = make_organisation(name="Parent carer forum", kind="pcf")
    client = client_of(team)

    def post(name: str, data: dict, *args: int):
        return client.post(reverse(f"strategy:{name}", args=[action.pk, *args]), data)

    post("milestone-add", {"title": "Half are trained", "due_on": typed(days(30))})
    post("milestones-add", {})
    post("point-link", {"point": point.pk, "why": "It does."})
    post("co-producer-add", {"organisation": forum.pk, "how": "In a group."})
    post("plans-set", {"plans": plan.pk, "stamp": plans_stamp(action)})
    assert Milestone.objects.count() == 3
    milestone = Milestone.objects.get(title="Half are trained")
    post("milestone-move", {"do": "reach", "reached_on": typed(days(-1))}, milestone.pk)
    milestone.refresh_from_db()
    assert milestone.reached_on == days(-1)

    post("milestone-move", {"do": "reopen"}, milestone.pk)
    post("milestone-move", {"do": "remove"}, milestone.pk)
    post("point-unlink", {}, ActionPoint.objects.get().pk)
    post("co-producer-remove", {}, action.co_producers.get().pk)
    post("plans-set", {"stamp": plans_stamp(action)})

    assert not Milestone.objects.filter(pk=milestone.pk).exists()
    assert not ActionPoint.objects.exists()
    assert not action.co_producers.exists()
    assert not PlanAction.objects.exists()


def test_area_says_how_long_it_is_known_and_what_answers_it(team):
    overdue = make_action(text="Train every school", due=-3)
    make_area_for_improvement(known=-800, action=overdue)
    make_area_for_improvement(short_name="Nothing is done", known=None)

    shown = words_of(client_of(team).get(reverse("strategy:area-list")))

    assert "Known for 2 years and 2 months" in shown or "Known for 2 years and 1 month" in shown
    assert "Overdue 1" in shown
    assert "No action answers it" in shown


def test_area_is_tied_to_actions_and_points_and_to_nothing(team):
    area, action = make_area_for_improvement(), make_action()
    point = make_point(criterion=make_criterion(framework=make_framework()))
    url = reverse("strategy:area-tie", args=[area.pk])
    client_of(team).post(url, {"actions": action.pk, "points": point.pk, "stamp": ties_stamp(area)})
    assert (area.action_links.count(), area.point_links.count()) == (1, 1)

    client_of(team).post(url, {"stamp": ties_stamp(area)})

    assert not area.action_links.exists()
    assert not area.point_links.exists()


def test_inspectors_words_are_the_councils_to_fill_in(team):
    area = make_area_for_improvement()
    url = reverse("strategy:row-edit", args=["area", area.pk])
    data = {
        "version": area.version,
        "short_name": area.short_name,
        "report": area.report,
        "inspectors_words": "What they wrote.",
    }

    client_of(team).post(url, data)

    assert AreaForImprovement.objects.get().inspectors_words == "What they wrote."
    shown = words_of(client_of(team).get(reverse("strategy:area-show", args=[area.pk])))
    assert "What they wrote." in shown


def test_partner_finds_only_the_actions_that_it_leads(team):
    partner = make_user(Role.PARTNER)
    own, theirs = make_action(text="Ours to do", lead=partner), make_action(text="Somebody else's")
    client = client_of(partner)

    shown = words_of(client.get(reverse("strategy:action-list")))

    assert "Ours to do" in shown
    assert "Somebody else" not in shown
    assert client.get(reverse("strategy:action-show", args=[own.pk])).status_code == 200
    assert client.get(reverse("strategy:action-show", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("strategy:action-report", args=[theirs.pk])).status_code == 404


def test_update_of_another_action_is_not_there(team):
    update = make_update(action=make_action())
    other = make_action(text="Another")

    response = client_of(team).post(reverse("strategy:update-withdraw", args=[other.pk, update.pk]))

    assert response.status_code == 404


def test_override_by_form_needs_a_reason_and_is_withdrawn(team):
    action = make_action()
    url = reverse("strategy:action-override", args=[action.pk])
    data = {"state": ActionState.BEHIND, "reason": "", "from_on": typed(days(0))}
    assert "readers see the reason" in words_of(client_of(team).post(url, data))
    client_of(team).post(url, data | {"reason": "The board said so."})
    made = action.overrides.get()

    shown = words_of(client_of(team).get(reverse("strategy:action-show", args=[action.pk])))
    client_of(team).post(reverse("strategy:override-withdraw", args=[action.pk, made.pk]))

    assert "The board said so." in shown
    assert action.overrides.get().withdrawn_at


def test_history_of_an_action_and_an_area_is_told_in_words(team):
    action = make_action()
    area = make_area_for_improvement(action=action)
    reporting.report(by=team, at=AT, action=action, told=make_told())
    rows.save_row(by=team, at=AT, row=area, version=1, fields={"inspectors_words": "Waits are too long."})

    shown = words_of(client_of(team).get(reverse("strategy:action-show", args=[action.pk])))
    beside = words_of(client_of(team).get(reverse("strategy:area-show", args=[area.pk])))

    assert "Update reported. Under way, on target" in shown
    assert "Changed: the inspectors&#x27; words." in beside
    assert "action.reported" not in shown
    assert "areaforimprovement.saved" not in beside
