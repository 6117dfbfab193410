"""An Annex A item takes approved evidence: one file, one place, and a mark when the evidence moves on."""

import hashlib
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from documents.files import open_stored
from documents.making import make_export
from evidence.actions import revisions
from evidence.actions.revisions import Words
from evidence.models import Evidence, Marking
from inspection.actions import decisions, items
from inspection.actions.evidence import drop_evidence, take_evidence
from inspection.actions.items import CannotAttach
from inspection.actions.owners import assign_owner
from inspection.actions.packs import order_pack
from inspection.gather.evidence import moved_on
from inspection.models import ItemEvidence
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import AT, make_approved, make_upload
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import make_words

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BYTES = b"What 300 families said, in numbers.\n"


@pytest.fixture
def lano():
    make_area()
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def item(lano):
    framework = make_framework()
    deadline = make_timetable_rule(framework=framework, code="annex-a", batch="annex-a")
    return make_request_item(framework=framework, deadline=deadline, code="survey", title="Survey of families")


@pytest.fixture
def evidence(lano):
    return make_approved(by=lano, upload=make_upload(content=BYTES))


def draft_of(lano, item):
    return items.start_version(by=lano, at=AT, item=item)


def take(lano, draft, evidence, relevance="It is the survey itself."):
    return take_evidence(by=lano, at=AT, submission=draft, evidence=evidence, relevance=relevance)


def approve(lano, draft):
    draft.refresh_from_db()
    words = make_words()
    draft = items.save_draft(by=lano, at=AT, submission=draft, lock=draft.lock, words=words).submission
    draft = items.submit(by=lano, at=AT, submission=draft)
    decisions.approve_many(by=lano, at=AT, submissions=[(draft, draft.lock)])


def revise(lano, evidence: Evidence, content: bytes):
    draft = revisions.start_revision(by=lano, at=AT, evidence=evidence)
    draft = revisions.detach_file(by=lano, at=AT, file=draft.files.get())
    draft = revisions.save_revision(
        by=lano,
        at=AT,
        revision=draft,
        lock=draft.lock,
        words=Words(text=draft.text),
        uploads=[SimpleUploadedFile("Survey 2.txt", content)],
    ).revision
    return revisions.approve(by=lano, at=AT, revision=revisions.submit(by=lano, at=AT, revision=draft))


def news_of(versions) -> dict[int, list[str]]:
    return {key: [link.what_moved_on for link in links] for key, links in moved_on(versions).items()}


def test_taken_files_go_into_the_pack_with_the_right_bytes(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)
    approve(lano, draft)

    export = order_pack(by=lano, at=AT, inspection=None, parts=("annex-a",))
    make_export(export.pk)

    export.refresh_from_db()
    with open_stored(export) as stored, zipfile.ZipFile(stored) as pack:
        sums = {hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()}
    assert hashlib.sha256(BYTES).hexdigest() in sums


def test_draft_takes_answer_and_date_from_the_evidence(lano, item, evidence):
    draft = draft_of(lano, item)

    take(lano, draft, evidence)

    draft.refresh_from_db()
    assert (draft.answer, draft.as_at_on) == ("files", evidence.covers_to_on)
    assert draft.files.get().stored == evidence.revisions.approved().get().files.get().stored


def test_newer_approved_revision_marks_it_and_is_taken_in_one_press(lano, item, evidence):
    draft = draft_of(lano, item)
    link = take(lano, draft, evidence)
    assert news_of([draft.pk]) == {}

    revise(lano, evidence, b"What 400 families said.\n")

    assert news_of([draft.pk]) == {draft.pk: ["Revision 2 of E1 is approved"]}
    client = Client()
    client.force_login(lano)
    edit = reverse("inspection:submission-edit", args=[item.code, draft.version])
    assert "Out of date" in client.get(edit).content.decode()
    client.post(reverse("inspection:evidence-renew", args=[item.code, draft.version, link.pk]))
    assert news_of([draft.pk]) == {}
    assert ItemEvidence.objects.get().revision.number == 2
    assert draft.files.get().stored.original_name == "Survey 2.txt"


def test_home_says_when_an_approved_version_holds_older_evidence(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)
    approve(lano, draft)
    revise(lano, evidence, b"What 400 families said.\n")
    client = Client()
    client.force_login(lano)

    assert "its evidence moved on: Revision 2 of E1 is approved" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"marking": Marking.CONFIDENTIAL}, "E1 is confidential now"),
        ({"archived_at": AT}, "E1 is in the archive"),
    ],
)
def test_evidence_that_is_withdrawn_marks_the_item(lano, item, evidence, change, words):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)

    Evidence.objects.update(**change)

    assert news_of([draft.pk]) == {draft.pk: [words]}


