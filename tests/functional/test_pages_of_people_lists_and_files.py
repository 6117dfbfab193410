"""The pages that no other test opens in a browser: people and accounts, the lists' desk, what is kept, set-up, status.

Each at a desk and on a telephone: axe, one heading, no sideways scroll, less than 100 kB; and whole without scripts.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.invitations import invite
from accounts.domain.roles import Role
from accounts.mail import queue_mail
from accounts.models import SchoolHoliday
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.children import plan_cells
from tests.factories.documents import make_stored_file
from tests.factories.lists import read_lists_of
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(settings):
    settings.DEMO = True
    make_area()
    return {
        "administrator": make_user(Role.ADMINISTRATOR, name="Administrator"),
        "data lead": make_user(Role.DATA_LEAD, name="Data lead"),
        "LANO": make_user(Role.LANO, name="LANO"),
    }


@pytest.fixture
def addresses(people) -> dict[str, list[str]]:
    """The pages by who opens them, with something on each."""
    lano, today = people["LANO"], timezone.localdate()
    invite(
        by=people["administrator"],
        at=timezone.now(),
        email="new@example.org",
        name="New",
        role=Role.SEND_TEAM,
        organisation=make_organisation(),
    )
    queue_mail(to="somebody@example.org", subject="Hello", body="A word.", at=timezone.now())
    holiday = SchoolHoliday.objects.create(name="A week", starts_on=today, ends_on=today)
    kept = make_stored_file(by=lano)
    faulty = [plan_cells(unique_id=f"SYN1{n:03}", gender="", date_of_birth="31/02/2015") for n in range(3)]
    upload = read_lists_of(by=people["data lead"], plans=faulty)
    return {
        "administrator": [
            *_of("accounts", "person-list", "invitation-add", "account-show", "account-edit", "mail-list"),
            *_of("accounts", "person-show", "person-edit", "role-add", "leave-add", args=[lano.pk]),
            *_of("accounts", "role-end", args=[lano.role_assignments.get().pk]),
            *_of("accounts", "person-deactivate", args=[lano.pk]),
            *_of("sendready", "settings-show", "area-edit", "organisation-add", "holiday-add", "checklist-show"),
            *_of("sendready", "holiday-edit", args=[holiday.pk]),
        ],
        "LANO": [
            *_of("accounts", "account-leave-add", "account-deputy-add", "notification-list", "audit-list"),
            *_of("documents", "record-list"),
            *_of("documents", "record-show", "record-hold", "record-erase", args=["file", kept.pk]),
            reverse("pages:status-show"),
            reverse("account_change_password"),
            reverse("mfa_index"),
        ],
        "data lead": [
            *_of("children", "upload-list", "upload-add", "waiver-list", "erasure-show"),
            *_of("children", "upload-show", "finding-list", "upload-keep", "upload-erase", args=[upload.pk]),
            *_of("children", "finding-waive", args=[upload.pk, upload.findings.first().pk]),
            *_of("children", "row-show", args=[upload.pk, "List_1", 2]),
        ],
    }


def _of(app: str, *names: str, args: list | None = None) -> Iterator[str]:
    return (reverse(f"{app}:{name}", args=args or []) for name in names)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("who", ["administrator", "LANO", "data lead"])
def test_pages_are_accessible_small_and_stand_still(open_page, people, addresses, who, width):
    page = open_page(people[who], "/help/", width=width)

    for address in addresses[who]:
        response = page.goto(address)

        assert response.status == 200, address
        assert len(response.body()) < 100_000, address
        assert_accessible(page)
        assert_stands_still(page)


@pytest.mark.parametrize("who", ["administrator", "LANO", "data lead"])
def test_pages_without_scripts_are_complete(open_page, people, addresses, who):
    page = open_page(people[who], "/help/", javascript=False)

    for address in addresses[who]:
        page.goto(address)

        assert_complete_without_scripts(page)
