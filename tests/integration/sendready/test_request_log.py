"""The log and the caches between keep neither what somebody looked for nor what opens something."""

import pytest
import structlog

from accounts.domain.roles import Role
from sendready.request_log import UNKNOWN, page_of
from tests.factories.accounts import make_area, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/lists/7/findings/", "/lists/7/findings/"),
        ("/annex-a/self-evaluation/2/", "/annex-a/<code>/2/"),
        ("/calendar/secret.ics", "/calendar/<token>.ics"),
        ("/join/secret/", "/join/<token>/"),
        ("/SYN0000001/", UNKNOWN),
        ("/", "/"),
    ],
)
def test_address_in_the_log_has_no_words_of_the_request(path, shown):
    assert page_of(path) == shown


def test_reset_link_in_the_log_has_no_key():
    assert "secret" not in page_of("/account/password/reset/key/1-secret/")


@pytest.mark.parametrize(
    "address", ["/lists/?unique_id=SYN0000001", "/calendar/SYN0000001.ics", "/join/SYN0000001/", "/SYN0000001/"]
)
def test_log_of_a_request_names_no_child_and_no_token(client, capfd, address):
    make_area()
    client.force_login(make_user(Role.DATA_LEAD))

    client.get(address)

    logged = capfd.readouterr()
    assert "request_finished" in logged.out
    assert "SYN0000001" not in logged.out + logged.err


@pytest.mark.parametrize("address", ["/", "/lists/", "/annex-a/", "/files/exports/", "/audit/", "/nowhere/"])
def test_page_of_somebody_who_is_signed_in_stays_in_no_cache(client, address):
    make_area()
    client.force_login(make_user(Role.LANO))

    response = client.get(address)

    assert "no-store" in response["Cache-Control"]


def test_traceback_in_the_log_shows_no_values(capfd):
    def fails():
        unique_id = "SYN" + "0000001"
        raise ValueError(f"not about {len(unique_id)} letters")

    try:
        fails()
    except ValueError:
        structlog.get_logger("sendready").exception("it failed")

    logged = capfd.readouterr()
    assert "not about" in logged.out
    assert "SYN0000001" not in logged.out + logged.err
