"""What a request gets that cannot be served."""

import pytest
from django.test import Client

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user

pytestmark = [pytest.mark.database, pytest.mark.django_db]

KINDS = [
    ("busy", 503, "The database is busy"),
    ("full", 507, "The disk of the service is full"),
    ("no-room", 507, "The disk of the service is full"),
    ("broken", 500, "Sorry, something went wrong on our side"),
    ("large", 413, "That was too large"),
    ("odd", 400, "We could not read that request"),
    ("refused", 403, "Only these roles may read the audit trail: LANO."),
    ("no-such-kind", 500, "Sorry, something went wrong on our side"),
]


@pytest.fixture
def client(settings) -> Client:
    settings.ROOT_URLCONF = "tests.harness.samples"
    make_area()
    client = Client(raise_request_exception=False)
    client.force_login(make_user(Role.LANO))
    return client


@pytest.mark.parametrize(("kind", "status", "words"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_fault_gives_its_page_and_status(client, kind, status, words):
    response = client.get(f"/samples/fault/{kind}/")

    assert response.status_code == status
    assert words in response.content.decode()
    assert 'data-drafts="keep"' in response.content.decode()


def test_busy_database_says_when_to_come_back_and_links_the_same_page(client):
    response = client.get("/samples/fault/busy/?page=2")

    assert response["Retry-After"] == "5"
    assert 'href="/samples/fault/busy/?page=2"' in response.content.decode()


@pytest.mark.parametrize("kind", ["busy", "full", "broken"])
def test_page_of_a_fault_asks_the_database_nothing(client, django_assert_num_queries, kind):
    from sendready import errors
    from tests.harness.samples import FAULTS

    request = client.get("/help/").wsgi_request
    with django_assert_num_queries(0):
        try:
            raise FAULTS[kind]
        except Exception:
            response = errors.server_error(request)

    assert response.status_code >= 500


def test_fault_page_that_fails_itself_is_plain(client, monkeypatch):
    from django.template import loader

    from sendready import errors

    def fails(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry")

    request = client.get("/help/").wsgi_request
    monkeypatch.setattr(loader, "render_to_string", fails)
    response = errors.server_error(request)

    assert response.status_code == 500
    assert "Nothing was stored" in response.content.decode()


def test_unknown_address_signed_out_is_a_page(settings):
    make_area()

    response = Client().get("/no-such-page/")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_form_older_than_the_session_says_what_to_do():
    make_area()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.LANO))

    response = client.post("/session/keep/")

    assert response.status_code == 403
    assert "That page had been open too long" in response.content.decode()


def test_keeping_the_session_by_get_changes_nothing(client):
    assert client.get("/session/keep/").status_code == 405
    assert client.post("/session/keep/").status_code == 204
