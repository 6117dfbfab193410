"""The pages of what is handed over by a deadline, without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from documents.making import make_export
from inspection.actions import deliveries as actions
from inspection.actions import packs as pack_actions
from inspection.actions.visits import start_visit, step_visit
from inspection.domain.states import VisitStep
from inspection.models import Delivery, Pack
from tests.factories.accounts import make_user
from tests.factories.deliveries import deliver, due, make_lists
from tests.factories.lists import read_lists_of
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PACKS = reverse("inspection:pack-list")
DELIVER = reverse("inspection:lists-deliver")


def typed(export, by, /, **changes) -> dict:
    local = timezone.localtime()
    return {
        "export": export.pk,
        "destination": "The inspectors' site",
        "on": f"{local:%d/%m/%Y}",
        "at_time": f"{local:%H:%M}",
        "delivered_by": by.pk,
        "note": "Receipt 12",
    } | changes


def test_page_of_a_call_that_could_come_says_when_each_would_be_due(data_lead):
    text = words_of(client_of(data_lead).get(PACKS))

    assert text.count("Would be due") == 2
    assert "by 12:00" in text
    assert "No person-level lists are there to export. Upload them first." in text
    assert "six" not in text.lower()


def test_data_lead_makes_takes_and_delivers_the_lists(visit, data_lead):
    read_lists_of(by=data_lead)
    client = client_of(data_lead)
    ordered = client.post(reverse("inspection:lists-order"))
    export = make_export(int(ordered.url.rstrip("/").split("/")[-1]))

    before = words_of(client.get(PACKS))
    recorded = client.post(DELIVER, typed(export, data_lead))
    after = words_of(client.get(PACKS))

    assert "To be delivered" in before
    assert "Download the person-level lists" in before
    assert recorded.url == f"{PACKS}#lists"
    assert Delivery.objects.get().inspection == visit
    assert due(visit).is_met
    assert "Delivered" in after
    assert "Receipt 12" in words_of(client.get(reverse("inspection:delivery-show", args=[Delivery.objects.get().pk])))


def test_page_says_that_the_lists_moved_on_since(visit, lists, data_lead):
    deliver(data_lead, lists, visit=visit)
    make_lists(by=data_lead)
    read_lists_of(by=data_lead)

    text = words_of(client_of(data_lead).get(PACKS))

    assert "Out of date" in text
    assert "What there is now is not the version that was delivered." in text


def test_send_team_sees_what_stands_and_why_it_cannot_press(visit, lists):
    page = client_of(make_user(Role.SEND_TEAM)).get(PACKS)

    text = words_of(page)
    assert lists.file_name in text
    assert text.count("Only these roles may export the person-level workbook") == 2
    assert reverse("documents:export-show", args=[lists.pk]) not in page.content.decode()
    assert DELIVER not in page.content.decode()


def test_data_lead_sees_no_pack(visit, lano, data_lead):
    export = pack_actions.order_pack(by=lano, at=timezone.now(), inspection=None, parts=("annex-a",))
    make_export(export.pk)

    page = client_of(data_lead).get(PACKS).content.decode()

    assert "Build a pack" not in page
    assert reverse("inspection:pack-show", args=[Pack.objects.get().pk]) not in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"destination": ""}, "Say where it was uploaded."),
        ({"on": "31/02/2026"}, "31/02/2026"),
        ({"at_time": ""}, "Give the time."),
        ({"on": "01/01/2020"}, "after this version was made"),
        ({"on": "01/01/2099"}, "not in the future"),
        ({"export": 0}, "Choose the version that was uploaded."),
        ({"delivered_by": 0}, "Say who uploaded it."),
    ],
    ids=["nowhere", "no such day", "no time", "too early", "too late", "no such version", "nobody"],
)
def test_form_says_what_to_mend_and_keeps_nothing(visit, lists, data_lead, changes, said):
    response = client_of(data_lead).post(DELIVER, typed(lists, data_lead, **changes))

    assert response.status_code == 400
    assert said in words_of(response)
    assert not Delivery.objects.exists()


def test_nothing_to_deliver_leads_back_to_the_packs(data_lead):
    response = client_of(data_lead).get(DELIVER, follow=True)

    assert "Make the person-level lists first" in words_of(response)


def test_two_visits_that_run_are_asked_for(visit, lists, lano):
    rehearsal = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate(), is_rehearsal=True)
    client = client_of(lano)

    assert "For which visit?" in words_of(client.get(DELIVER))
    client.post(DELIVER, typed(lists, lano, inspection=str(rehearsal.pk)))

    assert due(rehearsal).is_met
    assert not due(visit).is_met


def test_record_is_corrected_and_taken_back_on_its_page(visit, lists, data_lead):
    client = client_of(data_lead)
    client.post(DELIVER, typed(lists, data_lead))
    first = Delivery.objects.get()
    correct = reverse("inspection:delivery-correct", args=[first.pk])

    client.post(correct, typed(lists, data_lead, destination="The other site"))
    second = Delivery.objects.get(corrects=first)
    refused = client.post(correct, typed(lists, data_lead))
    withdraw = reverse("inspection:delivery-withdraw", args=[second.pk])
    empty = client.post(withdraw, {"reason": ""})
    client.post(withdraw, {"reason": "The site was down."})

    assert refused.status_code == 403
    assert empty.status_code == 400
    assert "Say why" in words_of(empty)
    assert Delivery.objects.get(corrects=second).is_withdrawal
    assert not due(visit).is_met
    text = words_of(client.get(PACKS))
    assert ("Corrected" in text, "Taken back" in text, "Not delivered after all" in text) == (True, True, True)


def test_finding_of_home_opens_the_page_of_the_lists(visit, data_lead):
    page = client_of(data_lead).get(reverse("inspection:home")).content.decode()

    assert f'href="{PACKS}#lists"' in page
    assert 'id="lists"' in client_of(data_lead).get(PACKS).content.decode()


def test_taken_back_delivery_is_due_again_on_home(visit, lists, data_lead):
    client, home = client_of(data_lead), reverse("inspection:home")
    delivery = deliver(data_lead, lists, visit=visit)
    assert f'href="{PACKS}#lists"' not in client.get(home).content.decode()

    actions.withdraw_delivery(by=data_lead, at=timezone.now(), delivery=delivery, reason="The site was down.")

    assert f'href="{PACKS}#lists"' in client.get(home).content.decode()


def test_page_takes_as_many_queries_however_many_deliveries(visit, lists, lano, django_assert_max_num_queries):
    def fill(number):
        for _ in range(number):
            first = deliver(lano, lists, visit=visit)
            deliver(lano, lists, visit=visit, corrects=first)

    client = client_of(lano)
    fill(1)
    with django_assert_max_num_queries(60) as one:
        client.get(PACKS)
    fill(8)
    with django_assert_max_num_queries(len(one)):
        client.get(PACKS)


def test_late_delivery_is_recorded_for_a_visit_that_is_closed(visit, lists, data_lead, lano):
    step_visit(by=lano, at=timezone.now(), visit=visit, step=VisitStep.CLOSE, reason="It is over.")
    client = client_of(data_lead)

    page = words_of(client.get(DELIVER))
    client.post(DELIVER, typed(lists, data_lead, inspection=visit.pk))

    assert f"{visit} (closed)" in page
    assert "For none of them" in page
    assert Delivery.objects.get().inspection == visit
    assert not due(visit).is_met, "what stood when the visit was closed stays"
    client.post(DELIVER, typed(lists, data_lead, inspection=""))
    assert Delivery.objects.latest("pk").inspection is None


def test_deadline_leads_to_its_delivery(visit, lists, data_lead):
    address = reverse("inspection:deadline-show", args=[visit.pk, due(visit).pk])
    before = words_of(client_of(data_lead).get(address))
    delivery = deliver(data_lead, lists, visit=visit)

    after = client_of(data_lead).get(address).content.decode()

    assert "Nothing is on record as handed over." in before
    assert reverse("inspection:delivery-show", args=[delivery.pk]) in after
    assert "Handed over on" in after
