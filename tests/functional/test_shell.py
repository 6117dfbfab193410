"""What every page has: header, navigation, account menu, footer, messages, the warning before a session ends."""

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

PAGES = ["/help/", "/accessibility/", "/privacy/", "/cookies/", "/no-such-page/"]


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_shell_page_for_administrator_is_accessible_and_stands_still(open_page, path, width):
    make_area()

    status = 404 if path == "/no-such-page/" else 200
    page = open_page(make_user(Role.ADMINISTRATOR), path, width=width, status=status)

    assert_accessible(page)
    assert_stands_still(page)


@pytest.mark.parametrize("path", PAGES)
def test_shell_page_without_scripts_is_complete(open_page, path):
    make_area()

    status = 404 if path == "/no-such-page/" else 200
    page = open_page(make_user(Role.LANO), path, javascript=False, status=status)

    assert_complete_without_scripts(page)
    page.locator("summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()


def test_shell_by_keyboard_goes_from_skip_link_to_footer(open_page):
    make_area()

    page = open_page(make_user(Role.ADMINISTRATOR, name="Ada"), "/help/")

    assert_usable_by_keyboard(page, reaches=["sendready", "Ada", "Admin", "When the phone rings", "Cookies"])
    page.goto("/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_account_menu_by_keyboard_opens_and_closes(open_page):
    make_area()
    page = open_page(make_user(Role.LANO, name="Lena"), "/help/")

    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")

    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_navigation_on_a_phone_opens_with_the_menu_button(open_page):
    make_area()
    page = open_page(make_user(Role.ADMINISTRATOR), "/help/", width=PHONE)

    assert not page.get_by_role("link", name="Admin", exact=True).is_visible()
    page.get_by_role("button", name="Menu").click()

    assert page.get_by_role("link", name="Admin", exact=True).is_visible()


def test_session_about_to_end_asks_and_stays_signed_in(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), go=False)
    page.clock.install()
    page.goto("/help/")
    dialog = page.locator("dialog")

    page.clock.fast_forward(54 * 60_000)
    assert not dialog.is_visible()
    page.clock.fast_forward(2 * 60_000)
    assert "4 minutes" in dialog.inner_text()
    assert_accessible(page)
    dialog.get_by_role("button", name="Stay signed in").click()

    dialog.wait_for(state="hidden")
    page.clock.fast_forward(50 * 60_000)
    assert not dialog.is_visible()


def test_session_that_ended_says_so_and_leads_back(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), go=False)
    page.clock.install()
    page.goto("/help/?from=mail")

    page.clock.fast_forward(61 * 60_000)

    again = page.get_by_role("link", name="Sign in again").or_(page.get_by_role("button", name="Sign in again"))
    assert again.get_attribute("href").endswith("?next=/help/%3Ffrom%3Dmail")
