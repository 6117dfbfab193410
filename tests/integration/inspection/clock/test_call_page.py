from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.roles import Permission, Role, roles_with
from inspection.models import Inspection
from tests.factories.accounts import make_user
from tests.factories.visits import deadline_of, make_timetable, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]

CALL = {"notified_on": "23/11/2026", "kind": "full"}


@pytest.fixture
def lano(client):
    user = make_user(Role.LANO)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), tick=False):
        yield


def text_of(response):
    return " ".join(response.content.decode().split())


def test_call_page_opens_with_todays_deadlines_and_stores_nothing(client, lano):
    make_timetable()

    response = client.get(reverse("inspection:visit-call"))

    assert response.status_code == 200
    assert "Monday 7 December 2026 to Friday 11 December 2026" in text_of(response)
    assert "Person-level lists" in text_of(response)
    assert not Inspection.objects.exists()


def test_call_page_start_keeps_exactly_what_was_shown(client, lano):
    make_timetable()

    response = client.post(reverse("inspection:visit-call"), CALL)

    visit = Inspection.objects.get()
    assert response.status_code == 302
    assert response["Location"] == visit.get_absolute_url()
    assert visit.called_by == lano


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param({"notified_on": "31/02/2026"}, "not a day of the calendar", id="no such day"),
        pytest.param({"notified_on": ""}, "Give the day of the call", id="nothing given"),
        pytest.param({"on_site_on": "09/12/2026", "notified_on": ""}, "is not a Monday", id="a Wednesday"),
        pytest.param({"on_site_on": "16/11/2026"}, "has to come before", id="on site before the call"),
        pytest.param({"kind": "party"}, "Select a valid choice", id="no such kind"),
    ],
)
def test_call_page_wrong_input_is_refused_with_the_fix(client, lano, typed, words):
    make_timetable()

    response = client.post(reverse("inspection:visit-call"), {**CALL, **typed})

    assert response.status_code == 400
    assert words in text_of(response)
    assert not Inspection.objects.exists()


def test_call_page_day_changed_after_the_preview_starts_nothing_and_shows_its_deadlines(client, lano):
    make_timetable()
    shown = client.get(reverse("inspection:visit-call"), CALL)
    start = shown.context["start_url"]

    response = client.post(start, {**CALL, "notified_on": "18/11/2026"})

    assert response.status_code == 400
    assert "You changed a field after the deadlines were shown" in text_of(response)
    assert "Wednesday 18 November 2026" in text_of(response)
    assert not Inspection.objects.exists()
    assert client.post(response.context["start_url"], {**CALL, "notified_on": "18/11/2026"}).status_code == 302


def test_call_page_preview_of_a_wrong_day_says_so_in_the_preview(client, lano):
    response = client.get(reverse("inspection:visit-call"), {**CALL, "notified_on": "soon"})

    preview = text_of(response).partition('id="preview"')[2]
    assert response.status_code == 200
    assert "Write it like 27/11/2026" in preview


@time_machine.travel("2024-04-29 09:30")
def test_call_page_two_possible_mondays_are_both_offered(client):
    client.force_login(make_user(Role.LANO))
    make_timetable()

    response = client.get(reverse("inspection:visit-call"), {**CALL, "notified_on": "29/04/2024"})

    assert "Monday 13 May 2024" in text_of(response)
    assert "on_site_on=20%2F05%2F2024" in text_of(response)


def test_call_page_rehearsal_says_so_before_and_after(client, lano):
    make_timetable()

    preview = client.get(reverse("inspection:visit-call"), {**CALL, "is_rehearsal": "on"})
    started = client.post(reverse("inspection:visit-call"), {**CALL, "is_rehearsal": "on"}, follow=True)

    assert "nobody has called" in text_of(preview)
    assert "<strong>REHEARSAL</strong>" in text_of(started)


def test_call_page_second_full_inspection_is_refused(client, lano):
    make_visit(by=lano)

    shown = client.get(reverse("inspection:visit-call"), CALL)
    response = client.post(reverse("inspection:visit-call"), CALL)

    assert "One runs already" in text_of(shown)
    assert "Start the clock" not in text_of(shown)
    assert response.status_code == 400
    assert Inspection.objects.count() == 1


