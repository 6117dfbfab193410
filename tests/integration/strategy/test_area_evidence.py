"""What shows how an area for improvement stands."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from evidence.models import Marking
from strategy.models import AreaEvidence, AreaForImprovement
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_approved

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def area(team):
    return AreaForImprovement.objects.create(short_name="Annual reviews", report="Report of 2024", order=1)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tie(user, area, **typed):
    given = {"evidence": "E1", "relevance": "Reviews come later than asked for."} | typed
    return client_of(user).post(reverse("strategy:area-proof-link", args=[area.pk]), given, follow=True)


def test_area_takes_evidence_by_its_number_and_the_item_says_so(team, area):
    make_approved(by=team)

    page = tie(team, area).content.decode()

    item = client_of(team).get(reverse("evidence:evidence-show", args=[1])).content.decode()
    assert "E1 Survey of families" in page
    assert "Reviews come later than asked for." in page
    assert "Annual reviews" in item


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"evidence": "E9"}, "There is no E9 that you may open"),
        ({"evidence": "the survey"}, "Give the number of an item"),
        ({"relevance": ""}, "Say in a sentence"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_tied(team, area, typed, words):
    make_approved(by=team)

    page = tie(team, area, **typed)

    assert words in page.content.decode()
    assert not AreaEvidence.objects.exists()


def test_tie_is_taken_out(team, area):
    make_approved(by=team)
    tie(team, area)
    link = AreaEvidence.objects.get()

    client_of(team).post(reverse("strategy:area-proof-unlink", args=[area.pk, link.pk]))

    assert not AreaEvidence.objects.exists()


@pytest.mark.parametrize("marking", Marking.values)
def test_reader_of_plans_without_the_log_sees_no_evidence(team, area, marking):
    make_approved(by=team, marking=marking)
    tie(team, area)

    page = client_of(make_user(Role.VIEWER)).get(reverse("strategy:area-show", args=[area.pk])).content.decode()

    assert "Survey of families" not in page
    assert "Reviews come later" not in page
