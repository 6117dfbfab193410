"""Keep-until days, holds, erasing."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from children import actions, gather
from children.models import ListFinding, ListRow, RowErasure
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
