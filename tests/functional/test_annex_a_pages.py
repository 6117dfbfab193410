"""Annex A, packs and home in a real browser."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from documents.making import make_export
from inspection.actions import packs as pack_actions
from inspection.domain.submissions import Answer
from inspection.models import ItemSubmission, Pack
from tests.factories.accounts import make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_approved, make_draft, make_owner, make_submitted, make_upload
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def items(lano):
    """One item approved, one draft, one awaiting approval, one returned by nobody yet, one empty, one list."""
    framework = make_framework()
    deadline = make_timetable_rule(framework=framework)
    made = [
        make_request_item(framework=framework, deadline=deadline, code=code, title=title, order=order, kind=kind)
        for order, (code, title, kind) in enumerate(
            [
                ("sef", "Self-evaluation", "document"),
                ("strategy", "SEND strategy", "document"),
                ("local-offer", "Local offer", "document"),
                ("minutes", "Minutes of the board", "document"),
                ("list-1", "List 1", "list"),
            ]
        )
    ]
    make_approved(by=lano, item=made[0])
    make_draft(by=lano, item=made[1], upload=make_upload(content=b"Six priorities.\n"))
    make_submitted(by=lano, item=made[2], answer=Answer.LINK, link="https://www.example.org/local-offer")
    return made


@pytest.fixture
def pack(lano, items):
    export = pack_actions.order_pack(by=lano, at=AT, inspection=None, parts=("annex-a",))
    make_export(export.pk)
    return Pack.objects.get(export=export)


PAGES = {
    "home": ("home", []),
    "the list": ("item-list", []),
    "an item": ("item-show", ["sef"]),
    "an empty item": ("item-show", ["minutes"]),
    "a person-level list": ("item-show", ["list-1"]),
    "an item that one handed over": ("item-show", ["local-offer"]),
    "a draft": ("submission-edit", ["strategy", 1]),
    "a version": ("submission-show", ["sef", 1]),
    "returning": ("submission-return", ["local-offer", 1]),
    "approving": ("items-decide", []),
    "owners": ("owners-set", []),
    "packs": ("pack-list", []),
    "a pack": ("pack-show", [1]),
    "naming": ("naming-change", []),
}


def address(name: str, pack: Pack) -> str:
    url_name, arguments = PAGES[name]
    return reverse(f"inspection:{url_name}", args=[pack.pk] if url_name == "pack-show" else arguments)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_stand_still(open_page, lano, pack, width):
    for name in PAGES:
        page = open_page(lano, address(name, pack), width=width)

        assert_accessible(page)
        assert_stands_still(page)


def test_pages_are_complete_without_scripts(open_page, lano, pack):
    for name in PAGES:
        assert_complete_without_scripts(open_page(lano, address(name, pack), javascript=False))


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_LEAD, Role.ADMINISTRATOR, Role.MEMBER], ids=["own items", "administrator", "reader"]
)
def test_short_homes_are_accessible(open_page, lano, items, role):
    person = make_user(role)
    if role is Role.SYSTEM_LEAD:
        make_owner(by=lano, item=items[1], owner=person)

    page = open_page(person, reverse("inspection:home"))

    assert_accessible(page)
    assert_stands_still(page)


def test_hint_of_a_choice_stands_under_its_label(open_page, lano, pack):
    page = open_page(lano, address("a draft", pack))

    for item in page.locator(".govuk-radios__item:has(.govuk-radios__hint)").all():
        label, hint = (item.locator(part).bounding_box() for part in (".govuk-radios__label", ".govuk-radios__hint"))
        assert hint["y"] >= label["y"] + label["height"] - 6


def test_draft_is_usable_by_keyboard(open_page, lano, pack):
    page = open_page(lano, address("a draft", pack))

    assert_usable_by_keyboard(page, reaches=["Save draft", "Submit for approval"])


def test_team_supplies_an_item_and_the_lano_approves_it_without_scripts(open_page, lano, items):
    page = open_page(make_user(Role.SEND_TEAM, name="SEND team"), address_of("minutes"), javascript=False)
    page.get_by_role("button", name="Supply this item").click()
    page.get_by_label("Attach files").set_input_files(
        {"name": "Minutes.txt", "mimeType": "text/plain", "buffer": b"What the board decided.\n"}
    )
    page.get_by_role("button", name="Submit for approval").click()
    assert page.locator(".govuk-error-summary").get_by_text("Give the date").is_visible()
    page.get_by_label("As at").fill("31/10/2026")
    page.get_by_role("button", name="Submit for approval").click()

    page = open_page(lano, reverse("inspection:items-decide"), javascript=False)
    page.get_by_label("Approve Minutes of the board, version 1").check()
    page.get_by_role("button", name="Look at what I ticked").click()
    page.get_by_role("button", name="Approve").click()

    assert page.get_by_text("1 version is approved.").is_visible()
    assert ItemSubmission.objects.get(item__code="minutes").state == "approved"


def address_of(code: str) -> str:
    return reverse("inspection:item-show", args=[code])
