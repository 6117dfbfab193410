from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, Leave
from accounts.permissions import NotAllowed
from inspection.actions.deadlines import assign_deadline, meet_deadline, unmeet_deadline
from inspection.actions.tasks import add_task, tick_task
from inspection.models import VisitChange, VisitTask
from tests.factories.accounts import make_user
from tests.factories.visits import CALLED_AT, deadline_of, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), tick=False):
        yield


def text_of(response):
    return " ".join(response.content.decode().split())


def test_meet_deadline_says_who_and_when():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)

    met = meet_deadline(by=lano, at=CALLED_AT, deadline=deadline_of(visit, "lists"))

    assert (met.met_at, met.met_by) == (CALLED_AT, lano)
    assert VisitChange.objects.get(deadline=met).kind == "met"
    assert AuditEvent.objects.filter(action="deadline.met").count() == 1


def test_meet_deadline_second_press_changes_nothing():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    meet_deadline(by=lano, at=CALLED_AT, deadline=deadline_of(visit, "lists"))

    again = meet_deadline(by=lano, at=CALLED_AT + timedelta(hours=1), deadline=deadline_of(visit, "lists"))

    assert again.met_at == CALLED_AT


def test_unmeet_deadline_takes_a_slip_back():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    meet_deadline(by=lano, at=CALLED_AT, deadline=deadline_of(visit, "lists"))

    assert not unmeet_deadline(by=lano, at=CALLED_AT, deadline=deadline_of(visit, "lists")).is_met


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        pytest.param(Role.LANO, True, id="the LANO"),
        pytest.param(Role.DATA_LEAD, True, id="whoever owns it"),
        pytest.param(Role.SEND_TEAM, False, id="somebody who reads it"),
        pytest.param(Role.PARTNER, False, id="a partner"),
    ],
)
def test_meet_deadline_is_for_the_lano_and_its_owner(role, is_allowed):
    visit = make_visit()
    user = make_user(role)

    if is_allowed:
        assert meet_deadline(by=user, at=CALLED_AT, deadline=deadline_of(visit, "lists")).is_met
    else:
        with pytest.raises(NotAllowed):
            meet_deadline(by=user, at=CALLED_AT, deadline=deadline_of(visit, "lists"))


def test_assign_deadline_named_person_and_deputy_stand_on_the_page(client):
    lano, person, deputy = make_user(Role.LANO), make_user(Role.SEND_TEAM), make_user(Role.SEND_TEAM)
    visit = make_visit(by=lano)
    deadline = deadline_of(visit, "annex-a")
    client.force_login(lano)

    client.post(
        reverse("inspection:deadline-assign", args=[visit.pk, deadline.pk]),
        {"person": person.pk, "deputy": deputy.pk},
    )

    page = text_of(client.get(reverse("inspection:visit-show", args=[visit.pk])))
    assert f"{person.name} " in page
    assert f"deputy {deputy.name}" in page


def test_assign_deadline_same_person_twice_is_refused(client):
    lano, person = make_user(Role.LANO), make_user(Role.SEND_TEAM)
    visit = make_visit(by=lano)
    deadline = deadline_of(visit, "annex-a")
    client.force_login(lano)

    response = client.post(
        reverse("inspection:deadline-assign", args=[visit.pk, deadline.pk]),
        {"person": person.pk, "deputy": person.pk},
    )

    assert response.status_code == 400
    assert "somebody else" in text_of(response)


def test_assign_deadline_person_who_left_gives_way_to_the_role():
    lano, person = make_user(Role.LANO), make_user(Role.SEND_TEAM)
    visit = make_visit(by=lano)
    assign_deadline(by=lano, at=CALLED_AT, deadline=deadline_of(visit, "annex-a"), person=person, deputy=None)
    person.is_active = False
    person.save()

    from inspection.gather.visits import gather_clock

    facts = {fact.code: fact for fact in gather_clock(CALLED_AT).deadlines}
    assert facts["annex-a"].owner.person == lano.name


