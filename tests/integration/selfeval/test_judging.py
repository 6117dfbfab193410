"""What people cause on a criterion: versions, conflicts, states, blind views, carry-over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from framework.models import CriterionMapping
from selfeval.actions.cycles import Start, start_cycle
from selfeval.actions.judgements import add_answers, restore_version, save_evaluation, take_step
from selfeval.actions.leads import end_lead, name_lead
from selfeval.actions.partners import open_views, save_view
from selfeval.domain.judgements import JudgementStep
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CycleEvent,
    Evaluation,
    EvaluationVersion,
    PartnerView,
    PositionStatement,
    Strength,
)
from strategy.actions.rows import Conflict
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion
from tests.factories.framework import make_framework
from tests.factories.selfeval import (
    AT,
    make_area_for_development,
    make_evaluation,
    make_position_statement,
    make_scale_grade,
    make_strength,
    make_system_lead,
)
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WRITTEN = {"know": "One.", "meaning": "Two.", "next_steps": "Three."}


@pytest.fixture
def evaluation():
    make_area()
    return make_evaluation()


@pytest.fixture
def lead(evaluation):
    user = make_user(Role.SYSTEM_LEAD, name="System lead")
    make_system_lead(evaluation=evaluation, user=user)
    return user


def save(by, evaluation, *, at=AT, version=None, is_autosave=False, **fields) -> Evaluation:
    count = evaluation.version if version is None else version
    return save_evaluation(by=by, at=at, evaluation=evaluation, version=count, fields=fields, is_autosave=is_autosave)


def numbers(evaluation) -> list[int]:
    return list(EvaluationVersion.objects.filter(evaluation=evaluation).values_list("number", flat=True))


def test_each_save_makes_a_numbered_version(evaluation, lead):
    first = save(lead, evaluation, know="Early.")
    save(lead, first, know="Earlier.")

    assert numbers(evaluation) == [2, 1]
    assert EvaluationVersion.objects.get(number=1).texts["know"] == "Early."


def test_saves_that_the_page_makes_run_on_in_one_version(evaluation, lead):
    now = evaluation
    for count in range(5):
        now = save(lead, now, at=AT + timedelta(minutes=count), is_autosave=True, know="x" * count)
    now = save(lead, now, at=AT + timedelta(minutes=6), know="Whole.")

    version = EvaluationVersion.objects.get()
    assert (version.number, version.is_autosave, version.texts["know"]) == (1, False, "Whole.")
    assert AuditEvent.objects.filter(action="evaluation.saved").count() == 2


def test_autosave_of_somebody_else_starts_a_version_of_its_own(evaluation, lead):
    first = save(lead, evaluation, is_autosave=True, know="Mine.")
    save(make_user(Role.SEND_TEAM), first, is_autosave=True, know="Theirs.")

    assert numbers(evaluation) == [2, 1]


def test_second_save_of_the_same_version_raises_conflict_and_saves_nothing(evaluation, lead):
    save(lead, evaluation, know="Theirs.")

    with pytest.raises(Conflict):
        save(lead, evaluation, version=1, know="Mine.")

    assert Evaluation.objects.get().know == "Theirs."


def test_page_after_a_conflict_holds_both_texts(evaluation, lead):
    save(lead, evaluation, know="Theirs stand here.")
    client = client_of(lead)

    response = client.post(
        reverse("selfeval:evaluation-show", args=[evaluation.pk]), {"version": 1, "know": "Mine stand here."}
    )

    words = words_of(response)
    assert response.status_code == 409
    assert "Theirs stand here." in words
    assert "Mine stand here." in words


def test_autosave_after_a_conflict_says_so_and_saves_nothing(evaluation, lead):
    save(lead, evaluation, know="Theirs.")

    response = client_of(lead).post(
        reverse("selfeval:evaluation-keep", args=[evaluation.pk]), {"version": 1, "know": "Mine."}
    )

    assert response.status_code == 409
    assert "System lead saved meanwhile" in response.json()["sentence"]
    assert Evaluation.objects.get().know == "Theirs."


def test_autosave_answers_with_the_new_version(evaluation, lead):
    response = client_of(lead).post(
        reverse("selfeval:evaluation-keep", args=[evaluation.pk]), {"version": 1, "know": "Mine."}
    )

    assert response.json()["version"] == 2


def test_older_version_stands_again_as_a_new_one(evaluation, lead):
    save(lead, save(lead, evaluation, know="Early."), know="Late.")

    restore_version(by=lead, at=AT, version=EvaluationVersion.objects.get(number=1))

    assert Evaluation.objects.get().know == "Early."
    assert numbers(evaluation) == [3, 2, 1]


def test_answers_of_a_meeting_go_beneath_what_stands(evaluation, lead):
    now = save(lead, evaluation, know="Early.")
    event = CycleEvent.objects.create(
        self_evaluation=evaluation.self_evaluation, kind="focus_meeting", title="Focus", held_on=date(2026, 11, 2)
    )

    add_answers(by=lead, at=AT, evaluation=now, event=event, answers={"know": "Families wait."})

    assert Evaluation.objects.get().know == "Early.\nFocus, 2 November 2026: Families wait."
    assert numbers(evaluation) == [2, 1]


def test_system_lead_of_another_criterion_writes_nothing(evaluation):
    other = make_user(Role.SYSTEM_LEAD)

    with pytest.raises(NotAllowed):
        save(other, evaluation, know="Mine.")


STEPS = [
    pytest.param(Role.SYSTEM_LEAD, JudgementStep.MODERATE, "draft", False, id="lead moderates"),
    pytest.param(Role.SEND_TEAM, JudgementStep.MODERATE, "draft", False, id="team moderates"),
    pytest.param(Role.LANO, JudgementStep.MODERATE, "draft", True, id="LANO moderates"),
    pytest.param(Role.DIRECTOR, JudgementStep.MODERATE, "draft", False, id="director moderates"),
    pytest.param(Role.LANO, JudgementStep.SIGN_OFF, "draft", False, id="signed off without moderation"),
    pytest.param(Role.LANO, JudgementStep.SIGN_OFF, "moderated", True, id="LANO signs a criterion off"),
    pytest.param(Role.DIRECTOR, JudgementStep.SIGN_OFF, "moderated", True, id="director signs a criterion off"),
    pytest.param(Role.HEALTH_LEAD, JudgementStep.SIGN_OFF, "moderated", False, id="health lead signs off"),
    pytest.param(Role.LANO, JudgementStep.RETURN, "signed_off", True, id="LANO puts back"),
    pytest.param(Role.SEND_TEAM, JudgementStep.RETURN, "moderated", False, id="team puts back"),
]


@pytest.mark.parametrize(("role", "step", "state", "may"), STEPS)
def test_step_is_taken_by_those_who_may(evaluation, role, step, state, may):
    for name, text in {**WRITTEN, "state": state}.items():
        setattr(evaluation, name, text)
    evaluation.save()
    user = make_user(role)

    if may:
        assert take_step(by=user, at=AT, evaluation=evaluation, step=step).state != state
    else:
        with pytest.raises(NotAllowed):
            take_step(by=user, at=AT, evaluation=evaluation, step=step)


def test_moderating_asks_for_the_three_answers(evaluation):
    with pytest.raises(NotAllowed, match="three questions"):
        take_step(by=make_user(Role.LANO), at=AT, evaluation=evaluation, step=JudgementStep.MODERATE)


def test_moderated_criterion_is_not_written_on(evaluation, lead):
    Evaluation.objects.update(state="moderated")
    evaluation.refresh_from_db()

    with pytest.raises(NotAllowed, match="Put it back to draft"):
        save(lead, evaluation, know="More.")


# -- partners


def partner(name: str):
    return make_user(Role.PARTNER, name=name, organisation=make_organisation(name=name, kind="provider"))


def page_of(user, evaluation) -> str:
    return words_of(client_of(user).get(reverse("selfeval:view-edit", args=[evaluation.pk])))


def test_partner_is_blind_until_its_own_view_is_given(evaluation):
    forum, advice = partner("Forum"), partner("Advice")
    grade = make_scale_grade(label="Flourishing")
    said = {"text": "It goes well.", "grade": grade, "confidence": ""}
    save_view(by=forum, at=AT, evaluation=evaluation, version=0, fields=said, submits=True)
    assert "It goes well." not in page_of(advice, evaluation)

    other = make_scale_grade(label="Wilting", order=2)
    said = {"text": "It does not.", "grade": other, "confidence": ""}
    save_view(by=advice, at=AT, evaluation=evaluation, version=0, fields=said)
    assert "It goes well." not in page_of(advice, evaluation), "a draft opens nothing"
    save_view(by=advice, at=AT, evaluation=evaluation, version=1, fields=said, submits=True)

    words = page_of(advice, evaluation)
    assert "It goes well." in words
    assert "Seen differently. Advice: Wilting; Forum: Flourishing." in words


def test_views_that_the_lano_opens_are_seen_without_an_own_one(evaluation):
    forum, advice = partner("Forum"), partner("Advice")
    fields = {"text": "It goes well."}
    save_view(by=forum, at=AT, evaluation=evaluation, version=0, fields=fields, submits=True)

    open_views(by=make_user(Role.LANO), at=AT, evaluation=evaluation, is_open=True)

    assert "It goes well." in page_of(advice, evaluation)


def test_draft_of_a_partner_is_seen_by_nobody_else(evaluation):
    fields = {"text": "Half a thought."}
    save_view(by=partner("Forum"), at=AT, evaluation=evaluation, version=0, fields=fields)

    words = words_of(client_of(make_user(Role.LANO)).get(reverse("selfeval:evaluation-show", args=[evaluation.pk])))

    assert "Half a thought." not in words


def test_health_lead_sees_no_grade_before_giving_a_view(evaluation):
    Evaluation.objects.update(grade=make_scale_grade(label="Flourishing"))
    organisation = make_organisation(name="ICB", kind="icb")
    lead = make_user(Role.HEALTH_LEAD, organisation=organisation)
    client = client_of(lead)
    path = reverse("selfeval:evaluation-show", args=[evaluation.pk])
    before = words_of(client.get(path))

    save_view(by=lead, at=AT, evaluation=evaluation, version=0, fields={"text": "Ours."}, submits=True)

    assert "Flourishing" not in before
    assert "Flourishing" in words_of(client.get(path))


def test_two_colleagues_of_a_partner_overwrite_nothing(evaluation):
    forum = partner("Forum")
    save_view(by=forum, at=AT, evaluation=evaluation, version=0, fields={"text": "One."})

    response = client_of(forum).post(
        reverse("selfeval:view-edit", args=[evaluation.pk]), {"version": 0, "text": "Two."}
    )

    assert response.status_code == 409
    assert PartnerView.objects.get().text == "One."
    assert "Two." in words_of(response)


# -- leads


def test_lead_who_was_named_today_and_ended_leaves_no_trace_but_the_audit(evaluation):
    lano, somebody = make_user(Role.LANO), make_user(Role.SYSTEM_LEAD)
    row = name_lead(by=lano, at=datetime.now(tz=UTC), evaluation=evaluation, user=somebody)

    end_lead(by=lano, at=datetime.now(tz=UTC), lead=row)

    assert AuditEvent.objects.filter(action="evaluation.lead_ended").exists()


def test_lead_needs_a_role_that_may_write(evaluation):
    with pytest.raises(NotAllowed, match="has no role"):
        name_lead(by=make_user(Role.LANO), at=AT, evaluation=evaluation, user=make_user(Role.VIEWER))


# -- the next cycle


def start(by, evaluation, *, framework=None, codes=("A1",)):
    cycle = evaluation.self_evaluation
    return start_cycle(
        by=by,
        at=AT,
        start=Start(
            title="Next",
            framework=framework or cycle.framework,
            started_on=date(2027, 9, 1),
            previous=cycle,
            codes=codes,
            takes_sections=True,
            takes_gaps=True,
            takes_leads=True,
        ),
    )


def test_next_cycle_carries_texts_and_makes_citations_of_its_own(evaluation, lead):
    save(lead, evaluation, know="Early [F:ehc-plans].")
    make_strength(evaluation=evaluation, text="Drop-ins")
    area = make_area_for_development(evaluation=evaluation, text="Late reviews")
    make_position_statement(area=area, text="Still late.")
    before = Citation.objects.get()

    cycle = start(make_user(Role.LANO), evaluation)

    new = Evaluation.objects.get(self_evaluation=cycle)
    old = Evaluation.objects.get(pk=evaluation.pk)
    assert (new.know, old.know) == ("Early [F:ehc-plans].", "Early [F:ehc-plans].")
    assert Strength.objects.get(evaluation=new).text == "Drop-ins"
    assert PositionStatement.objects.get(area__evaluation=new).text == "Still late."
    assert Citation.objects.get(evaluation=old).pk == before.pk
    assert Citation.objects.get(evaluation=new).marker == "[F:ehc-plans]"
    old_cycle = old.self_evaluation
    assert (cycle.is_current, old_cycle.is_current, old_cycle.state) == (True, False, "superseded")


def test_next_cycle_takes_only_the_criteria_that_were_ticked(evaluation, lead):
    save(lead, evaluation, know="Early.")

    cycle = start(make_user(Role.LANO), evaluation, codes=())

    assert Evaluation.objects.get(self_evaluation=cycle).know == ""


def test_new_framework_takes_over_by_its_mapping(evaluation, lead):
    second = make_evaluation(
        cycle=evaluation.self_evaluation,
        criterion=make_criterion(framework=evaluation.self_evaluation.framework, code="A2", order=2),
        know="Second.",
    )
    assert second.pk
    save(lead, evaluation, know="First.")
    make_area_for_development(evaluation=evaluation)
    new = make_framework(code="test-2030", is_current=False)
    make_criterion(framework=new, code="N1", title="One new criterion")
    for code in ("A1", "A2"):
        CriterionMapping.objects.create(
            framework=new,
            code=f"m-{code}",
            title=code,
            old_framework=evaluation.self_evaluation.framework,
            old_code=code,
            new_code="N1",
        )

    cycle = start(make_user(Role.LANO), evaluation, framework=new, codes=("N1",))

    row = Evaluation.objects.get(self_evaluation=cycle)
    assert row.know == "From A1:\nFirst.\n\nFrom A2:\nSecond."
    assert AreaForDevelopment.objects.filter(evaluation=row).count() == 1


def test_starting_shows_what_is_carried_before_anything_is_written(evaluation, lead):
    save(lead, evaluation, know="Early.")
    client = client_of(make_user(Role.SEND_TEAM))
    cycle = evaluation.self_evaluation
    data = {"title": "Next", "started_on": "01/09/2027", "framework": cycle.framework_id, "previous": cycle.pk}

    preview = client.post(reverse("selfeval:cycle-start"), data)
    standing = Evaluation.objects.count()
    client.post(reverse("selfeval:cycle-start"), {**data, "confirmed": "1", "codes": ["A1"]})

    assert "1 of 1 criteria can take over" in words_of(preview)
    assert standing == 1
    assert Evaluation.objects.get(self_evaluation__title="Next").know == "Early."
