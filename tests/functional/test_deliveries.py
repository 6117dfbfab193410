"""Handovers by deadline in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from documents.making import make_export
from inspection.actions import deliveries as actions
from inspection.actions.visits import start_visit
from inspection.models import Deadline, Delivery
from tests.factories.accounts import make_area, make_user
from tests.factories.lists import read_lists_of
from tests.factories.visits import make_timetable
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PACKS = reverse("inspection:pack-list")
DELIVER = reverse("inspection:lists-deliver")


@pytest.fixture
def data_lead(settings):
    settings.DEMO = True
    make_area()
    make_timetable()
    return make_user(Role.DATA_LEAD, name="The data lead")


@pytest.fixture
def lists(data_lead):
    read_lists_of(by=data_lead)
    export = actions.order_lists(by=data_lead, at=timezone.now())
    return make_export(export.pk)


@pytest.fixture
def visit(data_lead):
    return start_visit(by=None, at=timezone.now(), notified_on=timezone.localdate())


@pytest.fixture
def delivery(data_lead, lists, visit):
    now = timezone.now()
    return actions.record_delivery(
        by=data_lead,
        at=now,
        export=lists,
        destination="The inspectors' site",
        delivered_at=now,
        delivered_by=data_lead,
        batch="lists",
        inspection=visit,
        note="Receipt 12",
    )


def addresses(delivery: Delivery) -> list[str]:
    return [
        PACKS,
        DELIVER,
        reverse("inspection:delivery-show", args=[delivery.pk]),
        reverse("inspection:delivery-correct", args=[delivery.pk]),
    ]


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_stand_still(open_page, data_lead, delivery, width):
    team = make_user(Role.SEND_TEAM)
    for person, path in [*((data_lead, path) for path in addresses(delivery)), (team, PACKS)]:
        page = open_page(person, path, width=width)

        assert_accessible(page)
        assert_stands_still(page)


def test_pages_are_complete_without_scripts(open_page, data_lead, delivery):
    for path in addresses(delivery):
        assert_complete_without_scripts(open_page(data_lead, path, javascript=False))


def test_packs_are_usable_by_keyboard(open_page, data_lead, lists):
    page = open_page(data_lead, PACKS)

    assert_usable_by_keyboard(page, reaches=["Download the person-level lists", "Record the delivery of the lists"])


def test_data_lead_delivers_and_takes_it_back_without_scripts(open_page, data_lead, visit):
    read_lists_of(by=data_lead)
    page = open_page(data_lead, PACKS, javascript=False)
    page.get_by_role("button", name="Make the person-level lists").click()
    make_export(int(page.url.rstrip("/").split("/")[-1]))
    page.goto(PACKS)
    page.get_by_role("button", name="Record the delivery of the lists").click()
    page.get_by_role("button", name="Record it").click()
    assert page.get_by_role("link", name="Say where it was uploaded.").is_visible()
    page.get_by_label("Uploaded where?").fill("The inspectors' site")
    page.get_by_role("button", name="Record it").click()

    assert page.get_by_text("The delivery of the person-level lists is on record.").is_visible()
    assert Deadline.objects.get(inspection=visit, batch="lists").is_met

    page.get_by_role("link", name="The inspectors' site").first.click()
    page.get_by_text("It was not delivered after all").click()
    page.get_by_label("Why was nothing delivered?").fill("The site was down.")
    page.get_by_role("button", name="Record that nothing was delivered").click()

    assert page.get_by_text("It is on record that nothing was delivered after all.").is_visible()
    assert not Deadline.objects.get(inspection=visit, batch="lists").is_met
