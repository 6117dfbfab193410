"""Composition and the likely six in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.domain.roles import Role
from children.domain.schema import ListKind
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
WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
COMPOSITION = "/lists/composition/?first=need&second=phase"
SIX = "/inspection/likely-six/"


@pytest.fixture
def lano():
    make_area()
    person = make_user(Role.LANO, name="LANO")
    invented = synthetic_lists(plans=120, support=180, seed=3, as_at=AT.date()).rows
    read_lists_of(by=person, plans=invented[ListKind.EHC_PLAN], support=invented[ListKind.SEN_SUPPORT])
    return person


@WIDTHS
@pytest.mark.parametrize("role", [Role.LANO, Role.DIRECTOR])
def test_composition_is_accessible_and_stands_still(open_page, lano, role, width):
    page = open_page(lano if role == Role.LANO else make_user(role), COMPOSITION, width=width)

    assert_accessible(page)
    assert_stands_still(page)


def test_composition_by_keyboard_and_without_scripts_is_whole(open_page, lano):
    page = open_page(lano, COMPOSITION)
    assert_usable_by_keyboard(page, reaches=["List", "Cross table: down", "Across", "Show"])

    plain = open_page(lano, COMPOSITION, javascript=False)
    assert_complete_without_scripts(plain)
    plain.get_by_label("List", exact=True).select_option("List_2")
    plain.get_by_role("button", name="Show").click()

    expect(plain.get_by_text("Of List_2 alone.")).to_be_visible()


def test_six_is_proposed_swapped_and_printed_without_scripts(open_page, lano):
    page = open_page(lano, SIX, javascript=False)
    page.get_by_label("Seed").fill("9")
    page.get_by_role("button", name="Propose").click()
    assert_complete_without_scripts(page)

    page.get_by_role("link", name="Swap child 1").click()
    assert_complete_without_scripts(page)
    page.get_by_role("button", name="Swap in substitute 1").click()

    expect(page.get_by_text("Child 1 was swapped.")).to_be_visible()
    expect(page.get_by_text("Swapped in")).to_have_count(1)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Propose").is_visible()
    assert not page.get_by_role("link", name="Swap child 1").is_visible()


@WIDTHS
def test_six_and_swap_are_accessible_and_stand_still(open_page, lano, width):
    page = open_page(lano, SIX, width=width)
    page.get_by_role("button", name="Propose").click()

    assert_accessible(page)
    assert_stands_still(page)
    page.goto(reverse("inspection:six-swap", args=[6]))

    assert_accessible(page)
    assert_stands_still(page)
