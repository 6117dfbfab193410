"""Somebody without an account supplies one item by a secret address; a person accepts it or not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent, OutgoingMail, RoleAssignment
from accounts.permissions import NotAllowed
from documents.models import StoredFile
from evidence.actions import items, revisions, supply
from evidence.actions.supply import Asked
from evidence.domain.revisions import State, WrongState
from evidence.models import Evidence, Supply, SupplyLink, SupplyState
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_facts, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def evidence(team):
    facts = make_facts(title="Visit report", shows="", covers_from_on=None, covers_to_on=None, collected_on=None)
    return items.add_evidence(by=team, at=timezone.now(), facts=facts).evidence


def ask(team, evidence, **asked):
    given = {"name": "SENCO of Hill School", "email": "", "request": "Your last visit report.", "days": 14} | asked
    return supply.make_link(by=team, at=timezone.now(), evidence=evidence, asked=Asked(**given))


def path_of(made) -> str:
    return "/" + made.address.split("/", 3)[3]


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def send(made, **typed):
    given = {"uploads": make_upload(name="Report.txt"), "shows": "Support came late.", "has_no_names": "on"}
    return Client().post(path_of(made), given | typed, follow=True)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_link_shows_one_item_to_somebody_without_an_account(team, evidence):
    made = ask(team, evidence)

    page = Client().get(path_of(made))

    assert "Visit report" in words_of(page)
    assert "Your last visit report." in words_of(page)
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex"


def test_token_is_kept_as_a_hash_only(team, evidence):
    made = ask(team, evidence, email="senco@hill.example")
    token = path_of(made).strip("/").split("/")[-1]

    link = SupplyLink.objects.get()

    assert token not in str(vars(link))
    assert not AuditEvent.objects.filter(text__contains=token).exists()
    assert OutgoingMail.objects.get(to="senco@hill.example").is_secret


def test_what_is_sent_waits_until_a_person_accepts_it(team, evidence):
    made = ask(team, evidence)

    page = send(made)

    assert "somebody looks at it before it counts" in words_of(page)
    assert Supply.objects.get().state == SupplyState.WAITING
    assert not evidence.revisions.get().files.exists()
    assert StoredFile.objects.get().uploaded_by is None
    assert OutgoingMail.objects.filter(subject="Something was sent for E1").exists()


def test_accepted_it_stands_in_the_draft_and_fills_what_was_empty(team, evidence):
    made = ask(team, evidence)
    send(made, covers_from_on="1/9/2025", covers_to_on="31/8/2026", uploads=make_upload(), text="It was a good visit.")

    page = client_of(team).post(reverse("evidence:supply-accept", args=[1, Supply.objects.get().pk]), follow=True)

    evidence.refresh_from_db()
    draft = evidence.revisions.get()
    assert (draft.state, draft.files.count(), draft.text) == (State.DRAFT, 1, "It was a good visit.")
    assert evidence.shows == "Support came late."
    assert evidence.covers_from_on.year == 2025
    assert "It is in the draft now" in words_of(page)
    assert "Accepted" in words_of(Client().get(path_of(made)))


def test_draft_that_somebody_has_open_meets_what_was_accepted(team, evidence):
    opened = evidence.revisions.get()
    send(ask(team, evidence), uploads="", text="What came by the link.")
    supply.accept_supply(by=team, at=timezone.now(), supply=Supply.objects.get())

    with pytest.raises(revisions.Conflict):
        revisions.save_revision(
            by=team,
            at=timezone.now(),
            revision=opened,
            lock=opened.lock,
            words=revisions.Words(text="Typed meanwhile."),
        )

    assert evidence.revisions.get().text == "What came by the link."


def test_mail_names_the_item_by_its_number_alone(team, evidence):
    send(ask(team, evidence, email="senco@hill.example"))

    assert OutgoingMail.objects.count() == 2
    assert not any("Visit report" in mail.subject + mail.body for mail in OutgoingMail.objects.all())


def test_who_may_no_longer_open_the_item_gets_no_mail_about_it(team, evidence):
    made = ask(team, evidence)
    RoleAssignment.objects.all().delete()

    send(made)

    assert Supply.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_same_bytes_twice_in_one_sending_are_kept_once(team, evidence):
    send(ask(team, evidence), uploads=[make_upload(name="A.txt"), make_upload(name="B.txt")])

    assert Supply.objects.get().files.count() == 1
    assert StoredFile.objects.live().count() == 1


def test_words_that_stand_there_are_not_overwritten(team, evidence):
    Evidence.objects.update(shows="Our own words.")
    send(ask(team, evidence))

    supply.accept_supply(by=team, at=timezone.now(), supply=Supply.objects.get())

    assert Evidence.objects.get().shows == "Our own words."


def test_declined_it_says_why_behind_the_link_and_is_erased_after_a_while(team, evidence):
    made = ask(team, evidence)
    send(made)
    address = reverse("evidence:supply-decline", args=[1, Supply.objects.get().pk])

    without = client_of(team).post(address, {"reason": ""})
    client_of(team).post(address, {"reason": "Page 2 names a child."})

    assert without.status_code == 400
    assert "Page 2 names a child." in words_of(Client().get(path_of(made)))
    assert StoredFile.objects.get().keep_until_on == timezone.localdate() + timedelta(days=30)


def test_nobody_decides_twice(team, evidence):
    send(ask(team, evidence))
    supply.accept_supply(by=team, at=timezone.now(), supply=Supply.objects.get())

    with pytest.raises(WrongState):
        supply.decline_supply(by=team, at=timezone.now(), supply=Supply.objects.get(), reason="Too late.")


def test_it_is_not_accepted_into_what_is_being_decided_on(team, evidence):
    send(ask(team, evidence))
    draft = evidence.revisions.get()
    Evidence.objects.update(shows="Words.", covers_from_on="2025-09-01", covers_to_on="2026-08-31")
    words = revisions.Words(text="Enough words to show something.")
    saved = revisions.save_revision(by=team, at=timezone.now(), revision=draft, lock=draft.lock, words=words)
    revisions.submit(by=team, at=timezone.now(), revision=saved.revision)

    with pytest.raises(WrongState, match="is being decided on"):
        supply.accept_supply(by=team, at=timezone.now(), supply=Supply.objects.get())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"expires_at": timezone.now() - timedelta(minutes=1)}, "has expired", id="expired"),
        pytest.param({"revoked_at": timezone.now()}, "was stopped", id="stopped"),
    ],
)
def test_closed_link_takes_nothing(team, evidence, change, words):
    made = ask(team, evidence)
    SupplyLink.objects.update(**change)

    shown, sent = Client().get(path_of(made)), send(made)

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert words in words_of(shown)
    assert not Supply.objects.exists()
    assert not StoredFile.objects.exists()


def test_link_of_an_archived_item_takes_nothing(team, evidence):
    made = ask(team, evidence)
    items.archive_evidence(by=team, at=timezone.now(), evidence=evidence)

    assert Client().get(path_of(made)).status_code == 410


def test_unknown_address_is_no_page(team):
    assert Client().get(reverse("evidence:supply-send", args=["guessed"])).status_code == 404


def test_stopped_by_hand_it_works_no_longer(team, evidence):
    made = ask(team, evidence)

    client_of(team).post(reverse("evidence:link-revoke", args=[1, made.link.pk]))

    assert Client().get(path_of(made)).status_code == 410


def test_too_many_tries_within_the_hour_are_turned_away(team, evidence):
    made = ask(team, evidence)
    SupplyLink.objects.update(tries=supply.TRIES_IN_AN_HOUR, tries_from_at=timezone.now())

    page = send(made)

    assert page.status_code == 429
    assert "Wait an hour" in words_of(page)
    assert not StoredFile.objects.exists()


def test_what_is_refused_counts_as_a_try(team, evidence):
    made = ask(team, evidence)

    page = send(made, uploads=make_upload(name="Run.exe", content=b"MZ\x90\x00\x03"))

    assert "This is a program" in words_of(page)
    assert SupplyLink.objects.get().tries == 1
    assert not Supply.objects.exists()


def test_so_much_waits_and_no_more(team, evidence):
    made = ask(team, evidence)
    for number in range(supply.MOST_WAITING):
        send(made, uploads=make_upload(content=f"Report {number}\n".encode()))

    assert "still being looked at" in words_of(send(made))
    assert Supply.objects.count() == supply.MOST_WAITING


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"has_no_names": ""}, "nothing may name a child"),
        ({"uploads": ""}, "Choose a file, or write it down"),
        ({"covers_from_on": "2/9/2026", "covers_to_on": "1/9/2026"}, "not before the first"),
    ],
)
def test_what_is_missing_is_an_instruction(team, evidence, typed, words):
    page = send(ask(team, evidence), **typed)

    assert page.status_code == 400
    assert words in words_of(page)


def test_only_who_may_change_the_item_asks_and_decides(team, evidence):
    partner = make_user(Role.PARTNER)
    lead = make_user(Role.SYSTEM_LEAD)
    send(ask(team, evidence))

    with pytest.raises(NotAllowed):
        ask(lead, evidence)
    with pytest.raises(NotAllowed):
        supply.accept_supply(by=lead, at=timezone.now(), supply=Supply.objects.get())
    assert client_of(partner).get(reverse("evidence:supply-list", args=[1])).status_code == 404


def test_item_that_is_not_there_yet_is_asked_for_in_one_form(team):
    typed = {"title": "Attendance audit", "kind": "quality_assurance", "name": "School", "email": "", "days": "7"}

    page = client_of(team).post(reverse("evidence:supply-ask"), typed)

    assert (Evidence.objects.get().title, Evidence.objects.get().owner) == ("Attendance audit", team)
    assert "/evidence/supply/" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_address_is_shown_once(team, evidence):
    client = client_of(team)
    address = reverse("evidence:supply-list", args=[1])

    made = client.post(address, {"name": "School", "email": "", "days": "14"}).content.decode()

    assert "/evidence/supply/" in made
    assert "/evidence/supply/" not in client.get(address).content.decode()


def test_what_was_sent_is_downloaded_by_those_who_decide(team, evidence):
    send(ask(team, evidence))
    row = Supply.objects.get()
    address = reverse("evidence:supplied-download", args=[1, row.pk, row.files.get().pk])

    taken = client_of(team).get(address)

    assert b"".join(taken.streaming_content).startswith(b"What families said")
    assert Client().get(address).status_code == 302
    assert client_of(make_user(Role.PARTNER)).get(address).status_code == 404
