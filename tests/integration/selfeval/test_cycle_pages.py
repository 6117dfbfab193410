"""The pages of a cycle: who opens them, what they show, in how many queries."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from framework.models import Criterion
from selfeval.layout import lay_out
from selfeval.models import CycleEvent, Evaluation, ScaleSetting, SelfEvaluation
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.framework import make_framework
from tests.factories.selfeval import (
    make_area_for_development,
    make_data_gap,
    make_partner_view,
    make_position_statement,
    make_scale_grade,
    make_self_evaluation,
    make_strength,
    make_system_lead,
)
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cycle():
    """A cycle of eleven criteria with everything that a page can show."""
    make_area()
    framework = make_framework()
    for number in range(11):
        criterion = make_criterion(framework=framework, code=f"A{number + 1}", title=f"Title {number}", order=number)
        make_point(criterion=criterion)
    cycle = make_self_evaluation(framework=framework)
    fill(cycle)
    return cycle


def fill(cycle: SelfEvaluation) -> None:
    lay_out(cycle, changed={})
    lead = make_user(Role.SYSTEM_LEAD, name="A lead")
    forum = make_organisation(name="Forum", kind="parent_carer_forum")
    for evaluation in Evaluation.objects.filter(self_evaluation=cycle).select_related("self_evaluation", "criterion"):
        make_strength(evaluation=evaluation)
        area = make_area_for_development(evaluation=evaluation)
        make_position_statement(area=area)
        make_system_lead(evaluation=evaluation, user=lead)
        make_partner_view(evaluation=evaluation, organisation=forum, text="As it is.")
    make_data_gap(cycle=cycle)
    event = CycleEvent.objects.create(
        self_evaluation=cycle, kind="focus_meeting", title="Focus on waits", held_on=date(2030, 1, 5)
    )
    event.criteria.set(Criterion.objects.filter(framework=cycle.framework))
    event.organisations.add(forum)


def pages(cycle: SelfEvaluation) -> list[str]:
    evaluation = Evaluation.objects.filter(self_evaluation=cycle).first()
    event = CycleEvent.objects.filter(self_evaluation=cycle).first()
    named = [
        ("cycle-show", [cycle.pk]),
        ("criterion-list", []),
        ("cycle-list", []),
        ("event-list", [cycle.pk]),
        ("event-show", [event.pk]),
        ("gap-list", [cycle.pk]),
        ("evaluation-show", [evaluation.pk]),
        ("sheet-show", [evaluation.pk]),
        ("version-list", [evaluation.pk]),
        ("scale-show", []),
        ("document-list", []),
    ]
    return [reverse(f"selfeval:{name}", args=args) for name, args in named]


def test_every_page_of_a_cycle_opens_for_who_reads_drafts(cycle):
    for role in (Role.LANO, Role.DIRECTOR, Role.HEALTH_LEAD, Role.SEND_TEAM, Role.DATA_LEAD):
        client = client_of(make_user(role))
        for path in pages(cycle):
            assert client.get(path).status_code == 200, f"{role}: {path}"


def test_no_page_of_a_cycle_opens_for_a_member_or_a_viewer(cycle):
    for role in (Role.MEMBER, Role.LEAD_MEMBER, Role.VIEWER, Role.ADMINISTRATOR):
        client = client_of(make_user(role))
        for path in pages(cycle):
            assert client.get(path).status_code == 403, f"{role}: {path}"


def test_partner_opens_no_draft(cycle):
    client = client_of(make_user(Role.PARTNER, organisation=make_organisation(name="SENDIASS", kind="sendiass")))

    for path in pages(cycle)[:-1]:
        assert client.get(path).status_code == 403, path


def test_system_lead_opens_own_criterion_and_no_other(cycle):
    lead = make_user(Role.SYSTEM_LEAD)
    own, other = Evaluation.objects.filter(self_evaluation=cycle)[:2]
    make_system_lead(evaluation=own, user=lead)
    client = client_of(lead)

    assert client.get(reverse("selfeval:evaluation-show", args=[own.pk])).status_code == 200
    assert client.get(reverse("selfeval:evaluation-show", args=[other.pk])).status_code == 404
    assert client.get(reverse("selfeval:cycle-show", args=[cycle.pk])).status_code == 403
    assert client.get(reverse("selfeval:cycle-open")).url == reverse("selfeval:thing-list")


def test_overview_without_a_cycle_says_so():
    make_area()

    words = words_of(client_of(make_user(Role.LANO)).get(reverse("selfeval:cycle-open")))

    assert "No cycle has been started yet." in words


def test_pages_take_no_more_queries_with_five_cycles(cycle):
    client = client_of(make_user(Role.LANO))
    client.get(pages(cycle)[0])
    counts = {path: queries_of(client, path) for path in pages(cycle)}

    for year in range(4):
        earlier = make_self_evaluation(title=f"Year {year}", framework=cycle.framework, is_current=False)
        fill(earlier)

    for path, count in counts.items():
        assert queries_of(client, path) == count, path
        assert count <= 40, f"{path}: {count}"


def queries_of(client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_scale_that_is_switched_off_takes_the_grade_from_the_pages(cycle):
    make_scale_grade(label="Flourishing")
    client = client_of(make_user(Role.LANO))
    evaluation = Evaluation.objects.first()
    path = reverse("selfeval:evaluation-show", args=[evaluation.pk])
    assert "Flourishing" in words_of(client.get(path))

    client.post(reverse("selfeval:scale-switch"), {"on": "0"})

    assert ScaleSetting.objects.get().is_on is False
    assert "Flourishing" not in words_of(client.get(path))