def test_visit_page_owner_on_leave_is_said(client):
    lano, lead = make_user(Role.LANO), make_user(Role.DATA_LEAD)
    Leave.objects.create(user=lead, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25))
    visit = make_visit(by=lano)
    client.force_login(lano)

    assert "On leave" in text_of(client.get(reverse("inspection:visit-show", args=[visit.pk])))


def test_visit_page_missed_deadline_is_red_and_a_passed_meeting_is_not(client):
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    client.force_login(lano)

    with time_machine.travel(datetime(2026, 12, 5, 9, 30, tzinfo=UTC), tick=False):
        client.force_login(lano)
        page = text_of(client.get(reverse("inspection:visit-show", args=[visit.pk])))

    assert "Missed" in page
    assert "Passed, not marked" in page


def test_deadline_of_another_visit_is_not_found(client):
    lano = make_user(Role.LANO)
    visit, other = make_visit(by=lano), make_visit(by=lano, is_rehearsal=True)
    client.force_login(lano)

    response = client.get(reverse("inspection:deadline-show", args=[other.pk, deadline_of(visit, "lists").pk]))

    assert response.status_code == 404


# -- the first hour


def test_tick_task_says_who_and_when_and_can_be_taken_back(client):
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    task = VisitTask.objects.get(inspection=visit, code="ring")
    client.force_login(lano)
    url = reverse("inspection:task-tick", args=[visit.pk, task.pk])

    client.post(url)
    task.refresh_from_db()
    assert (task.done_by, task.done_at is not None) == (lano, True)

    client.post(url, {"undo": "1"})
    task.refresh_from_db()
    assert task.done_at is None


def test_tick_task_first_tick_stands():
    lano, director = make_user(Role.LANO), make_user(Role.DIRECTOR)
    visit = make_visit(by=lano)
    task = VisitTask.objects.get(inspection=visit, code="ring")
    tick_task(by=director, at=CALLED_AT, task=task, is_done=True)

    again = tick_task(by=lano, at=CALLED_AT + timedelta(minutes=5), task=task, is_done=True)

    assert (again.done_by, again.done_at) == (director, CALLED_AT)


def test_tick_task_of_another_role_is_refused():
    visit = make_visit()
    task = VisitTask.objects.get(inspection=visit, code="ring")

    with pytest.raises(NotAllowed):
        tick_task(by=make_user(Role.SEND_TEAM), at=CALLED_AT, task=task, is_done=True)


def test_add_task_stands_last():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)

    added = add_task(by=lano, at=CALLED_AT, visit=visit, title="Book the large room", owner_role="send_team")

    assert list(VisitTask.objects.filter(inspection=visit))[-1] == added


def test_task_page_owner_on_leave_is_a_finding(client):
    lano, director = make_user(Role.LANO), make_user(Role.DIRECTOR)
    Leave.objects.create(user=director, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 30))
    visit = make_visit(by=lano)
    client.force_login(lano)

    page = text_of(client.get(reverse("inspection:task-list", args=[visit.pk])))

    assert f"{director.name} is on leave and nobody stands in" in page
    assert "nobody holds this role" in page


def test_what_has_gone_by_unmet_is_the_successors(client):
    """Whoever takes a role over in the middle of a visit takes over what is late as well."""
    visit = make_visit(by=make_user(Role.LANO))
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False):
        director = make_user(Role.DIRECTOR, name="New director", from_on=date(2026, 11, 25))
        make_user(Role.DATA_LEAD, name="New data lead", from_on=date(2026, 11, 25))
        client.force_login(director)
        clock = client.get(reverse("inspection:visit-show", args=[visit.pk]))
        first_hour = text_of(client.get(reverse("inspection:task-list", args=[visit.pk])))

    owners = {row.fact.code: row.fact.owner.person for row in clock.context["rows"]}
    assert (owners["lists"], owners["call"]) == ("New data lead", "")
    assert "Nobody on that day" in text_of(clock)
    assert "New director – within 15 minutes" in first_hour
