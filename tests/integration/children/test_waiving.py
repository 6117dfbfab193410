"""Letting findings stand: what counts, what is carried on, what comes back."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from children import actions
from children.models import ListFinding, Waiver
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells
from tests.factories.lists import AT, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
UNTIL = date(2027, 6, 1)
PLANS = [
    plan_cells(social_care="Yes"),
    plan_cells(unique_id="SYN5", upn="", uln="1000000043", social_care="Yes", gender=""),
]


def waived(by, upload, *, unique_id="SYN1", rule="S152", is_whole_rule=False):
    finding = ListFinding.objects.get(upload=upload, rule=rule, unique_id=unique_id)
    return actions.waive(
        by=by, at=AT, finding=finding, is_whole_rule=is_whole_rule, reason="Team not yet formed.", until_on=UNTIL
    )


def counts(upload):
    upload.refresh_from_db()
    return upload.error_count, upload.query_count, upload.waived_count


def test_waived_finding_no_longer_counts(data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    assert counts(upload) == (1, 2, 0)

    waived(data_lead, upload)

    assert counts(upload) == (1, 1, 1)


def test_page_says_how_many_are_waived(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    url = reverse("children:finding-list", args=[upload.pk])

    waived(data_lead, upload)
    one = client.get(url).content.decode()
    waived(data_lead, upload, unique_id="SYN5")
    two = client.get(url).content.decode()

    assert "1 more</a> is waived." in one
    assert "2 more</a> are waived." in two


def test_waiver_of_the_whole_rule_takes_all_its_findings(data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)

    waived(data_lead, upload, is_whole_rule=True)

    assert counts(upload) == (1, 0, 2)


def test_waiver_is_carried_to_the_next_upload(data_lead):
    waived(data_lead, read_lists_of(by=data_lead, plans=PLANS))

    again = read_lists_of(by=data_lead, plans=PLANS, at=AT + timedelta(days=1))

    assert counts(again) == (1, 1, 1)


def test_changed_value_brings_the_finding_back(data_lead):
    changed = [plan_cells(uln="12"), *PLANS[1:]]
    first = read_lists_of(by=data_lead, plans=[plan_cells(uln="1"), *PLANS[1:]])
    waived(data_lead, first, rule="S124")

    same = read_lists_of(by=data_lead, plans=[plan_cells(uln="1"), *PLANS[1:]], at=AT + timedelta(days=1))
    other = read_lists_of(by=data_lead, plans=changed, at=AT + timedelta(days=2))

    assert same.waived_count == 1
    assert other.waived_count == 0


def test_same_value_in_another_column_of_a_child_is_not_waived(data_lead):
    plans = [plan_cells(absence="n/a", date_of_birth="n/a")]
    upload = read_lists_of(by=data_lead, plans=plans)
    finding = ListFinding.objects.get(rule="unreadable value", column__startswith="Date of birth")

    actions.waive(by=data_lead, at=AT, finding=finding, is_whole_rule=False, reason="Known.", until_on=UNTIL)
    again = read_lists_of(by=data_lead, plans=plans, at=AT + timedelta(days=1))

    assert counts(upload)[2] == again.waived_count == 1


def test_header_that_the_layout_does_not_know_stays_out_of_the_audit_trail(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    finding = ListFinding.objects.filter(upload=upload).first()
    ListFinding.objects.filter(pk=finding.pk).update(column="Invented Person")

    assert client.get(reverse("children:finding-waive", args=[upload.pk, finding.pk])).status_code == 200

    event = AuditEvent.objects.filter(action="list_findings.viewed").latest("pk")
    assert "Invented" not in json.dumps(event.fields)


def test_waiver_that_is_over_no_longer_holds(data_lead, time_machine):
    waived(data_lead, read_lists_of(by=data_lead, plans=PLANS))

    time_machine.move_to(AT + timedelta(days=250))
    later = read_lists_of(by=data_lead, plans=PLANS, at=AT + timedelta(days=250))

    assert later.waived_count == 0


def test_withdrawn_waiver_counts_again(data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    waiver = waived(data_lead, upload)

    actions.withdraw_waiver(by=data_lead, at=AT, waiver=waiver)

    assert counts(upload) == (1, 2, 0)
    with pytest.raises(NotAllowed):
        actions.withdraw_waiver(by=data_lead, at=AT, waiver=waiver)


def test_waiver_and_its_trail_name_no_child(data_lead):
    waived(data_lead, read_lists_of(by=data_lead, plans=PLANS))

    kept = json.dumps(list(Waiver.objects.values("rule", "sheet", "subject", "reason")))
    trail = json.dumps([[e.text, e.thing_label] for e in AuditEvent.objects.filter(action="finding.waived")])
    assert "SYN" not in kept + trail


@pytest.mark.parametrize("role", [Role.SEND_TEAM, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_nobody_else_waives(data_lead, role):
    upload = read_lists_of(by=data_lead, plans=PLANS)

    with pytest.raises(NotAllowed):
        waived(make_user(role), upload)


def test_pages_waive_list_and_withdraw(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    finding = ListFinding.objects.get(rule="S152", unique_id="SYN1")
    url = reverse("children:finding-waive", args=[upload.pk, finding.pk])

    shown = client.get(url).content.decode()
    wrong = client.post(url, {"scope": "finding", "reason": "", "until_on": "31/02/2027"})
    right = client.post(url, {"scope": "finding", "reason": "In hand.", "until_on": "1/6/2027"}, follow=True)
    listed = client.get(reverse("children:waiver-list")).content.decode()
    hidden = client.get(reverse("children:finding-list", args=[upload.pk]), {"rule": "S152"}).content.decode()
    asked = client.get(reverse("children:finding-list", args=[upload.pk]), {"waived": "only"}).content.decode()
    gone = client.post(reverse("children:waiver-withdraw", args=[Waiver.objects.get().pk]), follow=True)

    assert "found 2 places" in shown
    assert wrong.status_code == 422
    assert "no longer counts" in right.content.decode()
    assert "In hand." in listed
    assert "List_1 row 2" not in hidden
    assert "List_1 row 2" in asked
    assert "counts again" in gone.content.decode()


def test_notice_beside_the_lists_names_what_stands(data_lead):
    from children.exporting.lists import gather_lists, notice_of

    waived(data_lead, read_lists_of(by=data_lead, plans=PLANS))

    assert "S152 in List_1, 1 finding(s): Team not yet formed." in notice_of(gather_lists({}))


def test_rule_no_longer_waived_leaves_a_single_waiver_standing(data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    single = waived(data_lead, upload)
    whole = waived(data_lead, upload, unique_id="SYN5", is_whole_rule=True)
    assert counts(upload) == (1, 0, 2)

    actions.withdraw_waiver(by=data_lead, at=AT, waiver=whole)

    assert counts(upload) == (1, 1, 1)
    assert ListFinding.objects.get(upload=upload, rule="S152", unique_id="SYN1").waiver == single


def test_single_waiver_withdrawn_leaves_its_finding_to_that_of_the_rule(data_lead):
    upload = read_lists_of(by=data_lead, plans=PLANS)
    waived(data_lead, upload, is_whole_rule=True)
    single = waived(data_lead, upload)

    actions.withdraw_waiver(by=data_lead, at=AT, waiver=single)

    assert counts(upload) == (1, 0, 2)
