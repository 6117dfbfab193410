"""Keep-until days, holds, erasing."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from children import actions, gather
from children.models import ListFinding, ListRow, ListUpload, RowErasure
from documents import making
from documents.actions import order_export
from documents.exports import kind_of
from documents.models import Export
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells
from tests.factories.lists import AT, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LATER = AT + timedelta(days=200)


def test_due_rows_findings_and_files_go_and_totals_stay(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])

    records = actions.erase_due(by=None, at=LATER)

    upload.refresh_from_db()
    assert [(record.rows, record.findings, record.files) for record in records] == [(2, 1, 1)]
    assert not ListRow.objects.exists()
    assert not ListFinding.objects.exists()
    assert upload.files.get().erased_at == LATER
    assert (upload.error_count, upload.row_counts) == (1, {"List_1": 1, "List_2": 1})
    assert not upload.is_current


def test_file_that_is_held_keeps_its_own_upload_and_no_other(data_lead):
    held, other = (read_lists_of(by=data_lead, at=AT + timedelta(hours=n)) for n in range(2))
    held.files.update(has_legal_hold=True)

    records = actions.erase_due(by=None, at=LATER)

    assert [record.upload_id for record in records] == [other.pk]
    assert ListRow.objects.filter(upload=held).count() == 2


def test_hold_set_since_an_upload_was_looked_up_keeps_it(data_lead):
    upload = read_lists_of(by=data_lead)
    ListUpload.objects.filter(pk=upload.pk).update(has_legal_hold=True)

    with pytest.raises(NotAllowed, match="held"):
        actions.erase_rows(by=None, at=LATER, upload=upload, reason="Over.")


def test_copies_made_of_an_upload_go_with_its_rows(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])
    other = read_lists_of(by=data_lead, plans=[plan_cells(gender="")], at=AT + timedelta(hours=1))
    copies = [
        making.make_export(order_export(by=data_lead, at=AT, kind=kind, params={"upload": each.pk}).pk)
        for kind, each in (("list-findings", upload), ("list-marked", upload), ("list-findings", other))
    ]

    planned = gather.erasure_of(upload).files
    record = actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="Over.")

    assert (planned, record.files) == (3, 3)
    assert [bool(Export.objects.get(pk=copy.pk).erased_at) for copy in copies] == [True, True, False]


@pytest.mark.parametrize("kind", ["list-findings", "list-composition-exact", "person-level-lists"])
def test_file_that_is_made_while_its_rows_are_erased_is_not_kept(data_lead, kind, monkeypatch):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])
    export = order_export(by=data_lead, at=AT, kind=kind, params={"upload": upload.pk})
    made = kind_of(kind)

    def write_slowly(inputs, out, beat):
        written = made.write(inputs, out, beat)
        actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="Over.")
        return written

    monkeypatch.setattr(making, "kind_of_export", lambda _: replace(made, write=write_slowly))
    done = making.make_export(export.pk)

    assert (done.state, done.path) == ("failed", "")
    assert "were erased while" in done.error


def test_copies_are_held_and_released_with_their_upload(data_lead):
    upload = read_lists_of(by=data_lead, plans=[plan_cells(gender="")])
    lano = make_user(Role.LANO)
    early = making.make_export(order_export(by=data_lead, at=AT, kind="list-findings", params={"upload": upload.pk}).pk)

    actions.hold_rows(by=lano, at=AT, upload=upload, is_held=True, reason="A complaint is open.")
    late = making.make_export(order_export(by=data_lead, at=AT, kind="list-marked", params={"upload": upload.pk}).pk)

    for is_held in (True, False):
        assert [Export.objects.get(pk=each.pk).has_legal_hold for each in (early, late)] == [is_held, is_held]
        actions.hold_rows(by=lano, at=AT, upload=upload, is_held=False, reason="It is over.")


def test_record_of_an_erasure_says_no_who(data_lead):
    read_lists_of(by=data_lead, plans=[plan_cells(gender="")])

    actions.erase_due(by=None, at=LATER)

    record = json.dumps(list(RowErasure.objects.values("reason", "rows")))
    trail = json.dumps([[e.text, e.thing_label] for e in AuditEvent.objects.all()])
    assert "SYN" not in record + trail


def test_hold_keeps_rows_over_their_day(data_lead):
    upload = read_lists_of(by=data_lead)
    lano = make_user(Role.LANO)

    actions.hold_rows(by=lano, at=AT, upload=upload, is_held=True, reason="A complaint is open.")

    assert actions.erase_due(by=None, at=LATER) == []
    upload.refresh_from_db()
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.erase_rows(by=data_lead, at=LATER, upload=upload, reason="Over.")


def test_keep_until_moves_with_its_files(data_lead):
    upload = read_lists_of(by=data_lead)

    actions.set_keep_until(by=data_lead, at=AT, upload=upload, keep_until_on=date(2027, 9, 1), reason="Visit due.")

    assert upload.files.get().keep_until_on == date(2027, 9, 1)
    assert gather.erasure_plan(today=date(2027, 9, 1)) == []
    assert len(gather.erasure_plan(today=date(2027, 9, 2))) == 1


def test_keep_until_in_the_past_is_refused(data_lead):
    upload = read_lists_of(by=data_lead)

    with pytest.raises(NotAllowed, match="today or a later day"):
        actions.set_keep_until(by=data_lead, at=AT, upload=upload, keep_until_on=date(2026, 11, 1), reason="x")


def test_earlier_upload_can_count_again(data_lead):
    first = read_lists_of(by=data_lead)
    second = read_lists_of(by=data_lead)

    actions.make_current(by=data_lead, at=AT, upload=first)

    second.refresh_from_db()
    assert (first.is_current, second.is_current) == (True, False)


def test_command_shows_the_plan_and_erases_only_when_told(data_lead, capsys, settings):
    upload = read_lists_of(by=data_lead)
    upload.keep_until_on = date(2026, 1, 1)
    upload.save()

    call_command("erase_lists")
    assert ListRow.objects.count() == 2
    assert "2 rows" in capsys.readouterr().out

    call_command("erase_lists", "--now")
    assert not ListRow.objects.exists()


@pytest.mark.parametrize("role", [Role.SEND_TEAM, Role.DIRECTOR, Role.VIEWER])
def test_nobody_else_erases(data_lead, role):
    upload = read_lists_of(by=data_lead)

    with pytest.raises(NotAllowed):
        actions.erase_rows(by=make_user(role), at=AT, upload=upload, reason="x")


def test_rows_that_a_restored_backup_brings_back_go_again(data_lead, capsys):
    upload = read_lists_of(by=data_lead)
    actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="A wrong file.")
    ListRow.objects.create(upload=upload, sheet="List_1", excel_row=2, unique_id="SYN1")
    upload.rows_erased_at = None
    upload.save()

    call_command("erase_lists", "--again")

    upload.refresh_from_db()
    assert "Erased again: 1 rows" in capsys.readouterr().out
    assert not ListRow.objects.exists()
    assert upload.rows_erased_at == AT


@pytest.mark.parametrize("role", [Role.LANO, Role.ADMINISTRATOR], ids=["LANO", "administrator"])
def test_hold_is_set_and_lifted_on_its_page_with_a_reason(client, data_lead, role):
    upload = read_lists_of(by=data_lead)
    ListUpload.objects.filter(pk=upload.pk).update(keep_until_on=AT.date() - timedelta(days=3))
    client.force_login(make_user(role, name="Keeper"))
    url = reverse("children:upload-hold", args=[upload.pk])

    without = client.post(url, {"hold": "on", "reason": ""})
    held = client.post(url, {"hold": "on", "reason": "A tribunal."}, follow=True).content.decode()

    assert without.status_code == 422
    assert "would be due" in held
    assert "Erase what is due" not in held
    assert actions.erase_due(by=None, at=AT) == []
    page = client.get(url).content.decode()
    assert "by Keeper" in page
    assert "A tribunal." in page
    lifted = client.post(url, {"hold": "off", "reason": "It is over."}, follow=True).content.decode()
    assert "Erase what is due" in lifted
    trail = AuditEvent.objects.filter(action__in=["lists.held", "lists.released"]).order_by("pk")
    assert list(trail.values_list("action", "text")) == [
        ("lists.held", "A tribunal."),
        ("lists.released", "It is over."),
    ]


def test_page_of_a_held_upload_says_so_and_offers_no_erasing(client, data_lead):
    upload = read_lists_of(by=data_lead)
    lano = make_user(Role.LANO)
    actions.hold_rows(by=lano, at=AT, upload=upload, is_held=True, reason="A complaint is open.")

    page = client.get(reverse("children:upload-show", args=[upload.pk])).content.decode()

    assert "A legal hold stands" in page
    assert "A complaint is open." in page
    assert reverse("children:upload-erase", args=[upload.pk]) not in page
    assert reverse("children:upload-hold", args=[upload.pk]) not in page  # for the LANO and the administrator


def test_hold_stands_on_the_same_file_read_again(data_lead):
    upload = read_lists_of(by=data_lead)
    actions.hold_rows(by=make_user(Role.LANO), at=AT, upload=upload, is_held=True, reason="A complaint is open.")

    again = actions.read_again(by=data_lead, at=AT, upload=upload)

    assert again.has_legal_hold
    assert [stored.has_legal_hold for stored in again.files.all()] == [True]
    assert gather.hold_on(again) is not None


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LANO, Role.ADMINISTRATOR}])
def test_nobody_else_sets_a_hold(client, data_lead, role):
    upload = read_lists_of(by=data_lead)
    client.force_login(make_user(role))

    response = client.post(reverse("children:upload-hold", args=[upload.pk]), {"hold": "on", "reason": "Mine."})

    assert response.status_code == 403