def test_confidential_evidence_of_an_approved_version_blocks_and_is_told_by_its_code_alone(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence, relevance="It names the school.")
    approve(lano, draft)
    Evidence.objects.update(title="Survey of one school", marking=Marking.CONFIDENTIAL)
    reader = make_user(Role.PARTNER)
    assign_owner(by=lano, at=AT, item=item, owner=reader)
    client, home = Client(), Client()
    client.force_login(reader)
    home.force_login(lano)

    page = client.get(reverse("inspection:item-show", args=[item.code])).content.decode()

    assert "E1" in page
    assert "Survey of one school" not in page
    assert "It names the school." not in page
    assert "E1 is confidential now, and version 1 still holds the files" in home.get("/").content.decode()


def test_bytes_of_two_items_stay_until_both_are_dropped(lano, item, evidence):
    draft = draft_of(lano, item)
    first = take(lano, draft, evidence)
    second = take(lano, draft, make_approved(by=lano, upload=make_upload(content=BYTES), title="The same again"))

    drop_evidence(by=lano, at=AT, link=first)
    left = draft.files.count()
    drop_evidence(by=lano, at=AT, link=second)

    assert (left, draft.files.count()) == (1, 0)


def test_bytes_uploaded_by_hand_stay_when_the_evidence_is_dropped(lano, item, evidence):
    draft = draft_of(lano, item)
    items.attach_file(by=lano, at=AT, submission=draft, upload=make_upload(content=BYTES))
    link = take(lano, draft, evidence)

    drop_evidence(by=lano, at=AT, link=link)

    assert draft.files.count() == 1


def test_other_file_taken_out_ends_no_tie_to_the_same_bytes(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)
    take(lano, draft, make_approved(by=lano, upload=make_upload(content=BYTES), title="The same again"))
    by_hand = items.attach_file(by=lano, at=AT, submission=draft, upload=make_upload(content=b"Another.\n"))

    items.detach_file(by=lano, at=AT, file=by_hand.file)

    assert draft.evidence_links.count() == 2


def test_next_version_keeps_what_was_taken(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)
    approve(lano, draft)

    following = draft_of(lano, item)

    assert following.evidence_links.get().revision == evidence.revisions.approved().get()
    assert following.files.count() == 1


def test_dropped_evidence_takes_its_files_along(lano, item, evidence):
    draft = draft_of(lano, item)
    link = take(lano, draft, evidence)

    drop_evidence(by=lano, at=AT, link=link)

    assert (draft.files.count(), ItemEvidence.objects.count()) == (0, 0)


def test_file_taken_out_by_itself_ends_the_tie(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)

    items.detach_file(by=lano, at=AT, file=draft.files.get())

    assert not ItemEvidence.objects.exists()


def test_confidential_evidence_is_not_taken(lano, item):
    evidence = make_approved(by=lano, upload=make_upload(), marking=Marking.CONFIDENTIAL)

    with pytest.raises(CannotAttach, match="is confidential"):
        take(lano, draft_of(lano, item), evidence)


def test_evidence_without_a_file_is_not_taken(lano, item):
    with pytest.raises(CannotAttach, match="holds no file"):
        take(lano, draft_of(lano, item), make_approved(by=lano))


def test_evidence_that_somebody_may_not_open_is_not_taken(lano, item, evidence):
    partner = make_user(Role.PARTNER)
    assign_owner(by=lano, at=AT, item=item, owner=partner)

    with pytest.raises(NotAllowed, match="only evidence that you may open"):
        take(partner, draft_of(partner, item), evidence)


def test_page_finds_by_words_and_takes_with_a_sentence(lano, item, evidence):
    draft = draft_of(lano, item)
    client = Client()
    client.force_login(lano)
    address = reverse("inspection:evidence-take", args=[item.code, draft.version])

    found = client.get(address, {"q": "survey"}).content.decode()
    missed = client.get(address, {"q": "zebra"}).content.decode()
    without = client.post(address, {"evidence": evidence.pk, "relevance": ""})
    taken = client.post(address, {"evidence": evidence.pk, "relevance": "It is the survey."}, follow=True)

    assert "E1 Survey of families" in found
    assert "No approved evidence with a file matches" in missed
    assert without.status_code == 400
    assert "Survey.txt" in taken.content.decode()


def test_page_of_the_evidence_says_where_it_is_used(lano, item, evidence):
    draft = draft_of(lano, item)
    take(lano, draft, evidence)
    revise(lano, evidence, b"What 400 families said.\n")
    client = Client()
    client.force_login(lano)

    page = client.get(reverse("evidence:evidence-show", args=[evidence.number])).content.decode()

    assert "Where it is used" in page
    assert "Annex A, version 1 (draft), with revision 1" in page
    assert "Out of date" in page