PAGES = {
    "visit-list": Permission.READ_ITEMS,
    "visit-show": Permission.READ_ITEMS,
    "letter-edit": Permission.READ_ITEMS,
    "task-list": Permission.READ_ITEMS,
    "deadline-show": Permission.READ_ITEMS,
    "feed-show": Permission.READ_ITEMS,
    "visit-call": Permission.RUN_CLOCK,
    "visit-correct": Permission.RUN_CLOCK,
    "visit-withdraw": Permission.RUN_CLOCK,
    "visit-close": Permission.RUN_CLOCK,
}
CHANGES = {
    "visit-call": Permission.RUN_CLOCK,
    "visit-correct": Permission.RUN_CLOCK,
    "visit-withdraw": Permission.RUN_CLOCK,
    "visit-close": Permission.RUN_CLOCK,
    "visit-restore": Permission.RUN_CLOCK,
    "visit-reopen": Permission.RUN_CLOCK,
    "letter-edit": Permission.RUN_CLOCK,
    "task-list": Permission.RUN_CLOCK,
    "deadline-assign": Permission.RUN_CLOCK,
    "feed-create": Permission.READ_ITEMS,
    "feed-revoke": Permission.READ_ITEMS,
}


def address(name, visit):
    deadline = visit.deadlines.get(code="annex-a")
    arguments = {
        "visit-list": [],
        "visit-call": [],
        "feed-show": [],
        "feed-create": [],
        "feed-revoke": [],
        "deadline-show": [visit.pk, deadline.pk],
        "deadline-assign": [visit.pk, deadline.pk],
    }
    return reverse(f"inspection:{name}", args=arguments.get(name, [visit.pk]))


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_page_opens_for_those_who_may_read_it(client, role):
    visit = make_visit()
    client.force_login(make_user(role))

    found = {name: client.get(address(name, visit)).status_code for name in PAGES}

    assert found == {name: 200 if role in roles_with(needed) else 403 for name, needed in PAGES.items()}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_change_is_refused_to_those_who_may_not_make_it(client, role):
    visit = make_visit()
    client.force_login(make_user(role))

    refused = {name for name in CHANGES if client.post(address(name, visit), {}).status_code == 403}

    expected = {name for name, needed in CHANGES.items() if role not in roles_with(needed)}
    # Nothing is withdrawn or closed yet, which is the state's refusal, not the role's.
    assert refused - {"visit-restore", "visit-reopen"} == expected - {"visit-restore", "visit-reopen"}


def test_every_page_asks_an_unknown_visitor_to_sign_in(client):
    visit = make_visit()

    statuses = {client.get(address(name, visit)).status_code for name in PAGES}

    assert statuses == {302}


@pytest.mark.parametrize(
    ("name", "queries"),
    [("visit-list", 14), ("visit-show", 18), ("letter-edit", 13), ("task-list", 15), ("deadline-show", 18)],
)
def test_page_asks_a_fixed_number_of_questions(client, lano, name, queries, django_assert_max_num_queries):
    visit = make_visit(by=lano)
    for _ in range(3):
        make_user(Role.DATA_LEAD)

    with django_assert_max_num_queries(queries):
        client.get(address(name, visit))


NEXT_MONDAY = {"notified_on": "30/11/2026", "kind": "full"}


def test_call_page_warns_of_a_call_that_has_not_come(client, lano):
    make_timetable()

    response = client.get(reverse("inspection:visit-call"), NEXT_MONDAY)

    assert "Monday 30 November 2026 is still to come" in text_of(response)
    assert 'name="takes_future_call"' in text_of(response)


def test_call_page_future_call_without_the_tick_stores_nothing_and_keeps_what_was_typed(client, lano):
    make_timetable()

    response = client.post(reverse("inspection:visit-call"), NEXT_MONDAY)

    assert response.status_code == 400
    assert "has not come yet. Wait for it, or start a rehearsal" in text_of(response)
    assert 'value="30/11/2026"' in text_of(response)
    assert not Inspection.objects.exists()


def test_call_page_future_call_with_the_tick_is_not_met_before_its_day(client, lano):
    make_timetable()

    client.post(reverse("inspection:visit-call"), NEXT_MONDAY | {"takes_future_call": "on"})

    assert deadline_of(Inspection.objects.get(), "call").met_at is None


def test_call_page_rehearsal_of_a_future_day_needs_no_tick(client, lano):
    make_timetable()

    response = client.post(reverse("inspection:visit-call"), NEXT_MONDAY | {"is_rehearsal": "on"})

    assert response.status_code == 302


def test_call_page_call_of_today_is_met(client, lano):
    make_timetable()

    client.post(reverse("inspection:visit-call"), CALL)

    assert deadline_of(Inspection.objects.get(), "call").met_at is not None


def test_page_of_the_visit_offers_no_correction_to_those_who_may_not_make_one(client, lano):
    visit = make_visit(by=lano, notified_on=date(2026, 11, 20))
    address = reverse("inspection:visit-correct", args=[visit.pk])

    own = text_of(client.get(visit.get_absolute_url()))
    client.force_login(make_user(Role.HEALTH_LEAD))
    others = text_of(client.get(visit.get_absolute_url()))

    assert "What is odd about the days" in own
    assert "What is odd about the days" in others
    assert address in own
    assert address not in others
    assert "Ask: LANO (nominated officer)" in others
