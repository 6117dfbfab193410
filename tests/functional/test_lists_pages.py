"""The person-level desk in a real browser: the data lead's story, then each page at both widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.domain.roles import Role
from children import reading_upload
from children.domain.schema import ListKind
from children.models import ListUpload
from children.synthetic import add_local_columns, synthetic_lists
from tests.factories.accounts import make_user
from tests.factories.lists import AT, lists_bytes, order_upload
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RENAMED = {"date_of_birth": "DOB", "List_2": "SEN K", "primary_need": "Need (primary)"}


def content(*, renamed=None):
    lists = synthetic_lists(plans=40, support=30, seed=3, as_at=AT.date())
    add_local_columns(lists, seed=3, as_at=AT.date())
    for number, rows in enumerate(lists.rows.values()):
        for row in rows[: 4 + number]:
            row.pop("ethnicity")
    return lists_bytes(
        plans=lists.rows[ListKind.EHC_PLAN], support=lists.rows[ListKind.SEN_SUPPORT], local={}, renamed=renamed
    )


@pytest.fixture
def upload(data_lead):
    return reading_upload.read_upload(order_upload(by=data_lead, content=content()).pk)


@pytest.fixture
def strange(data_lead):
    return reading_upload.read_upload(order_upload(by=data_lead, content=content(renamed=RENAMED)).pk)


def test_data_lead_uploads_matches_headers_and_hands_out_fix_lists_without_scripts(open_page, data_lead):
    page = open_page(data_lead, "/lists/upload/", javascript=False)
    page.get_by_label("Workbook").set_input_files(
        {"name": "extract.xlsx", "mimeType": "application/octet-stream", "buffer": content(renamed=RENAMED)}
    )
    page.get_by_role("button", name="Upload and check").click()
    reading_upload.read_upload(ListUpload.objects.get().pk)

    page.get_by_role("link", name="Refresh").click()
    page.get_by_role("link", name="Match the headers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Match the headers")
    assert_complete_without_scripts(page)
    expect(page.get_by_label("Which sheet is List_2?")).to_have_value("SEN K")
    expect(page.get_by_label("Date of birth").first).to_have_value("DOB")
    page.get_by_role("button", name="Confirm and read again").click()
    reading_upload.read_upload(ListUpload.objects.latest("pk").pk)

    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("5 names of your export were read")).to_be_visible()
    page.get_by_role("button", name="By responsible officer").click()
    page.get_by_role("link", name="Officer 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fix list for Officer 1")
    assert_complete_without_scripts(page)
    page.get_by_role("button", name="Order this fix list as a workbook").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Fix list 1 of the lists as at")


def test_data_lead_filters_the_findings_by_officer_and_opens_a_row(open_page, data_lead, upload):
    page = open_page(data_lead, reverse("children:finding-list", args=[upload.pk]))
    assert_usable_by_keyboard(page, reaches=["Rule", "Level", "Sheet", "Phase", "Responsible officer", "Team", "Show"])

    page.get_by_label("Responsible officer").select_option("Officer 1")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="List_").first.click()

    expect(page.get_by_text("Officer 1", exact=True)).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_of_the_desk_are_accessible_and_stand_still(open_page, data_lead, upload, width):
    page = open_page(data_lead, "/lists/", width=width)
    for address in (
        "/lists/",
        reverse("children:upload-add"),
        reverse("children:upload-show", args=[upload.pk]),
        reverse("children:finding-list", args=[upload.pk]),
        reverse("children:owner-list", args=[upload.pk]),
        reverse("children:fix-list", args=[upload.pk, 2]),
        reverse("children:waiver-list"),
        reverse("children:mapping-list"),
        reverse("children:upload-keep", args=[upload.pk]),
    ):
        page.goto(address)
        assert_accessible(page)
        assert_stands_still(page)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_about_headers_are_accessible_and_stand_still(open_page, data_lead, strange, width):
    page = open_page(data_lead, reverse("children:upload-headers", args=[strange.pk]), width=width)
    assert_accessible(page)
    assert_stands_still(page)

    page.get_by_role("button", name="Confirm and read again").click()
    page.goto(reverse("children:mapping-list"))
    assert_accessible(page)
    assert_stands_still(page)
    page.get_by_role("link", name="Change what DOB stands for").first.click()

    assert_accessible(page)
    assert_stands_still(page)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_holding_and_erasing_are_accessible_and_stand_still(open_page, upload, width):
    page = open_page(make_user(Role.LANO, name="LANO"), reverse("children:erasure-show"), width=width)
    assert_accessible(page)
    assert_stands_still(page)
    page.get_by_role("link", name="Set the hold").click()
    assert_accessible(page)

    page.get_by_label("Reason").fill("A tribunal asks for the rows.")
    page.get_by_role("button", name="Set the hold").click()

    expect(page.get_by_text("Held", exact=True)).to_be_visible()
    assert_accessible(page)
    page.goto(reverse("children:upload-show", args=[upload.pk]))
    expect(page.get_by_text("A tribunal asks for the rows.")).to_be_visible()
    assert_stands_still(page)


def test_actions_of_the_desk_are_reached_by_keyboard(open_page, data_lead, strange):
    page = open_page(data_lead, reverse("children:upload-show", args=[strange.pk]))
    assert_usable_by_keyboard(page, reaches=["Match the headers", "Read this file again"])

    page.goto(reverse("children:upload-headers", args=[strange.pk]))
    assert_usable_by_keyboard(page, reaches=["Which sheet is List_2?", "Confirm and read again"])
