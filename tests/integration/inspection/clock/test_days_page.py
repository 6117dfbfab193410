from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.roles import Role
from inspection.models import VisitChange
from tests.factories.accounts import make_user
from tests.factories.visits import deadline_of, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DAYS = {
    "notified_on": "23/11/2026",
    "on_site_on": "14/12/2026",
    "last_day_on": "18/12/2026",
    "draft_on": "",
    "published_on": "",
    "reason": "Letter, page 1",
    "version": "1",
}


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def visit(client):
    lano = make_user(Role.LANO)
    client.force_login(lano)
    return make_visit(by=lano)


def post(client, visit, **fields):
    return client.post(reverse("inspection:visit-correct", args=[visit.pk]), {**DAYS, **fields})


def text_of(response):
    return " ".join(response.content.decode().split())


def test_days_page_preview_shows_what_moves_and_stores_nothing(client, visit):
    response = post(client, visit, preview="1")

    assert response.status_code == 200
    assert "Monday 14 December 2026" in text_of(response)
    assert deadline_of(visit, "on-site").due_at.date() == date(2026, 12, 7)
    assert not VisitChange.objects.exists()


def test_days_page_save_moves_the_deadlines(client, visit):
    response = post(client, visit, save="1")

    assert response.status_code == 302
    assert deadline_of(visit, "on-site").due_at.date() == date(2026, 12, 14)


def test_days_page_second_person_sees_both_and_can_then_save(client, visit):
    post(client, visit, save="1")

    response = post(client, visit, save="1", on_site_on="11/01/2027", last_day_on="15/01/2027")

    page = text_of(response)
    assert response.status_code == 409
    assert "14/12/2026" in page
    assert "11/01/2027" in page
    assert 'name="version" value="2"' in page
    assert deadline_of(visit, "on-site").due_at.date() == date(2026, 12, 14)
    again = post(client, visit, save="1", on_site_on="11/01/2027", last_day_on="15/01/2027", version="2")
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"reason": ""}, "Say why the days change", id="no reason"),
        pytest.param({"on_site_on": "31/02/2027"}, "not a day of the calendar", id="no such day"),
        pytest.param({"on_site_on": ""}, "Give the first day on site", id="a day left out"),
        pytest.param({"on_site_on": "16/11/2026"}, "has to come before", id="on site before the call"),
        pytest.param({"last_day_on": "11/12/2026"}, "lies before the first", id="ends before it begins"),
        pytest.param({"draft_on": "01/12/2026"}, "cannot come before the visit has ended", id="a draft too soon"),
        pytest.param({"on_site_on": "14/12/2226", "last_day_on": "18/12/2226"}, "Check the year", id="a century off"),
    ],
)
def test_days_page_wrong_days_are_refused_with_the_fix(client, visit, fields, words):
    response = post(client, visit, save="1", **fields)

    assert response.status_code == 400
    assert words in text_of(response)
    assert not VisitChange.objects.exists()


def test_withdraw_page_asks_for_a_reason_and_offers_the_way_back(client, visit):
    refused = client.post(reverse("inspection:visit-withdraw", args=[visit.pk]), {"reason": " "})
    done = client.post(reverse("inspection:visit-withdraw", args=[visit.pk]), {"reason": "A hoax"}, follow=True)
    back = client.post(reverse("inspection:visit-restore", args=[visit.pk]), follow=True)

    assert refused.status_code == 400
    assert "Take the withdrawal back" in text_of(done)
    assert "A hoax" in text_of(done)
    assert "the clock runs again" in text_of(back)
