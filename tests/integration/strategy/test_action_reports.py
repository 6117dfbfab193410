"""How actions go: updates, evidence of impact, states by hand, and who may say so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents.intake import Refused
from evidence.actions import revisions
from evidence.actions.revisions import Words
from evidence.models import Evidence
from strategy.action_gather import action_lines, states_on
from strategy.action_permissions import actions_of, check_can_edit_action, check_can_report
from strategy.actions import parts, reporting
from strategy.actions.reporting import NewProof
from strategy.domain.status import ActionState
from strategy.models import Action, ActionEvidence, ActionUpdate, PlanAction
from strategy.stamps import plans_stamp
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_approved, make_draft, make_facts, make_upload
from tests.factories.plans import days, make_action, make_impact, make_plan, make_told, make_update

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOT_STARTED, BEHIND, ON_TARGET, COMPLETED = ActionState


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def lead(team):
    return make_user(Role.SYSTEM_LEAD, name="System lead")


def state_of(action: Action) -> ActionState:
    return states_on(timezone.localdate(), [action])[action.pk].state


def test_lead_reports_with_evidence_of_the_log(team, lead):
    action, evidence = make_action(lead=lead), make_approved(by=team)

    update = reporting.report(
        by=lead, at=timezone.now(), action=action, told=make_told(evidence=(evidence,), is_impact=True)
    )

    assert state_of(action) is ON_TARGET
    assert [link.evidence for link in update.evidence_links.all()] == [evidence]
    assert ActionEvidence.objects.get().is_impact
    assert AuditEvent.objects.filter(action="action.reported").exists()


def test_completed_is_refused_until_evidence_of_impact_is_approved(team, lead):
    action, draft = make_action(lead=lead), make_draft(by=lead)
    make_impact(action=action, evidence=draft.evidence, by=lead)
    told = make_told(progress=COMPLETED, on=0)
    with pytest.raises(NotAllowed, match="Completed needs approved evidence of impact"):
        reporting.report(by=lead, at=timezone.now(), action=action, told=told)
    assert not ActionUpdate.objects.exists()

    revisions.submit(by=lead, at=timezone.now(), revision=draft)
    revisions.approve(by=team, at=timezone.now(), revision=draft)
    reporting.report(by=lead, at=timezone.now(), action=action, told=told)

    assert state_of(action) is COMPLETED


def test_completion_does_not_survive_the_return_of_its_evidence(team):
    action, evidence = make_action(), make_approved(by=team)
    make_impact(action=action, evidence=evidence, by=team)
    reporting.report(by=team, at=timezone.now(), action=action, told=make_told(progress=COMPLETED, on=0))
    assert state_of(action) is COMPLETED

    revisions.return_revision(
        by=team, at=timezone.now(), revision=evidence.revisions.get(), reason="The figures were of another year."
    )

    assert state_of(action) is ON_TARGET


def test_evidence_that_is_not_of_impact_completes_nothing(team):
    action, evidence = make_action(), make_approved(by=team)
    reporting.link_evidence(
        by=team, at=timezone.now(), action=action, evidence=evidence, relevance="It was done.", is_impact=False
    )

    with pytest.raises(NotAllowed):
        reporting.report(by=team, at=timezone.now(), action=action, told=make_told(progress=COMPLETED, on=0))


def test_new_evidence_comes_into_the_log_and_waits_for_approval(team, lead):
    action = make_action(lead=lead)
    proof = NewProof(facts=make_facts(title="Training register", owner=lead), words=Words(), uploads=[make_upload()])

    reporting.report(by=lead, at=timezone.now(), action=action, told=make_told(is_impact=True), proof=proof)

    item = Evidence.objects.get()
    assert (item.title, item.revisions.get().state) == ("Training register", "submitted")
    assert action.evidence_links.get().evidence == item


def test_refused_file_leaves_no_update_and_no_standing_evidence(team, lead):
    action = make_action(lead=lead)
    upload = SimpleUploadedFile("tool.exe", b"MZ\x90\x00 a program")
    proof = NewProof(facts=make_facts(), words=Words(), uploads=[upload])

    with pytest.raises(Refused):
        reporting.report(by=lead, at=timezone.now(), action=action, told=make_told(), proof=proof)

    assert not ActionUpdate.objects.exists()
    assert not Evidence.objects.standing().exists()


def test_update_of_tomorrow_is_refused(team):
    with pytest.raises(NotAllowed, match="a day that has been"):
        reporting.report(by=team, at=timezone.now(), action=make_action(), told=make_told(on=1))


def test_withdrawn_update_counts_no_more_until_it_is_restored(team):
    action = make_action()
    update = reporting.report(by=team, at=timezone.now(), action=action, told=make_told(progress=BEHIND))
    reporting.withdraw_update(by=team, at=timezone.now(), update=update)
    assert state_of(action) is NOT_STARTED

    reporting.restore_update(by=team, at=timezone.now(), update=update)

    assert state_of(action) is BEHIND


def test_override_stands_with_its_reason_until_it_is_withdrawn(team):
    action = make_action(due=-1)
    make_update(action=action)
    made = reporting.override(
        by=team, at=timezone.now(), action=action, state=ON_TARGET, reason="The board moved it.", from_on=days(0)
    )
    status = states_on(days(0), [action])[action.pk]
    assert (status.state, status.computed, "The board moved it." in status.reason) == (ON_TARGET, BEHIND, True)

    reporting.withdraw_override(by=team, at=timezone.now(), made=made)

    assert state_of(action) is BEHIND


def test_override_to_completed_needs_evidence_of_impact_too(team):
    with pytest.raises(NotAllowed, match="Completed needs approved evidence"):
        reporting.override(
            by=team, at=timezone.now(), action=make_action(), state=COMPLETED, reason="It is done.", from_on=days(0)
        )


def test_override_without_a_reason_is_refused(team):
    with pytest.raises(NotAllowed, match="Say why"):
        reporting.override(by=team, at=timezone.now(), action=make_action(), state=BEHIND, reason="  ", from_on=days(0))


def test_lead_does_not_override_their_own_action(team, lead):
    with pytest.raises(NotAllowed):
        reporting.override(
            by=lead, at=timezone.now(), action=make_action(lead=lead), state=BEHIND, reason="So it is.", from_on=days(0)
        )


def test_usual_milestones_stop_at_the_due_day_and_come_once(team):
    action = make_action(starts=-10, due=250)

    made = parts.add_usual_milestones(by=team, at=timezone.now(), action=action)
    again = parts.add_usual_milestones(by=team, at=timezone.now(), action=action)

    assert [milestone.months for milestone in made] == [3, 6]
    assert not again


def test_usual_milestones_need_a_start(team):
    with pytest.raises(NotAllowed, match="start date first"):
        parts.add_usual_milestones(by=team, at=timezone.now(), action=make_action(starts=None, due=None))


def test_missed_milestone_puts_it_behind_and_reaching_it_on_target(team):
    action = make_action()
    make_update(action=action)
    milestone = parts.add_milestone(
        by=team, at=timezone.now(), action=action, title="Half are trained", due_on=days(-2)
    )
    assert state_of(action) is BEHIND

    parts.reach_milestone(by=team, at=timezone.now(), milestone=milestone, reached_on=days(-1))

    assert state_of(action) is ON_TARGET


def test_action_stands_in_several_plans_and_keeps_its_theme(team):
    first, second = make_plan(), make_plan(title="Reform plan")
    action = make_action(plan=first, theme="Training")

    for _ in range(2):
        stamp = plans_stamp(action)
        parts.set_plans(by=team, at=timezone.now(), action=action, plans=[first, second], stamp=stamp)

    assert set(PlanAction.objects.values_list("plan", "theme")) == {(first.pk, "Training"), (second.pk, "")}


# -- who may what


@pytest.mark.parametrize(
    ("role", "reads", "reports", "edits"),
    [
        pytest.param(Role.LANO, True, True, True, id="LANO"),
        pytest.param(Role.SEND_TEAM, True, True, True, id="SEND team"),
        pytest.param(Role.DIRECTOR, True, False, False, id="director"),
        pytest.param(Role.HEALTH_LEAD, True, False, False, id="health lead"),
        pytest.param(Role.SYSTEM_LEAD, True, False, False, id="system lead"),
        pytest.param(Role.VIEWER, True, False, False, id="viewer"),
        pytest.param(Role.PARTNER, False, False, False, id="partner"),
        pytest.param(Role.MEMBER, False, False, False, id="member"),
        pytest.param(Role.ADMINISTRATOR, False, False, False, id="administrator"),
    ],
)
def test_role_may_with_an_action_of_somebody_else(team, role, reads, reports, edits):
    action, person = make_action(lead=team), make_user(role)

    assert actions_of(person).filter(pk=action.pk).exists() is reads
    assert _allows(check_can_report, person, action) is reports
    assert _allows(check_can_edit_action, person, action) is edits


@pytest.mark.parametrize("role", [Role.SYSTEM_LEAD, Role.HEALTH_LEAD, Role.PARTNER, Role.DATA_LEAD], ids=str)
def test_whoever_leads_an_action_reports_on_it(team, role):
    person = make_user(role)
    action = make_action(lead=person)

    reporting.report(by=person, at=timezone.now(), action=action, told=make_told())

    assert action in actions_of(person)


def test_archived_action_takes_no_report(team):
    action = make_action(archived_at=timezone.now())

    with pytest.raises(NotAllowed, match="in the archive"):
        reporting.report(by=team, at=timezone.now(), action=action, told=make_told())


def test_evidence_of_somebody_else_cannot_be_used_by_a_partner(team):
    partner, hidden = make_user(Role.PARTNER), make_approved(by=team)
    action = make_action(lead=partner)

    with pytest.raises(NotAllowed, match="only evidence that you may read"):
        reporting.report(by=partner, at=timezone.now(), action=action, told=make_told(evidence=(hidden,)))


def _allows(check, *args) -> bool:
    try:
        check(*args)
    except NotAllowed:
        return False
    return True


def test_lines_take_a_fixed_number_of_queries(team, django_assert_num_queries):
    for number in range(3):
        action = make_action(text=f"Action {number}", lead=team, plan=make_plan(title=f"Plan {number}"))
        make_update(action=action)
        make_impact(action=action, evidence=make_approved(by=team), by=team)

    with django_assert_num_queries(7):
        lines = action_lines(Action.objects.all(), days(0))

    assert len(lines) == 3
