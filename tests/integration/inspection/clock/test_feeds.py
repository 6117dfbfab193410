from datetime import UTC, date, datetime

import icalendar
import pytest
import time_machine
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, RoleAssignment
from inspection.actions.feeds import create_feed, revoke_feed
from inspection.actions.visits import correct_days, step_visit
from inspection.domain.clock import VisitDays
from inspection.domain.states import VisitStep
from inspection.models import CalendarFeed, Deadline
from tests.factories.accounts import make_area, make_user
from tests.factories.visits import CALLED_AT, deadline_of, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(CALLED_AT, tick=False):
        yield


@pytest.fixture
def lano():
    make_area()
    return make_user(Role.LANO)


def read(client, token, **headers):
    return client.get(reverse("inspection:feed-read", args=[token]), **headers)


def events(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_feed_holds_every_deadline_with_a_day(client, lano):
    make_visit(by=lano)

    response = read(client, create_feed(by=lano, at=CALLED_AT))

    found = events(response)
    assert response["Content-Type"].startswith("text/calendar")
    assert len(found) == 5
    assert found["Person-level lists"].decoded("dtstart") == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert found["Annex A documents (yours)"].decoded("dtstart") == date(2026, 11, 27)
    assert found["Annex A documents (yours)"].decoded("dtend") == date(2026, 11, 28)


def test_feed_rehearsal_says_so_in_every_entry(client, lano):
    make_visit(by=lano, is_rehearsal=True)

    found = events(read(client, create_feed(by=lano, at=CALLED_AT)))

    assert found
    assert all(summary.startswith("REHEARSAL:") for summary in found)


def test_feed_carries_nothing_that_was_typed_by_hand(client, lano):
    visit = make_visit(by=lano)
    Deadline.objects.filter(code="annex-a").update(title="Papers about Jane Doe")
    Deadline.objects.filter(code="context").update(title="Jane Doe", original_title="", is_added=True)

    response = read(client, create_feed(by=lano, at=CALLED_AT))

    assert b"Jane" not in response.content
    assert any(summary.startswith("Added deadline") for summary in events(response))
    assert deadline_of(visit, "annex-a").title.encode() not in response.content


def test_feed_unchanged_answers_not_modified(client, lano):
    make_visit(by=lano)
    token = create_feed(by=lano, at=CALLED_AT)
    first = read(client, token)

    second = read(client, token, HTTP_IF_NONE_MATCH=first["ETag"])

    assert second.status_code == 304
    assert not second.content


def test_feed_moved_deadline_keeps_its_uid_and_raises_its_sequence(client, lano):
    visit = make_visit(by=lano)
    token = create_feed(by=lano, at=CALLED_AT)
    before = read(client, token)
    days = VisitDays(notified_on=date(2026, 11, 23), on_site_on=date(2026, 12, 14), last_day_on=date(2026, 12, 18))

    correct_days(by=lano, at=CALLED_AT, visit=visit, days=days, reason="Letter", version=1)

    after = read(client, token)
    old, new = (events(page)["Inspectors arrive on site (yours)"] for page in (before, after))
    assert old["uid"] == new["uid"]
    assert new["sequence"] > old["sequence"]
    assert before["ETag"] != after["ETag"]


def test_feed_withdrawn_visit_leaves_the_calendar(client, lano):
    visit = make_visit(by=lano)
    token = create_feed(by=lano, at=CALLED_AT)

    step_visit(by=lano, at=CALLED_AT, visit=visit, step=VisitStep.WITHDRAW, reason="A hoax")

    assert not events(read(client, token))


def test_feed_revoked_address_is_gone(client, lano):
    token = create_feed(by=lano, at=CALLED_AT)

    revoke_feed(by=lano, at=CALLED_AT)

    assert read(client, token).status_code == 404
    assert AuditEvent.objects.filter(action="calendar-feed.revoked").count() == 1


def test_feed_new_address_stops_the_old_one(client, lano):
    old = create_feed(by=lano, at=CALLED_AT)

    new = create_feed(by=lano, at=CALLED_AT)

    assert read(client, old).status_code == 404
    assert read(client, new).status_code == 200


def test_feed_of_somebody_who_may_no_longer_read_is_gone(client, lano):
    token = create_feed(by=lano, at=CALLED_AT)

    RoleAssignment.objects.filter(user=lano).delete()

    assert read(client, token).status_code == 404


def test_feed_of_somebody_deactivated_is_gone(client, lano):
    token = create_feed(by=lano, at=CALLED_AT)
    lano.is_active = False
    lano.save()

    assert read(client, token).status_code == 404


def test_feed_token_is_kept_as_a_hash_only(lano):
    token = create_feed(by=lano, at=CALLED_AT)

    feed = CalendarFeed.objects.get()
    assert token not in feed.token_sha256
    assert not AuditEvent.objects.filter(text__contains=token).exists()


def test_feed_page_shows_the_address_once(client, lano):
    client.force_login(lano)

    made = client.post(reverse("inspection:feed-create"))
    later = client.get(reverse("inspection:feed-show"))

    assert b".ics" in made.content
    assert made["Cache-Control"] == "no-store"
    assert b".ics" not in later.content
    assert b"Stop this address" in later.content
