"""The pages that show the rulebook."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from framework.actions import load_rulebook
from framework.gather import published_criteria
from framework.loaders import read_rulebook
from framework.models import CriterionPoint, Framework, RequestItem
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
FILE = Path(settings.FIXTURES_DIR) / "frameworks" / "area-send-2023.yaml"
CRITERIA, REQUESTS = reverse("framework:criteria-read"), reverse("framework:requests-read")


@pytest.fixture
def framework() -> Framework:
    return load_rulebook(by=None, at=timezone.now(), rulebook=read_rulebook(FILE)).framework


def page(client: Client, url: str, *roles: Role) -> str:
    client.force_login(make_user(*roles))
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", Role)
def test_everybody_who_is_signed_in_reads_the_criteria(client: Client, framework: Framework, role: Role):
    html = page(client, CRITERIA, role)

    assert "B6.5" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.LANO, 200),
        (Role.DIRECTOR, 200),
        (Role.HEALTH_LEAD, 200),
        (Role.SEND_TEAM, 200),
        (Role.DATA_LEAD, 200),
        (Role.SYSTEM_LEAD, 403),
        (Role.PARTNER, 403),
        (Role.CASE_WORKER, 403),
        (Role.MEMBER, 403),
        (Role.VIEWER, 403),
    ],
)
def test_request_list_is_for_those_who_read_items(client: Client, framework: Framework, role: Role, status: int):
    client.force_login(make_user(role))

    assert client.get(REQUESTS).status_code == status


def test_only_editors_get_links_to_the_admin_site(client: Client, framework: Framework):
    read, edited = page(client, REQUESTS, Role.LANO), page(client, REQUESTS, Role.ADMINISTRATOR)

    assert "/admin/framework/" not in read
    assert "/admin/framework/requestitem/" in edited


def test_request_list_says_what_is_confirmed_and_what_is_default(client: Client, framework: Framework):
    html = page(client, REQUESTS, Role.LANO)

    assert "1 working day after the call, 12:00" in html
    assert "Confirm against the notification letter." in html
    assert "Default" in html
    assert "Confirmed" in html


def test_archived_rows_are_left_out_and_local_rows_marked(client: Client, framework: Framework):
    RequestItem.objects.filter(code="short-breaks-statement").update(is_archived=True)
    RequestItem.objects.filter(code="self-evaluation").update(is_local=True)

    html = page(client, REQUESTS, Role.LANO)

    assert "Short breaks statement" not in html
    assert "Local" in html


def test_official_wording_is_shown_once_it_is_pasted_in(client: Client, framework: Framework):
    CriterionPoint.objects.filter(code="A1.1").update(official_wording="The publisher's own sentence.")

    assert "The publisher&#x27;s own sentence." in page(client, CRITERIA, Role.VIEWER)


@pytest.mark.parametrize("url", [CRITERIA, REQUESTS])
def test_page_without_a_rulebook_says_what_to_do(client: Client, url: str):
    assert "Load one with the command load_framework" in page(client, url, Role.LANO)


def test_criteria_are_read_with_a_fixed_number_of_queries(framework: Framework, django_assert_num_queries):
    with django_assert_num_queries(7):
        published = published_criteria(framework)
        points = [point for g in published.groups for c in g.criteria.all() for point in c.points.all()]
        statements = [statement for lens in published.lenses for statement in lens.statements.all()]

    assert (len(points), len(statements)) == (48, 7)


@pytest.mark.parametrize(("url", "most"), [(CRITERIA, 20), (REQUESTS, 16)])
def test_page_has_a_fixed_number_of_queries_and_stays_small(
    client: Client, framework: Framework, django_assert_max_num_queries, url: str, most: int
):
    client.force_login(make_user(Role.LANO))
    client.get(url)

    with django_assert_max_num_queries(most):
        response = client.get(url)

    assert len(response.content) < 100_000
