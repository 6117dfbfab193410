"""Who is shown which words of the navigation."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Permission, Role, permissions_of_roles
from sendready import navigation
from sendready.navigation import ENTRIES, Entry, links

SAMPLE = (
    Entry("Everybody", ("pages:help-show",)),
    Entry("Auditors", ("pages:cookies-show",), frozenset({Permission.READ_AUDIT}), ("/cookies/",)),
    Entry("Not built", ("no-app:no-page",)),
    Entry("Second name", ("no-app:no-page", "pages:privacy-show")),
)


def labels(*permissions: Permission, path: str = "/") -> list[str]:
    return [link.label for link in links(SAMPLE, permissions=frozenset(permissions), path=path)]


def test_links_without_permission_leave_out_what_asks_for_one():
    assert labels() == ["Everybody", "Second name"]


def test_links_with_permission_keep_the_order_of_the_table():
    assert labels(Permission.READ_AUDIT) == ["Everybody", "Auditors", "Second name"]


def test_links_of_the_present_page_and_of_pages_beneath_are_marked():
    here = links(SAMPLE, permissions=frozenset({Permission.READ_AUDIT}), path="/cookies/")
    beneath = links(SAMPLE, permissions=frozenset({Permission.READ_AUDIT}), path="/cookies/2/")

    assert [(one.is_current, one.is_active) for one in here][1] == (True, True)
    assert [(one.is_current, one.is_active) for one in beneath][1] == (False, True)


def test_address_of_first_name_that_resolves():
    assert navigation.address_of(("no-app:no-page", "pages:privacy-show")) == reverse("pages:privacy-show")
    assert navigation.address_of(("no-app:no-page",)) == ""


@pytest.mark.parametrize(
    ("role", "more"),
    [
        (Role.MEMBER, ["Read and comment"]),
        (Role.CASE_WORKER, []),
        (Role.VIEWER, ["Strategy", "Data", "Read the self-evaluation", "Exports"]),
    ],
)
def test_entries_of_roles_that_only_read_are_few(role, more):
    permissions = permissions_of_roles(frozenset({role}))

    shown = [entry.label for entry in ENTRIES if entry.is_for(permissions)]

    assert shown == ["Home", *more, "Criteria"]


def test_entries_of_administrator_have_no_way_to_children():
    permissions = permissions_of_roles(frozenset({Role.ADMINISTRATOR}))

    shown = [entry.label for entry in ENTRIES if entry.is_for(permissions)]

    assert shown == ["Home", "Criteria", "People", "Audit", "Status", "Settings", "Admin"]
