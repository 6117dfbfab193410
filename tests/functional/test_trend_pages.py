"""The trend over uploads in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.domain.roles import Role
from children import actions
from children.domain.schema import ListKind
from children.spoiling import spoil
from children.synthetic import synthetic_lists
from tests.factories.accounts import make_area, make_user
from tests.factories.lists import AT, read_lists_of
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TREND = "/lists/trend/"


@pytest.fixture
def lano():
    """Four uploads that get better; the rows of the first are gone."""
    make_area()
    person = make_user(Role.LANO, name="LANO")
    uploads = []
    for number, faults in enumerate((60, 45, 20, 8)):
        invented = synthetic_lists(plans=120, support=180 + 5 * number, seed=3, as_at=AT.date())
        spoil(invented, faults=faults, seed=1)
        rows = invented.rows
        plans, support = rows[ListKind.EHC_PLAN], rows[ListKind.SEN_SUPPORT]
        uploads.append(read_lists_of(by=person, plans=plans, support=support, at=AT + timedelta(days=number)))
    actions.erase_rows(by=person, at=AT + timedelta(days=9), upload=uploads[0], reason="Kept long enough.")
    return person


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("role", [Role.LANO, Role.DIRECTOR])
def test_trend_is_accessible_and_stands_still(open_page, lano, role, width):
    page = open_page(lano if role == Role.LANO else make_user(role), TREND, width=width)

    assert_accessible(page)
    assert_stands_still(page)


def test_trend_by_keyboard_and_without_scripts_is_whole(open_page, lano):
    page = open_page(lano, TREND)
    assert_usable_by_keyboard(page, reaches=["Children by", "Show"])

    plain = open_page(lano, TREND, javascript=False)
    assert_complete_without_scripts(plain)
    plain.get_by_label("Children by").select_option("Age")
    plain.get_by_role("button", name="Show").click()

    expect(plain.get_by_role("heading", name="Age, all lists together")).to_be_visible()
