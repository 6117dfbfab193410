"""Two uploads held against each other."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from children import actions, gather, reading_upload
from children.models import ListFinding, ListRow, ListUpload
from children.trend import read_uploads
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells
from tests.factories.lists import AT, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LATER = AT + timedelta(days=1)
STAYS = plan_cells(gender="")
GOES = plan_cells(unique_id="SYN7", upn="", uln="1000000043", ethnicity="")
COMES = plan_cells(unique_id="SYN8", upn="", uln="1000000051", main_urn="", date_of_birth="01/01/2012")


@pytest.fixture
def later(data_lead):
    read_lists_of(by=data_lead, plans=[STAYS, GOES])
    return read_lists_of(by=data_lead, plans=[COMES, STAYS | {"disability": "No", "absence": 9}], at=LATER)


def test_rows_added_gone_and_changed_are_counted_by_column(later):
    assert later.difference["sheets"] == {
        "List_1": {
            "added": 1,
            "gone": 1,
            "changed": 1,
            "columns": {"Absence": 1, "Does the child or young person have a disability?": 1},
        },
        "List_2": {"added": 0, "gone": 0, "changed": 0, "columns": {}},
    }


def test_findings_are_new_fixed_or_still_there(later):
    new = set(ListFinding.objects.filter(upload=later, is_new=True).values_list("rule", flat=True))

    assert later.difference["findings"]["fixed"] == 1
    assert later.difference["findings"]["still"] == 1
    assert later.difference["findings"]["new"] == len(new)
    assert "108a" in new
    assert "101b" not in new


def test_old_file_read_again_displaces_no_later_lists(data_lead):
    first = read_lists_of(by=data_lead, plans=[STAYS, GOES])
    later = read_lists_of(by=data_lead, plans=[STAYS], at=LATER)
    ListUpload.objects.filter(pk=later.pk).update(extracted_on=LATER.date() + timedelta(days=1))

    order = actions.read_again(by=data_lead, at=LATER + timedelta(days=1), upload=first)
    again = reading_upload.read_upload(order.pk)

    later.refresh_from_db()
    assert (again.is_current, later.is_current) == (False, True)
    assert again.difference == {}
    assert list(read_uploads()) == [later, again]


def test_upload_without_rows_is_not_the_one_before(data_lead):
    first = read_lists_of(by=data_lead, plans=[STAYS, GOES])
    empty = read_lists_of(by=data_lead, at=AT + timedelta(minutes=1))
    ListUpload.objects.filter(pk=empty.pk).update(row_counts={})

    later = read_lists_of(by=data_lead, plans=[STAYS], at=LATER)

    assert later.difference["before"] == first.pk


def test_rows_are_found_by_what_became_of_them(later):
    def ids(change):
        return list(gather.rows_changed(later, change).values_list("unique_id", flat=True))

    assert (ids("added"), ids("changed"), ids("gone")) == (["SYN8"], ["SYN1"], ["SYN7"])


def test_numbers_kept_on_the_upload_name_no_child(later):
    assert "SYN" not in json.dumps(later.difference)


def test_first_upload_has_nothing_to_compare_with(data_lead):
    upload = read_lists_of(by=data_lead)

    assert upload.difference == {}
    assert not ListRow.objects.exclude(change="").exists()


def test_page_shows_numbers_to_totals_readers_and_rows_to_row_readers(client, later, data_lead):
    url = reverse("children:difference-show", args=[later.pk])

    rows = client.get(url, {"rows": "gone"}).content.decode()
    client.force_login(make_user(Role.DIRECTOR))
    totals = client.get(url, {"rows": "gone"}).content.decode()

    assert "SYN7" in rows
    assert "1 finding fixed" in rows
    assert "too small to be shown" in totals
    assert "1 finding fixed" not in totals
    assert "SYN7" not in totals
    assert AuditEvent.objects.filter(action="list_rows.viewed").count() == 1


def test_page_of_the_first_upload_says_so(client, data_lead):
    upload = read_lists_of(by=data_lead)

    page = client.get(reverse("children:difference-show", args=[upload.pk])).content.decode()

    assert "There was no upload to compare with" in page


def test_rows_that_are_gone_ignore_capitals_as_their_number_does(data_lead):
    read_lists_of(by=data_lead, plans=[STAYS, GOES])

    later = read_lists_of(by=data_lead, plans=[STAYS | {"unique_id": STAYS["unique_id"].lower()}], at=LATER)

    gone = gather.rows_changed(later, "gone")
    assert later.difference["sheets"]["List_1"]["gone"] == 1
    assert [row.unique_id for row in gone] == ["SYN7"]


def test_repeated_unique_id_stands_among_the_rows_that_are_gone_as_often_as_it_counts(data_lead):
    twice = STAYS | {"upn": "", "uln": "1000000043", "date_of_birth": "02/02/2012"}
    read_lists_of(by=data_lead, plans=[STAYS, twice, GOES])

    later = read_lists_of(by=data_lead, plans=[STAYS], at=LATER)

    gone = gather.rows_changed(later, "gone")
    assert later.difference["sheets"]["List_1"]["gone"] == 2
    assert [(row.unique_id, row.excel_row) for row in gone] == [("SYN1", 3), ("SYN7", 4)]
