"""The admin site in a browser: every kind of row listed and added, one changed, deleted, refused and looked back on."""

import io

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import SchoolHoliday
from framework.models import Criterion, CriterionPoint, Outcome, RequestItem
from tests.factories.accounts import make_area, make_user
from tests.harness.browser import DESK, PHONE, assert_accessible, assert_stands_still

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def administrator():
    make_area()
    call_command("load_framework", "fixtures/frameworks/area-send-2023.yaml", stdout=io.StringIO())
    today = timezone.localdate()
    SchoolHoliday.objects.create(name="A week", starts_on=today, ends_on=today)
    return make_user(Role.ADMINISTRATOR, name="Administrator")


def address(row, page: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def assert_good(page, path: str) -> None:
    response = page.goto(path)
    assert response.status == 200, path
    assert_accessible(page, reads_styles=False)
    assert_stands_still(page)


def test_every_kind_of_row_is_listed_searched_and_added(open_page, administrator):
    page = open_page(administrator, reverse("admin:index"))
    assert_accessible(page, reads_styles=False)

    for model, kept in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert_good(page, reverse(f"{name}_changelist") + ("?q=plan" if kept.search_fields else ""))
        assert page.locator("h1").inner_text() == str(model._meta.verbose_name_plural).capitalize()
        if kept.can_add:
            assert_good(page, reverse(f"{name}_add"))


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_row_is_changed_deleted_refused_and_looked_back_on(open_page, administrator, width):
    page = open_page(administrator, reverse("admin:index"), width=width)
    criterion, outcome = Criterion.objects.order_by("order").first(), Outcome.objects.first()

    assert_good(page, address(criterion, "change"))
    page.get_by_text("Points", exact=True).click()
    assert_accessible(page, reads_styles=False)
    assert_good(page, reverse("admin:framework_requestitem_changelist") + "?group=Governance&o=2")
    assert page.locator("#result_list tbody tr").count() == RequestItem.objects.filter(group="Governance").count()
    assert_good(page, address(outcome, "delete"))
    assert_good(page, address(RequestItem.objects.first().deadline, "delete"))
    assert "is in use and can't be deleted" in page.locator(".messagelist").inner_text()
    assert_good(page, address(outcome, "history"))


def test_point_is_changed_beneath_its_criterion_and_stands_in_the_history(open_page, administrator):
    point = CriterionPoint.objects.order_by("criterion__order", "order").first()
    page = open_page(administrator, address(point.criterion, "change"))

    page.get_by_text("Points", exact=True).click()
    page.locator("#id_points-0-title").fill("In the words of this area")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.goto(address(point.criterion, "history"))

    assert CriterionPoint.objects.get(pk=point.pk).title == "In the words of this area"
    assert "Administrator" in page.locator("#change-history tbody").inner_text()
    assert_accessible(page, reads_styles=False)


def test_refused_row_says_what_to_mend(open_page, administrator):
    page = open_page(administrator, reverse("admin:accounts_schoolholiday_add"))

    page.get_by_role("button", name="Save", exact=True).click()

    assert "Please correct the errors below" in page.locator(".errornote").inner_text()
    assert_accessible(page, reads_styles=False)
    assert_stands_still(page)


@pytest.mark.parametrize("model", ["framework_requestitem", "framework_timetablerule", "accounts_user"])
def test_list_fits_a_telephone(open_page, administrator, model):
    page = open_page(administrator, reverse(f"admin:{model}_changelist"), width=PHONE)

    hidden = page.locator("#changelist .results").evaluate("box => box.scrollWidth - box.clientWidth")

    assert hidden <= 0
