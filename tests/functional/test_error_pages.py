"""What a person sees when a request can't be served: each page once in a real browser, at both widths."""

import pytest

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAULTS = {
    "odd": (400, "We could not read that request"),
    "refused": (403, "You may not do this"),
    "large": (413, "That was too large"),
    "broken": (500, "Sorry, something went wrong on our side"),
    "busy": (503, "The database is busy"),
    "no-room": (507, "The disk of the service is full"),
}


@pytest.fixture(autouse=True)
def _sample_pages(settings):
    settings.ROOT_URLCONF = "tests.harness.samples"
    make_area()


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", FAULTS)
def test_page_of_a_fault_is_accessible_and_stands_still(open_page, kind, width):
    status, heading = FAULTS[kind]

    page = open_page(make_user(Role.LANO), f"/samples/fault/{kind}/", status=status, width=width)

    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert_accessible(page)
    assert_stands_still(page)
    assert_usable_by_keyboard(page, reaches=[])


@pytest.mark.parametrize("kind", FAULTS)
def test_page_of_a_fault_without_scripts_is_complete(open_page, kind):
    status, _ = FAULTS[kind]

    page = open_page(make_user(Role.LANO), f"/samples/fault/{kind}/", status=status, javascript=False)

    assert_complete_without_scripts(page)


def test_address_that_takes_forms_only_says_so_when_it_is_opened(open_page):
    page = open_page(make_user(Role.LANO), "/session/keep/", status=405)

    assert_accessible(page)
    page.get_by_role("heading", name="Open the page before").wait_for()
