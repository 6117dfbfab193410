"""Findings by responsible officer: groups, filters, fix lists on the page and as a workbook, and who sees them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from children import actions, owners, reading_upload
from children.exporting.fixes import KIND
from children.models import ListFinding, ListRow, RowErasure
from documents import making
from documents.actions import order_export
from documents.files import open_stored
from documents.models import Export
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells, support_cells
from tests.factories.lists import AT, lists_bytes, order_upload, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

OFFICER, TEAM, SOURCE, DAY = "responsible_officer", "responsible_team", "source", "as_at"
PLANS = [
    plan_cells(
        unique_id="SYN1", gender="", **{OFFICER: "Officer 2", TEAM: "North", SOURCE: "Casework", DAY: date(2026, 10, 4)}
    ),
    plan_cells(unique_id="SYN3", upn="", uln="", **{OFFICER: "officer  2", TEAM: "South", DAY: date(2026, 11, 20)}),
    plan_cells(unique_id="SYN4", upn="M999200019003", gender="", ethnicity="", **{OFFICER: "Officer 1", TEAM: "North"}),
    plan_cells(unique_id="SYN5", upn="", uln="1000000043", gender="", **{TEAM: "South"}),
]
SUPPORT = [support_cells(unique_id="SYN6", upn="B999200019006", main_phase="")]


@pytest.fixture
def upload(data_lead):
    ordered = order_upload(by=data_lead, content=lists_bytes(plans=PLANS, support=SUPPORT, local={}))
    return reading_upload.read_upload(ordered.pk)


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_owners_are_officers_then_teams_then_nobody(upload):
    found = owners.with_counts(owners.owners_of(upload), upload)

    assert [(owner.number, owner.name, owner.teams, owner.rows, owner.errors) for owner in found] == [
        (1, "Officer 1", ("North",), 1, 3),
        (2, "Officer 2", ("North", "South"), 2, 2),
        (3, "South, no officer named", ("South",), 1, 1),
        (4, "Nobody named", (), 1, 1),
    ]
    assert found[1].oldest_on == date(2026, 10, 4)


def test_owner_page_groups_the_findings_and_shows_the_age(client, upload):
    page = page_of(client.get(reverse("children:owner-list", args=[upload.pk])))

    assert "Officer 2" in page
    assert "4 Oct 2026, 50 days old" in page
    assert reverse("children:fix-list", args=[upload.pk, 2]) in page


def test_fix_list_has_the_officers_rows_and_no_others(client, upload):
    page = page_of(client.get(reverse("children:fix-list", args=[upload.pk, 2])))

    assert "List_1 row 2" in page
    assert "List_1 row 3" in page
    assert "List_1 row 4" not in page
    assert "Casework" in page


def test_fix_list_leaves_out_what_is_waived(client, data_lead, upload):
    actions.waive(
        by=data_lead,
        at=AT,
        finding=ListFinding.objects.get(unique_id="SYN1"),
        is_whole_rule=False,
        reason="Known.",
        until_on=date(2027, 1, 1),
    )

    assert "List_1 row 2" not in page_of(client.get(reverse("children:fix-list", args=[upload.pk, 2])))


def test_lists_without_own_columns_say_how_to_get_fix_lists(client, data_lead):
    upload = read_lists_of(by=data_lead)

    assert "Add a column “Responsible officer”" in page_of(client.get(reverse("children:owner-list", args=[upload.pk])))
    assert client.get(reverse("children:fix-list", args=[upload.pk, 1])).status_code == 404


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        ({"owner": "2"}, {2, 3}),
        ({"owner": "3"}, {5}),
        ({"officer_team": "North"}, {2, 4}),
        ({"phase": "primary"}, {2, 3, 4, 5}),
        ({"owner": "1", "rule": "101c"}, {4}),
        ({"owner": "99"}, {2, 3, 4, 5}),
    ],
    ids=["officer", "team without officer", "team", "phase", "officer and rule", "no such owner"],
)
def test_findings_are_filtered_by_owner_team_and_phase(client, upload, choice, rows):
    response = client.get(reverse("children:finding-list", args=[upload.pk]), choice)

    assert {line.finding.excel_row for line in response.context["lines"] if line.finding.sheet == "List_1"} == rows


def test_filters_with_nothing_to_choose_are_left_out(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])

    page = page_of(client.get(reverse("children:finding-list", args=[upload.pk])))

    assert 'name="owner"' not in page
    assert 'name="phase"' in page


def test_row_page_shows_the_councils_own_columns(client, upload):
    page = page_of(client.get(reverse("children:row-show", args=[upload.pk, "List_1", 2])))

    assert "Officer 2" in page
    assert "4 Oct 2026, 50 days old" in page


def test_fix_list_as_a_workbook_names_place_fix_and_age(data_lead, upload):
    export = making.make_export(
        order_export(by=data_lead, at=AT, kind=KIND, params={"upload": upload.pk, "owner": 2}).pk
    )

    assert export.is_done, export.error
    with open_stored(export) as source:
        book = load_workbook(io.BytesIO(source.read()))
    lines = [[cell.value for cell in row] for row in book["Fix list"].iter_rows(min_row=2)]
    assert [(line[0], line[1], line[2], line[6], line[8], line[11]) for line in lines] == [
        ("List_1", 2, "SYN1", "101b", "North", 50),
        ("List_1", 3, "SYN3", "107", "South", 3),
    ]
    assert export.is_vaulted
    assert "OFFICIAL-SENSITIVE" in book["Fix list"].oddHeader.center.text


def test_order_of_a_fix_list_keeps_the_name_out_of_what_outlives_the_rows(client, upload):
    client.get(reverse("children:fix-list", args=[upload.pk, 2]))
    client.post(reverse("children:fix-export", args=[upload.pk, 2]))

    export = Export.objects.get(kind=KIND)
    assert (export.title, export.params) == (
        "Fix list 2 of the lists as at 23 November 2026",
        {"upload": upload.pk, "owner": 2},
    )
    assert "Officer 2" not in str(list(AuditEvent.objects.values_list("text", "thing_label", "fields")))


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LANO, Role.DATA_LEAD}])
def test_nobody_else_sees_officers_or_orders_their_lists(client, upload, role):
    person = make_user(role)
    client.force_login(person)

    for name, arguments in (("owner-list", [upload.pk]), ("fix-list", [upload.pk, 1])):
        assert client.get(reverse(f"children:{name}", args=arguments)).status_code == 403
    with pytest.raises(NotAllowed):
        order_export(by=person, at=AT, kind=KIND, params={"upload": upload.pk, "owner": 1})


def test_officers_go_with_the_rows(data_lead, upload):
    actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="A test.")

    assert not ListRow.objects.exists()
    assert not ListFinding.objects.exists()
    upload.refresh_from_db()
    assert "Officer" not in str(upload.rule_counts) + str(upload.difference) + str(upload.seen_headers)


def test_pages_of_owners_cost_a_fixed_number_of_queries(client, upload, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        client.get(reverse("children:owner-list", args=[upload.pk]))
    with django_assert_max_num_queries(13):
        client.get(reverse("children:fix-list", args=[upload.pk, 2]))
    with django_assert_max_num_queries(14):
        client.get(reverse("children:finding-list", args=[upload.pk]))


def test_names_are_forgotten_when_another_process_erased_the_rows(client, upload):
    owners.owners_of(upload)
    assert owners._owners.cache_info().currsize

    RowErasure.objects.create(upload_id=upload.pk, at=AT, rows=1, findings=0, files=0, reason="Erased by the worker.")
    owners.owners_of(read_lists_of(by=upload.ordered_by))

    assert owners._owners.cache_info().currsize == 0
