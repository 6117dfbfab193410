"""What is handed over by a deadline: made, delivered, corrected, and what is left once the file is erased."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents.actions import erase
from documents.making import make_export
from inspection.actions import deliveries as actions
from inspection.actions import packs as pack_actions
from inspection.actions.visits import step_visit
from inspection.domain.states import VisitStep
from inspection.models import Deadline, Delivery, Pack
from inspection.permissions.deliveries import check_can_correct, check_can_deliver
from tests.factories.accounts import make_user
from tests.factories.deliveries import deliver, due
from tests.factories.lists import read_lists_of
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PACKS = reverse("inspection:pack-list")
DELIVER = reverse("inspection:lists-deliver")


# -- the record


def test_delivery_of_the_lists_meets_the_deadline_of_the_visit(visit, lists, data_lead):
    delivery = deliver(data_lead, lists, visit=visit)

    deadline = due(visit)
    assert (deadline.met_at, deadline.met_by) == (delivery.delivered_at, data_lead)
    assert due(visit, "annex-a").met_at is None


def test_deadline_is_met_at_the_moment_of_the_delivery_not_of_the_record(visit, lists, data_lead):
    now = timezone.now() + timedelta(hours=3)

    deliver(data_lead, lists, visit=visit, at=now, delivered_at=now - timedelta(hours=2))

    assert due(visit).met_at == now - timedelta(hours=2)


def test_delivery_meets_the_deadline_whoever_owns_it(visit, lists, data_lead):
    Deadline.objects.filter(inspection=visit, batch="lists").update(owner_role=Role.DIRECTOR.value)

    deliver(data_lead, lists, visit=visit)

    assert due(visit).is_met


def test_dropped_deadline_and_closed_visit_are_left_alone(visit, lists, lano):
    Deadline.objects.filter(inspection=visit, batch="lists").update(standing="dropped")
    deliver(lano, lists, visit=visit)
    assert due(visit).met_at is None

    Deadline.objects.filter(inspection=visit, batch="lists").update(standing="open")
    visit = step_visit(by=lano, at=timezone.now(), visit=visit, step=VisitStep.CLOSE)
    deliver(lano, lists, visit=visit)
    assert due(visit).met_at is None


def test_audit_trail_has_version_and_sum_and_no_word_that_was_typed(visit, lists, data_lead):
    deliver(data_lead, lists, visit=visit, destination="For SYN1", note="SYN2 is in it")

    event = AuditEvent.objects.get(action="export.delivered")
    assert event.thing_label == lists.file_name
    assert f"Version {lists.version}, SHA-256 {lists.sha256}" in event.text
    assert event.fields == ["destination", "delivered_at", "delivered_by", "note"]
    told = " ".join(f"{row.thing_label} {row.text}" for row in AuditEvent.objects.all())
    assert "SYN" not in told


def test_record_outlives_the_file(visit, lists, data_lead, lano):
    delivery = deliver(data_lead, lists, visit=visit)
    erase(by=None, at=timezone.now(), kept=lists, reason="Kept long enough.")

    text = words_of(client_of(lano).get(reverse("inspection:delivery-show", args=[delivery.pk])))

    assert lists.sha256 in text
    assert lists.file_name in text
    assert "File erased" in text
    assert "The inspectors' site" in text.replace("&#x27;", "'")
    assert deliver(data_lead, lists, visit=visit), "what was uploaded before the erasure can still be recorded"


# -- corrections


def test_correction_takes_the_place_of_a_record_that_stays(visit, lists, data_lead):
    wrong = deliver(data_lead, lists, visit=visit)
    later = wrong.delivered_at + timedelta(minutes=30)

    right = deliver(
        data_lead, lists, visit=visit, destination="The other site", corrects=wrong, at=later, delivered_at=later
    )

    wrong.refresh_from_db()
    assert wrong.destination == "The inspectors' site"
    assert list(Delivery.objects.standing()) == [right]
    assert due(visit).met_at == later
    assert AuditEvent.objects.filter(action="export.delivery-corrected").count() == 1


def test_withdrawal_opens_the_deadline_again(visit, lists, data_lead):
    wrong = deliver(data_lead, lists, visit=visit)

    actions.withdraw_delivery(by=data_lead, at=timezone.now(), delivery=wrong, reason="The site was down.")

    assert not due(visit).is_met
    assert not Delivery.objects.standing().exists()
    assert Delivery.objects.count() == 2


def test_withdrawal_leaves_the_deadline_met_by_another_delivery(visit, lists, data_lead):
    first = deliver(data_lead, lists, visit=visit)
    again = first.delivered_at + timedelta(hours=1)
    second = deliver(data_lead, lists, visit=visit, at=again, delivered_at=again)

    actions.withdraw_delivery(by=data_lead, at=again, delivery=first, reason="It broke off.")

    assert due(visit).met_at == second.delivered_at


def test_record_is_corrected_once(visit, lists, data_lead):
    wrong = deliver(data_lead, lists, visit=visit)
    withdrawn = actions.withdraw_delivery(by=data_lead, at=timezone.now(), delivery=wrong, reason="No.")

    with pytest.raises(NotAllowed, match="corrected already"):
        deliver(data_lead, lists, visit=visit, corrects=wrong)
    with pytest.raises(NotAllowed, match="Record the delivery anew"):
        actions.withdraw_delivery(by=data_lead, at=timezone.now(), delivery=withdrawn, reason="No.")


# -- who may


MAY_DELIVER_LISTS = {Role.LANO, Role.DATA_LEAD}


@pytest.mark.parametrize("role", Role)
def test_who_may_record_a_delivery_of_the_lists(lists, data_lead, role):
    person = make_user(role)
    delivery = deliver(data_lead, lists)

    if role in MAY_DELIVER_LISTS:
        check_can_deliver(person, lists)
        check_can_correct(person, delivery)
    else:
        with pytest.raises(NotAllowed):
            check_can_deliver(person, lists)
        with pytest.raises(NotAllowed):
            check_can_correct(person, delivery)


@pytest.mark.parametrize("role", Role)
def test_who_may_make_the_lists(data_lead, role):
    read_lists_of(by=data_lead)
    client = client_of(make_user(role))

    response = client.post(reverse("inspection:lists-order"))

    assert response.status_code == (302 if role in MAY_DELIVER_LISTS else 403)


@pytest.mark.parametrize("role", Role)
def test_data_lead_never_delivers_a_pack(lano, role):
    export = pack_actions.order_pack(by=lano, at=timezone.now(), inspection=None, parts=("annex-a",))
    make_export(export.pk)
    export.refresh_from_db()
    now = timezone.now()
    pack = Pack.objects.get(export=export)
    pack_actions.sign_off_pack(by=make_user(Role.DIRECTOR), at=now, pack=pack)
    pack_actions.release_pack(by=lano, at=now, pack=pack)
    person = make_user(role)

    if role is Role.LANO:
        check_can_deliver(person, export)
    else:
        with pytest.raises(NotAllowed):
            check_can_deliver(person, export)


def test_other_exports_are_not_delivered(data_lead, lists):
    lists.kind = "list-findings"

    with pytest.raises(NotAllowed, match="not handed over"):
        check_can_deliver(data_lead, lists)
