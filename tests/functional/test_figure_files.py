"""The data lead brings in a published file: from the upload to figures on a page."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.domain.roles import Role
from indicators.importing import read_import
from indicators.models import FileFamily, StatisticsImport
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_england, make_indicator, make_local_area, make_region
from tests.factories.statistics_files import csv_bytes, sen_rows
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


@pytest.fixture
def data_lead():
    here = make_area()
    here.la_code = "901"
    here.save()
    make_england()
    make_region()
    make_local_area()
    return make_user(Role.DATA_LEAD, name="Data lead")


def run_jobs() -> None:
    for job in StatisticsImport.objects.filter(state="queued").order_by("pk"):
        read_import(job.pk)


def send(page: Page) -> None:
    page.get_by_label("Data file").set_input_files(
        {"name": "sen_in_schools.csv", "mimeType": "text/csv", "buffer": csv_bytes(sen_rows())}
    )
    page.get_by_role("button", name="Import").click()


@WIDTHS
@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_file_comes_in_and_a_column_becomes_an_indicator(open_page, data_lead, width, has_scripts):
    page = open_page(data_lead, "/data/imports/", width=width, javascript=has_scripts)
    page.get_by_text("Import the first file").click()
    send(page)
    expect(page.get_by_text("Waiting for the background worker")).to_be_visible()
    run_jobs()
    page.goto(f"{page.url}")

    expect(page.get_by_text("Nothing was taken yet")).to_be_visible()
    page.get_by_role("button", name="Which column is which indicator").click()
    page.get_by_role("link", name=re.compile("^Use it.*percentage_of_pupils")).click()
    page.get_by_label("phase_type_grouping is").select_option("Total")
    page.get_by_label("sen_status is").select_option("EHC plans")
    page.get_by_label("Indicator", exact=True).select_option("new")
    page.get_by_label("Name of the new indicator").fill("Pupils with a plan")
    page.get_by_label("Unit of the new indicator").select_option("percent")
    page.get_by_role("button", name="Confirm and take its figures").click()
    run_jobs()

    page.goto(page.url.split("/data/")[0] + "/data/pupils-with-a-plan/")
    expect(page.get_by_role("heading", level=1, name="Pupils with a plan")).to_be_visible()
    expect(page.get_by_text("5.3").first).to_be_visible()


@WIDTHS
def test_pages_are_accessible_and_stand_still(open_page, data_lead, width):
    page = open_page(data_lead, "/data/imports/add/", width=width)
    assert_accessible(page)
    send(page)
    run_jobs()
    job, family = StatisticsImport.objects.get(), FileFamily.objects.get()
    make_indicator(code="waits", name="Waits", is_local=True)

    for path in (
        "/data/imports/",
        f"/data/imports/{job.pk}/",
        f"/data/imports/kinds/{family.code}/",
        f"/data/imports/kinds/{family.code}/add/",
        "/data/imports/own/",
        "/data/waits/edit/",
        "/data/add/",
    ):
        page.goto(page.url.split("/data/")[0] + path)
        assert_accessible(page)
        assert_stands_still(page)


def test_upload_by_keyboard_and_without_scripts_is_whole(open_page, data_lead):
    page = open_page(data_lead, "/data/imports/add/")
    assert_usable_by_keyboard(page, reaches=["Data file", "What it is called (optional)", "Import"])

    plain = open_page(data_lead, "/data/imports/add/", javascript=False)
    assert_complete_without_scripts(plain)
    plain.get_by_role("button", name="Import").click()
    expect(plain.get_by_text("Choose the data file that you downloaded").first).to_be_visible()
