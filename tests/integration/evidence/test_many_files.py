"""Many files at once: each becomes an item, or says why not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from documents.models import StoredFile
from evidence.actions import items, revisions
from evidence.domain.revisions import State
from evidence.models import BulkAdd, BulkRow, Evidence, EvidenceRevision, Marking
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.evidence import AT, make_draft, make_facts, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def send(user, *uploads, **typed):
    given = {"kind": "quality_assurance", "marking": "partnership", "covers_from_on": "1/9/2025"}
    given |= {"covers_to_on": "31/8/2026", "uploads": list(uploads)}
    return client_of(user).post(reverse("evidence:bulk-add"), given | typed, follow=True)


def test_each_file_becomes_a_draft_with_its_name_as_title(team):
    page = send(team, make_upload(name="Audit_of plans.txt"), make_upload(name="Visit.txt", content=b"Visited.\n"))

    assert list(Evidence.objects.order_by("number").values_list("title", flat=True)) == ["Audit of plans", "Visit"]
    assert set(EvidenceRevision.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert "2 added, 0 in the log already, 0 not taken" in words_of(page)


def test_one_bad_file_hinders_none_of_the_others(team):
    page = send(team, make_upload(), make_upload(name="Run.exe", content=b"MZ\x90\x00\x03\x00"))

    assert "1 added, 0 in the log already, 1 not taken" in words_of(page)
    assert "This is a program" in words_of(page)
    assert Evidence.objects.count() == 1


def test_very_same_bytes_are_recognised_in_the_log_and_among_the_files(team):
    make_draft(by=team, title="Old survey", upload=make_upload())

    page = send(
        team,
        make_upload(name="Copy.txt"),
        make_upload(name="A.txt", content=b"New.\n"),
        make_upload(name="B.txt", content=b"New.\n"),
    )

    assert "1 added, 2 in the log already" in words_of(page)
    assert "E1 Old survey" in words_of(page)
    assert StoredFile.objects.live().count() == 2


def test_bytes_that_only_a_superseded_revision_held_are_taken_again(team):
    draft = make_draft(by=team, title="Old survey", upload=make_upload())
    revisions.approve(by=team, at=AT, revision=revisions.submit(by=team, at=AT, revision=draft))
    following = revisions.start_revision(by=team, at=AT, evidence=draft.evidence)
    following = revisions.detach_file(by=team, at=AT, file=following.files.get())
    revisions.approve(by=team, at=AT, revision=revisions.submit(by=team, at=AT, revision=following))

    page = send(team, make_upload(name="Copy.txt"))

    assert "1 added, 0 in the log already" in words_of(page)


def test_duplicate_says_nothing_of_what_somebody_may_not_open(team):
    make_draft(by=team, title="Secret survey", upload=make_upload(), marking=Marking.CONFIDENTIAL)
    partner = make_user(Role.PARTNER, organisation=make_organisation(name="Forum"))

    page = send(partner, make_upload(name="Copy.txt"))

    assert "1 added" in words_of(page)
    assert "Secret survey" not in words_of(page)


def rows_of(bulk: BulkAdd, **typed) -> dict[str, object]:
    values = {}
    for row in bulk.rows.filter(outcome="added"):
        given = {"title": "Audit", "kind": "quality_assurance", "shows": "Plans are clearer.", "version": "0"}
        given |= {"covers_from_on": "1/9/2025", "covers_to_on": "31/8/2026"} | typed
        values |= {f"row-{row.pk}-{name}": value for name, value in given.items()}
    return values


def test_rows_are_described_and_handed_over_together(team):
    send(team, make_upload(), make_upload(name="B.txt", content=b"New.\n"))
    bulk = BulkAdd.objects.get()

    page = client_of(team).post(
        reverse("evidence:bulk-show", args=[bulk.pk]), rows_of(bulk) | {"do": "submit"}, follow=True
    )

    assert set(EvidenceRevision.objects.values_list("state", flat=True)) == {State.SUBMITTED}
    assert "handed over for approval" in words_of(page)


def test_row_that_cannot_go_says_why_and_the_others_go(team):
    send(team, make_upload(), make_upload(name="B.txt", content=b"New.\n"))
    bulk = BulkAdd.objects.get()
    first = bulk.rows.first()
    typed = rows_of(bulk) | {f"row-{first.pk}-shows": "", "do": "submit"}

    page = client_of(team).post(reverse("evidence:bulk-show", args=[bulk.pk]), typed)

    assert page.status_code == 400
    assert "Say in a sentence what it shows" in words_of(page)
    assert sorted(EvidenceRevision.objects.values_list("state", flat=True)) == [State.DRAFT, State.SUBMITTED]


def test_row_that_somebody_else_changed_is_not_overwritten(team):
    send(team, make_upload())
    bulk = BulkAdd.objects.get()
    items.change_evidence(by=team, at=AT, evidence=Evidence.objects.get(), version=0, facts=make_facts(title="Theirs"))

    page = client_of(team).post(reverse("evidence:bulk-show", args=[bulk.pk]), rows_of(bulk))

    assert "Somebody else changed E1 meanwhile" in words_of(page)
    assert Evidence.objects.get().title == "Theirs"


def test_page_that_came_back_is_saved_again_without_a_conflict(team):
    send(team, make_upload(), make_upload(name="B.txt", content=b"New.\n"))
    bulk = BulkAdd.objects.get()
    address, first = reverse("evidence:bulk-show", args=[bulk.pk]), bulk.rows.first()
    page = client_of(team).post(address, rows_of(bulk, title="Audit 1") | {f"row-{first.pk}-shows": "", "do": "submit"})
    again = {
        name: value
        for name, value in re.findall(r'name="(row-[^"]+-version)"[^>]*value="(\d+)"|$', page.content.decode())
        if name
    }

    mended = {name: value for name, value in rows_of(bulk, title="Audit 2").items() if f"row-{first.pk}-" in name}
    page = client_of(team).post(address, mended | again | {"do": "submit"}, follow=True)

    assert "handed over for approval" in words_of(page)
    assert list(again) == [f"row-{first.pk}-version"]
    assert set(EvidenceRevision.objects.values_list("state", flat=True)) == {State.SUBMITTED}
    assert sorted(Evidence.objects.values_list("title", flat=True)) == ["Audit 1", "Audit 2"]


def test_row_that_may_not_be_changed_does_not_say_that_it_is_saved(team):
    partner = make_user(Role.PARTNER, organisation=make_organisation(name="Forum"))
    send(partner, make_upload())
    bulk = BulkAdd.objects.get()
    draft = EvidenceRevision.objects.get()
    words = revisions.Words(text="Enough words to show something.")
    Evidence.objects.update(shows="It is so.")
    draft = revisions.save_revision(by=partner, at=AT, revision=draft, lock=draft.lock, words=words).revision
    revisions.approve(by=team, at=AT, revision=revisions.submit(by=partner, at=AT, revision=draft))
    revisions.start_revision(by=partner, at=AT, evidence=Evidence.objects.get())

    page = client_of(partner).post(reverse("evidence:bulk-show", args=[bulk.pk]), rows_of(bulk))

    assert "Not saved: It is approved" in words_of(page)
    assert Evidence.objects.get().shows == "It is so."


def test_rows_of_somebody_else_do_not_exist(team):
    send(team, make_upload())

    page = client_of(make_user(Role.LANO)).get(reverse("evidence:bulk-show", args=[BulkAdd.objects.get().pk]))

    assert page.status_code == 404


def test_no_file_is_an_instruction(team):
    assert "Choose at least one file" in words_of(send(team))
    assert not BulkRow.objects.exists()


def test_page_of_many_files_takes_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    send(team, *(make_upload(name=f"{n}.txt", content=f"File {n}\n".encode()) for n in range(12)))
    client = client_of(team)

    with django_assert_max_num_queries(12):
        client.get(reverse("evidence:bulk-show", args=[BulkAdd.objects.get().pk]))
