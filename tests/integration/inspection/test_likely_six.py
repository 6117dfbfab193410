"""The likely six on its page: who sees, who swaps, what is logged, what goes when rows go."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from children import actions as list_actions
from children.domain.composition import compose
from children.domain.composition_values import values_of
from children.models import ListComposition, ListRow, ListUpload
from children.stored_rows import candidates
from children.upkeep import erase_rows_again
from inspection.models import LikelyChild, LikelySix
from tests.factories.accounts import make_area, make_user
from tests.factories.children import plan_cells, schema, support_cells
from tests.factories.lists import AT, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PAGE = "inspection:six-show"
NEEDS = ["ASD", "SEMH", "SLCN", "MLD", "HI"]
PLANS = [
    plan_cells(unique_id=f"SYN1{n:03}", upn="", primary_need=NEEDS[n % 5], absence=float(n % 30)) for n in range(30)
]
SUPPORT = [support_cells(unique_id=f"SYN5{n:03}", upn="", primary_need=NEEDS[n % 5]) for n in range(20)]
ALTERNATIVE = plan_cells(unique_id="SYN1900", upn="", main_phase="pru/ap", date_of_birth="04/03/2012")


@pytest.fixture(autouse=True)
def _day(time_machine):
    time_machine.move_to(AT)


@pytest.fixture
def lano(client):
    make_area()
    person = make_user(Role.LANO)
    client.force_login(person)
    return person


@pytest.fixture
def upload(lano):
    return read_lists_of(by=lano, plans=[*PLANS, ALTERNATIVE], support=SUPPORT)


def page_of(response):
    return response.content.decode()


def propose(client, seed="7"):
    return client.post(reverse("inspection:six-propose"), {"seed": seed}, follow=True)


def ids(**which) -> list[str]:
    return list(LikelyChild.objects.filter(**which).values_list("unique_id", flat=True))


def test_page_without_lists_says_what_to_do(client, lano):
    assert "No person-level lists count just now" in page_of(client.get(reverse(PAGE)))


def test_lano_proposes_and_sees_six_with_reasons(client, upload):
    page = page_of(propose(client))

    assert len(ids(is_substitute=False)) == len(ids(is_substitute=True)) == 6
    assert "SYN1900" in page
    assert "The only one in alternative provision" in page
    assert LikelySix.objects.get().seed == "7"
    event = AuditEvent.objects.get(action="likely_six.proposed")
    assert (event.text, event.fields) == ("", ["seed"])


def test_same_seed_gives_the_same_six_again(client, upload):
    propose(client)
    first = ids()
    propose(client, "8")
    propose(client)

    assert ids() == first


def test_unmet_wish_is_said(client, lano):
    read_lists_of(by=lano, plans=PLANS, support=SUPPORT)

    assert "No child in the lists is in alternative provision." in page_of(propose(client))


def test_impossible_count_makes_nobody_suspended_or_absent(client, lano):
    wrong = plan_cells(unique_id="SYN1901", upn="", suspensions=-1, exclusions=-2, absence=140)
    upload = read_lists_of(by=lano, plans=[wrong], support=[support_cells(unique_id="SYN5901", upn="")])

    page = page_of(propose(client))

    child = next(candidates(upload, unique_ids=["SYN1901"]))
    assert (child.suspensions, child.exclusions, child.absence) == (None, None, None)
    assert "SYN1901" in page
    assert "-1 suspension" not in page
    assert "140 %" not in page


def test_every_look_is_logged_without_values_and_not_kept_by_the_browser(client, upload):
    propose(client)
    AuditEvent.objects.filter(action="likely_six.viewed")

    response = client.get(reverse(PAGE))

    assert response["Cache-Control"] == "private, no-store"
    events = AuditEvent.objects.filter(action__startswith="likely_six")
    assert {"likely_six.proposed", "likely_six.viewed"} <= {event.action for event in events}
    assert all("SYN" not in f"{event.text}{event.thing_label}{event.fields}" for event in events)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SEND_TEAM, Role.ADMINISTRATOR, Role.HEALTH_LEAD, Role.MEMBER])
def test_six_is_closed_to_whoever_sees_no_rows(client, upload, role):
    propose(client)
    client.force_login(make_user(role))

    assert client.get(reverse(PAGE)).status_code == 403
    assert client.post(reverse("inspection:six-propose"), {"seed": "1"}).status_code == 403
    assert client.post(reverse("inspection:six-swap", args=[1]), {"unique_id": "SYN1001"}).status_code == 403


def test_data_lead_reads_and_does_not_choose(client, upload):
    propose(client)
    client.force_login(make_user(Role.DATA_LEAD))

    page = page_of(client.get(reverse(PAGE)))

    assert "SYN1900" in page
    assert "Swap" not in page
    assert client.get(reverse("inspection:six-swap", args=[1])).status_code == 403


def test_swap_page_says_what_each_substitute_would_change(client, upload):
    propose(client)
    place = LikelyChild.objects.get(unique_id="SYN1900").place

    page = page_of(client.get(reverse("inspection:six-swap", args=[place])))

    assert "Nobody of the six would be in alternative provision." in page
    assert page.count("Substitute ") >= 6


def test_substitute_changes_places_with_who_stood_there(client, upload):
    propose(client)
    leaving, coming = ids(is_substitute=False)[0], ids(is_substitute=True)[0]

    page = page_of(
        client.post(reverse("inspection:six-swap", args=[1]), {"unique_id": coming, "version": "1"}, follow=True)
    )

    assert ids(is_substitute=False)[0] == coming
    assert ids(is_substitute=True)[0] == leaving
    assert "Swapped in" in page
    event = AuditEvent.objects.get(action="likely_six.swapped")
    assert event.fields == ["unique_id"]
    assert "SYN" not in event.text


def test_other_child_is_shown_before_the_swap(client, upload):
    propose(client)
    other = next(uid for uid in ListRow.objects.values_list("unique_id", flat=True) if uid not in ids())
    url = reverse("inspection:six-swap", args=[2])

    preview = page_of(client.post(url, {"unique_id": other}))
    before = ids(is_substitute=False)[1]
    client.post(url, {"unique_id": other, "version": "1"})

    assert "Asked for" in preview
    assert before != other
    assert ids(is_substitute=False)[1] == other


@pytest.mark.parametrize("unique_id", ["SYN9999", ""])
def test_child_that_is_not_there_is_refused_with_a_sentence(client, upload, unique_id):
    propose(client)

    response = client.post(reverse("inspection:six-swap", args=[1]), {"unique_id": unique_id})

    assert response.status_code == 422
    assert "Unique ID" in page_of(response)


def test_swap_against_an_older_look_is_refused(client, upload):
    propose(client)
    coming, another = ids(is_substitute=True)[:2]
    url = reverse("inspection:six-swap", args=[1])
    client.post(url, {"unique_id": coming, "version": "1"})

    response = client.post(url, {"unique_id": another, "version": "1"})

    assert response.status_code == 403
    assert "in the meantime" in page_of(response)
    assert ids(is_substitute=False)[0] == coming


def test_child_of_the_six_takes_no_second_place(client, upload):
    propose(client)
    second = ids(is_substitute=False)[1]

    response = client.post(reverse("inspection:six-swap", args=[1]), {"unique_id": second, "version": "1"})

    assert response.status_code == 403


def test_erasing_the_rows_erases_the_proposal(client, lano, upload):
    propose(client)

    list_actions.erase_rows(by=lano, at=AT, upload=upload, reason="Kept long enough.")

    assert not LikelySix.objects.exists()
    assert not LikelyChild.objects.exists()


def test_restored_backup_brings_neither_proposal_nor_exact_counts_back(client, lano, upload):
    list_actions.erase_rows(by=lano, at=AT, upload=upload, reason="Kept long enough.")
    # As after a restore of a backup from before: the record of the erasure is there, and so is what was erased.
    ListUpload.objects.update(is_current=True, rows_erased_at=None)
    ListComposition.objects.update(counts=values_of(compose({}, schema())))
    LikelySix.objects.create(upload=upload, seed="7", made_by=lano, made_at=AT)

    erase_rows_again()

    assert not LikelySix.objects.exists()
    assert ListComposition.objects.get().counts == {}


def test_newer_lists_ask_for_a_new_proposal(client, lano, upload):
    propose(client)
    read_lists_of(by=lano, plans=PLANS, support=SUPPORT, at=AT.replace(hour=10))

    page = page_of(client.get(reverse(PAGE)))

    assert "SYN1900" not in page
    assert "Propose the six" in page


def test_seed_left_empty_is_asked_for(client, upload):
    response = client.post(reverse("inspection:six-propose"), {"seed": ""})

    assert response.status_code == 422
    assert "Enter a seed" in page_of(response)


def test_page_costs_a_fixed_number_of_queries(client, upload, django_assert_max_num_queries):
    propose(client)

    with django_assert_max_num_queries(15):
        client.get(reverse(PAGE))
