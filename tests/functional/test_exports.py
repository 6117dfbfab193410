"""An export from the order to the download, with scripts and without, on a desk and on a phone."""

import pytest

from accounts.domain.roles import Role
from documents import making
from documents.models import Download, Export
from tests.factories.accounts import make_area, make_user
from tests.factories.documents import make_export, make_stored_file
from tests.harness import export_kinds
from tests.harness.browser import DESK, PHONE, assert_accessible, assert_complete_without_scripts, assert_stands_still

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def kinds(settings):
    settings.EXPORT_KINDS = export_kinds.TABLE
    make_area()


def test_order_then_watch_the_page_move_by_itself_then_download(open_page):
    lano = make_user(Role.LANO)
    page = open_page(lano, "/files/exports/")

    page.get_by_role("button", name="Order Words").click()
    page.get_by_text("Waiting for the background worker").wait_for()
    assert_accessible(page)
    making.make_export(Export.objects.get().pk)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click(timeout=20_000)

    assert download.value.suggested_filename == "WEXCOMBE_WORDS_2026-11-23_v1.zip"
    assert Download.objects.get().user == lano


def test_order_without_scripts_refresh_then_download(open_page):
    lano = make_user(Role.LANO)
    page = open_page(lano, "/files/exports/", javascript=False)

    page.get_by_role("button", name="Order Words").click()
    assert_complete_without_scripts(page)
    making.make_export(Export.objects.get().pk)
    page.get_by_role("link", name="Refresh").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()

    assert download.value.suggested_filename.endswith("_v1.zip")


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_export_pages_are_accessible_and_stand_still(open_page, width):
    lano = make_user(Role.LANO)
    done = making.make_export(make_export(by=lano).pk)
    failed = making.make_export(make_export(by=lano, kind="bad").pk)
    secret = making.make_export(make_export(by=lano, kind="secret").pk)
    stored = make_stored_file(
        by=lano, name="a very long name of a document that somebody gave without a single care.txt"
    )

    for path in [
        "/files/exports/",
        "/files/exports/?state=queued",
        f"/files/exports/{done.pk}/",
        f"/files/exports/{failed.pk}/",
        f"/files/exports/{secret.pk}/",
        "/files/kept/",
        f"/files/kept/file/{stored.pk}/",
        f"/files/kept/file/{stored.pk}/erase/",
    ]:
        page = open_page(lano, path, width=width)
        assert_accessible(page)
        assert_stands_still(page)
