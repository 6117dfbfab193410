"""The fragments of templates/_components/ and the scripts, on sample pages."""

import pytest
from playwright.sync_api import Page, expect

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user
from tests.harness import samples
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _sample_pages(settings):
    settings.ROOT_URLCONF = "tests.harness.samples"
    samples.reset()


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/samples/parts/", "/samples/form/"])
def test_every_part_is_accessible_and_stands_still(open_page, path, width):
    make_area()

    page = open_page(make_user(Role.LANO), path, width=width)

    assert_accessible(page)
    assert_stands_still(page)


@pytest.mark.parametrize("path", ["/samples/parts/", "/samples/form/"])
def test_every_part_without_scripts_is_complete(open_page, path):
    make_area()

    page = open_page(make_user(Role.LANO), path, javascript=False)

    assert_complete_without_scripts(page)


def test_form_by_keyboard_is_walked_in_order(open_page):
    make_area()

    page = open_page(make_user(Role.LANO), "/samples/form/")

    assert_usable_by_keyboard(page, reaches=["Title", "Text", "Password", "One", "Agreed", "Workbook", "Save"])


def test_form_with_error_names_it_at_the_top_and_in_the_title(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")

    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save").click()

    assert page.title().startswith("Error: A form")
    page.get_by_role("link", name="Enter a title").click()
    assert page.evaluate("document.activeElement.name") == "title"
    assert_accessible(page)


def test_progress_moves_by_itself_until_the_page_is_done(open_page):
    make_area()

    page = open_page(make_user(Role.LANO), "/samples/progress/")

    expect(page.get_by_text("Writing part 1")).to_be_visible()
    expect(page.get_by_text("Writing part 2").first).to_be_visible()
    expect(page.get_by_role("heading", name="The pack is ready")).to_be_visible(timeout=15_000)
    assert page.get_by_role("link", name="Refresh").count() == 0


def test_progress_without_scripts_has_a_refresh_link(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/progress/", javascript=False)

    page.get_by_role("link", name="Refresh").click()

    expect(page.get_by_text("Writing part 2")).to_be_visible()


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('sendready'))")


def type_text(page: Page, words: str) -> None:
    page.get_by_label("Text", exact=True).fill(words)
    page.get_by_label("Password").fill("secret words")
    page.wait_for_timeout(600)  # the draft is written when the fingers rest


def test_draft_after_signing_in_again_is_put_back_without_password(open_page):
    make_area()
    user = make_user(Role.LANO)
    page = open_page(user, "/samples/form/")
    type_text(page, "Half a sentence")

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/account/login/**")
    open_page.sign_in(page.context, user)
    page.goto("/samples/form/")

    assert page.get_by_label("Text", exact=True).input_value() == "Half a sentence"
    assert page.get_by_label("Password").input_value() == ""
    assert page.get_by_text("We put back what you had typed").is_visible()
    assert "secret words" not in page.evaluate("JSON.stringify({...sessionStorage})")
    assert_accessible(page)


def test_draft_thrown_away_shows_the_stored_text(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    type_text(page, "Half a sentence")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    page.get_by_role("button", name="Use the saved text instead").click()

    assert page.get_by_label("Text", exact=True).input_value() == ""
    assert kept(page) == []


def test_draft_of_text_changed_meanwhile_is_shown_beside_it(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    type_text(page, "My own words")
    page.on("dialog", lambda dialog: dialog.accept())
    samples.STORED["text"] = "Their words"

    page.reload()

    assert page.get_by_label("Text", exact=True).input_value() == "Their words"
    assert page.locator(".app-draft pre").inner_text() == "My own words"


def test_draft_once_stored_is_gone(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    type_text(page, "A whole sentence")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert page.get_by_label("Text", exact=True).input_value() == "A whole sentence"
    assert kept(page) == []
    assert page.locator(".app-draft").count() == 0


def test_draft_after_signing_out_is_gone(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    type_text(page, "About a child")

    page.locator("summary").click()
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()

    assert kept(page) == []


def test_draft_of_another_person_in_the_same_tab_is_gone(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    type_text(page, "Not for others")
    page.on("dialog", lambda dialog: dialog.accept())

    open_page.sign_in(page.context, make_user(Role.DATA_LEAD))
    page.goto("/samples/form/")

    assert page.get_by_label("Text", exact=True).input_value() == ""
    assert kept(page) == []


def test_leaving_with_unsaved_text_asks_first(open_page):
    make_area()
    page = open_page(make_user(Role.LANO), "/samples/form/")
    page.get_by_label("Text", exact=True).press_sequentially("Half")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_role("link", name="Cookies").click()

    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/samples/form/")
