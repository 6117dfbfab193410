"""What is found, by whom, and what is never found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from documents.actions.stored import erase
from documents.models import Download, StoredFile
from evidence.actions import items, revisions
from evidence.models import Evidence, FileText, Marking, RevisionFile, SearchText
from evidence.permissions import evidence_of
from evidence.reading_texts import read_file_text
from evidence.search import find, hits_of
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.evidence import AT, make_approved, make_draft, make_facts, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read_all() -> None:
    """What the worker does when the bell rings."""
    for pk in FileText.objects.values_list("pk", flat=True):
        read_file_text(pk)


def numbers(user, question: str) -> list[int]:
    return sorted(find(evidence_of(user), question).values_list("number", flat=True))


def with_file(by, content: bytes, **facts):
    draft = make_draft(by=by, upload=make_upload(content=content), **facts)
    read_all()
    return draft


@pytest.mark.parametrize("question", ["hedgehog", "HEDGE", "hedgehog drop", "hédgehog", "“hedgehog”"])
def test_words_inside_a_file_are_found_whole_or_by_their_beginning(team, question):
    with_file(team, b"Parents ask for a hedgehog at each drop-in.\n")
    make_draft(by=team, title="Other")

    assert numbers(team, question) == [1]


@pytest.mark.parametrize("question", ["edgehog", "hedgehog zebra", "' OR 1=1 --", '" OR *', "hedgehogs:*"])
def test_what_does_not_stand_there_is_not_found(team, question):
    with_file(team, b"Parents ask for a hedgehog.\n")

    assert numbers(team, question) == []


def test_words_may_stand_in_different_pieces_of_an_item(team):
    with_file(team, b"Parents ask for a hedgehog.\n", title="Summer survey")

    assert numbers(team, "summer hedgehog listened") == [1]


def test_question_without_a_word_leaves_everything(team):
    make_draft(by=team)

    assert numbers(team, "…") == [1]


def test_partner_finds_nothing_in_what_it_may_not_open(team):
    with_file(team, b"Parents ask for a hedgehog.\n")
    partner = make_user(Role.PARTNER, organisation=make_organisation(name="Forum"))

    page = client_of(partner).get(reverse("evidence:evidence-list"), {"q": "hedgehog"})

    assert numbers(partner, "hedgehog") == []
    assert "Survey of families" not in page.content.decode()


def test_colleague_of_a_partner_finds_nothing_in_what_is_confidential(team):
    forum = make_organisation(name="Forum")
    first, second = (make_user(Role.PARTNER, organisation=forum) for _ in range(2))
    with_file(first, b"Parents ask for a hedgehog.\n", marking=Marking.CONFIDENTIAL)

    assert (numbers(first, "hedgehog"), numbers(second, "hedgehog")) == ([1], [])


def test_member_cannot_search_at_all(team):
    with_file(team, b"Parents ask for a hedgehog.\n")
    member = make_user(Role.MEMBER)

    assert numbers(member, "hedgehog") == []
    assert client_of(member).get(reverse("evidence:evidence-list"), {"q": "hedgehog"}).status_code == 403


def test_vaulted_file_is_never_read(team):
    draft = make_draft(by=team)
    stored = StoredFile.objects.create(
        path="vault/x", sha256="0" * 64, size=1, is_vaulted=True, original_name="Child.txt", uploaded_at=AT
    )
    RevisionFile.objects.create(revision=draft, stored=stored, title="Child", order=1)

    items.change_evidence(by=team, at=AT, evidence=draft.evidence, version=0, facts=make_facts(title="New"))

    assert numbers(team, "child") == []
    assert not FileText.objects.exists()


def test_erased_file_takes_its_words_and_its_name_along(team):
    draft = with_file(team, b"Parents ask for a hedgehog.\n")
    stored = RevisionFile.objects.get(revision=draft).stored

    erase(by=None, at=AT, kept=stored, reason="Kept long enough.")

    assert numbers(team, "hedgehog") == numbers(team, "survey.txt txt") == []
    assert not FileText.objects.exists()
    assert not SearchText.objects.filter(text__contains="Survey.txt").exists()


def test_superseded_revision_is_no_longer_found(team):
    evidence = make_approved(by=team, upload=make_upload(content=b"A hedgehog.\n"))
    read_all()
    draft = revisions.start_revision(by=team, at=AT, evidence=evidence)
    revisions.detach_file(by=team, at=AT, file=draft.files.get())
    draft.refresh_from_db()

    revisions.approve(by=team, at=AT, revision=revisions.submit(by=team, at=AT, revision=draft))

    assert numbers(team, "hedgehog") == []


def test_same_bytes_are_read_once(team):
    with_file(team, b"Parents ask for a hedgehog.\n")
    make_draft(by=team, upload=make_upload(name="Copy.txt", content=b"Parents ask for a hedgehog.\n"))

    assert numbers(team, "hedgehog") == [1, 2]
    assert FileText.objects.filter(attempts=1).count() == 1


def test_hit_says_which_file_and_shows_the_words_around(team):
    draft = with_file(team, b"x " * 5000 + b"Parents ask for a hedgehog at each drop-in.\n")

    hit = hits_of([draft.evidence_id], "hedgehog")[draft.evidence_id]

    assert (hit.label, hit.found) == ("Survey.txt", "hedgehog")
    assert hit.before.endswith("Parents ask for a ")
    assert hit.after.startswith(" at each drop-in.")


def test_list_shows_where_it_was_found(team):
    with_file(team, b"Parents ask for a hedgehog.\n")

    page = client_of(team).get(reverse("evidence:evidence-list"), {"q": "hedgehog"}).content.decode()

    assert "In Survey.txt:" in page
    assert "<mark>hedgehog</mark>" in page


# -- a first look


def look(user, draft) -> str:
    file = draft.files.get()
    address = reverse("evidence:file-preview", args=[draft.evidence.number, draft.number, file.pk])
    return client_of(user).get(address).content.decode()


def test_first_lines_are_shown_once_the_file_is_read(team):
    draft = make_draft(by=team, upload=make_upload(content=b"Line <one>\nLine two\n"))

    assert "is being read" in look(team, draft)
    read_all()
    assert "Line &lt;one&gt;" in look(team, draft)


def test_file_without_text_says_so(team):
    draft = with_file(team, b"\n \n.\n")

    assert draft.files.count() == 1
    FileText.objects.update(text="", outcome="none")
    assert "No text found: it may be a scan" in look(team, draft)


def test_picture_is_shown_and_logged(team):
    content = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    draft = make_draft(by=team, upload=SimpleUploadedFile("Board.png", content))
    address = reverse("evidence:file-picture", args=[draft.evidence.number, draft.number, draft.files.get().pk])

    response = client_of(team).get(address)
    shown = b"".join(response.streaming_content)

    assert shown == content
    assert "app-picture" in look(team, draft)
    assert response["Content-Disposition"] == "inline"
    assert "sandbox" in response["Content-Security-Policy"]
    assert Download.objects.count() == 1
    assert client_of(make_user(Role.PARTNER)).get(address).status_code == 404


def test_text_is_never_shown_as_a_picture(team):
    draft = make_draft(by=team, upload=make_upload(content=b"Nothing to look at.\n"))
    address = reverse("evidence:file-picture", args=[draft.evidence.number, draft.number, draft.files.get().pk])

    assert client_of(team).get(address).status_code == 404


def test_log_of_many_items_takes_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    for number in range(30):
        with_file(team, f"Parents ask for hedgehog {number}.\n".encode(), title=f"Item {number}")
    client = client_of(team)

    with django_assert_max_num_queries(16):
        client.get(reverse("evidence:evidence-list"), {"q": "hedgehog"})
    assert Evidence.objects.count() == 30
