"""Annex A in the browser's words: uploads, conflicts, guessing addresses."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.roles import Role
from documents.models import Download, StoredFile
from inspection.domain.submissions import Answer, State
from inspection.models import ItemOwner, ItemSubmission
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import make_approved, make_draft, make_owner, make_submitted
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def item():
    make_area()
    framework = make_framework()
    return make_request_item(framework=framework, deadline=make_timetable_rule(framework=framework))


@pytest.fixture
def other(item):
    return make_request_item(
        framework=item.framework, deadline=item.deadline, code="strategy", title="SEND strategy", is_health_item=True
    )


@pytest.fixture
def team():
    return make_user(Role.SEND_TEAM, name="SEND team")


def edit_url(draft: ItemSubmission) -> str:
    return reverse("inspection:submission-edit", args=[draft.item.code, draft.version])


def form(draft: ItemSubmission, **fields) -> dict:
    return {
        "lock": draft.lock,
        "answer": "files",
        "link": "",
        "none_reason": "",
        "as_at_on": "31/10/2026",
        "review_by_on": "",
        "note": "",
        "do": "save",
    } | fields


def test_supplying_an_item_from_the_first_press_to_the_submission(item, team):
    client = client_of(team)

    started = client.post(reverse("inspection:submission-start", args=[item.code]))
    draft = ItemSubmission.objects.get(item=item)
    upload = SimpleUploadedFile("SEF.txt", b"What we know.\n")
    submitted = client.post(edit_url(draft), form(draft, uploads=upload, do="submit"), follow=True)

    assert started.url == edit_url(draft)
    assert "handed over for approval" in words_of(submitted)
    assert "Awaiting approval" in words_of(submitted)


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 80_000_000)
    return held.getvalue()


BAD = [
    pytest.param("empty.pdf", b"", 400, "empty", id="empty"),
    pytest.param("plan.pdf", b"MZ\x90\x00" + b"\x00" * 300, 400, "program", id="a program named .pdf"),
    pytest.param("plan.docx", b"PK\x03\x04 cut off", 400, "damaged", id="a damaged Word file"),
    pytest.param("macro.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, 400, "", id="an old Office file"),
    pytest.param("plan.html", b"<!DOCTYPE html><html><script>alert(1)</script></html>", 400, "", id="a web page"),
    pytest.param("bomb.xlsx", zip_bomb(), 400, "", id="a ZIP bomb"),
    pytest.param("photo.gif", b"GIF89a" + b"\x00" * 100, 400, "", id="a type that is not on the list"),
]


@pytest.mark.parametrize(("name", "content", "status", "said"), BAD)
def test_bad_file_gets_a_sentence_and_nothing_is_stored(item, team, name, content, status, said):
    draft = make_draft(by=team, item=item)
    stored = StoredFile.objects.count()

    upload = SimpleUploadedFile(name, content)
    response = client_of(team).post(edit_url(draft), form(draft, uploads=upload, note="Kept in the form"))

    assert response.status_code == status
    text = words_of(response)
    assert "There is a problem" in text
    assert name in text
    assert said in text
    assert "Kept in the form" in response.content.decode()
    assert StoredFile.objects.count() == stored
    draft.refresh_from_db()
    assert draft.note == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"as_at_on": "31/02/2026"}, "31/02/2026"),
        ({"answer": "everything"}, "everything"),
        ({"link": "http://example.org"}, "starts with https://"),
        ({"lock": "abc"}, "whole number"),
        ({"as_at_on": "01/01/2999", "do": "submit"}, "not in the future"),
        ({"answer": "none", "none_reason": "no", "do": "submit"}, "Say in a sentence why"),
    ],
)
def test_bad_words_get_an_instruction(item, team, fields, said):
    draft = make_draft(by=team, item=item)

    response = client_of(team).post(edit_url(draft), form(draft, **fields))

    assert response.status_code == 400
    assert said in words_of(response)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_second_of_two_people_sees_both_texts_and_can_save_again(item, team):
    draft = make_draft(by=team, item=item)
    lano = make_user(Role.LANO, name="LANO")
    client_of(lano).post(edit_url(draft), form(draft, note="Theirs, saved first"))

    conflict = client_of(team).post(edit_url(draft), form(draft, note="Mine, typed meanwhile"))

    assert conflict.status_code == 409
    text = words_of(conflict)
    assert "LANO saved this while you were writing" in text
    assert "Theirs, saved first" in text
    assert "Mine, typed meanwhile" in text
    draft.refresh_from_db()
    assert draft.note == "Theirs, saved first"
    again = client_of(team).post(edit_url(draft), form(draft, note="Both"), follow=True)
    assert again.status_code == 200
    draft.refresh_from_db()
    assert draft.note == "Both"


def test_same_file_in_another_item_is_told(item, other, team):
    make_draft(by=team, item=item)
    draft = make_draft(by=team, item=other, answer=Answer.NONE)

    upload = SimpleUploadedFile("copy.txt", b"A plan of the partnership, for a test.\n")
    response = client_of(team).post(edit_url(draft), form(draft, uploads=upload), follow=True)

    assert "is attached to another item too" in words_of(response)
    assert "Self-evaluation" in words_of(response)


def main_of(response) -> str:
    """The page without its navigation, where a part of the service has the name of an item."""
    return response.content.decode().partition("<main")[2]


def test_partner_sees_only_their_own_item_whatever_address_they_guess(item, other, team):
    partner = make_user(Role.PARTNER)
    make_owner(by=team, item=other, owner=partner)
    theirs = make_draft(by=team, item=item)
    client = client_of(partner)

    assert ">Self-evaluation</a>" not in main_of(client.get(reverse("inspection:item-list")))
    assert client.get(reverse("inspection:item-show", args=[other.code])).status_code == 200
    file = theirs.files.get()
    for method, name, args in [
        ("get", "item-show", [item.code]),
        ("get", "submission-show", [item.code, 1]),
        ("get", "submission-edit", [item.code, 1]),
        ("post", "submission-edit", [item.code, 1]),
        ("post", "submission-start", [item.code]),
        ("get", "file-download", [item.code, 1, file.pk]),
        ("get", "file-download", [other.code, 1, file.pk]),
        ("post", "submission-take-back", [item.code, 1]),
        ("post", "submission-archive", [item.code, 1]),
    ]:
        assert getattr(client, method)(reverse(f"inspection:{name}", args=args)).status_code == 404, name
    for method, name, args in [
        ("post", "submission-approve", [other.code, 1]),
        ("get", "submission-return", [other.code, 1]),
        ("post", "owner-set", [other.code]),
        ("get", "owners-set", []),
        ("get", "items-decide", []),
        ("post", "items-approve", []),
        ("get", "pack-list", []),
    ]:
        assert getattr(client, method)(reverse(f"inspection:{name}", args=args)).status_code in {403, 404}, name


def test_download_of_a_file_is_logged(item, team):
    draft = make_draft(by=team, item=item)

    response = client_of(team).get(reverse("inspection:file-download", args=[item.code, 1, draft.files.get().pk]))

    assert b"".join(response.streaming_content) == b"A plan of the partnership, for a test.\n"
    assert response["Content-Disposition"].startswith("attachment")
    assert Download.objects.filter(user=team).count() == 1


@pytest.mark.parametrize("name", ["submission-approve", "submission-archive", "submission-start", "items-see"])
def test_get_changes_nothing(item, team, name):
    make_submitted(by=team, item=item)
    args = [] if name == "items-see" else [item.code] if name == "submission-start" else [item.code, 1]

    assert client_of(make_user(Role.LANO)).get(reverse(f"inspection:{name}", args=args)).status_code == 405


def test_approval_from_a_page_that_shows_an_earlier_state_approves_nothing(item, team):
    from inspection.actions import items as actions

    seen = make_submitted(by=team, item=item)
    taken = actions.take_back(by=team, at=seen.changed_at, submission=seen)
    again = actions.submit(by=team, at=seen.changed_at, submission=taken)
    client, url = client_of(make_user(Role.LANO)), reverse("inspection:submission-approve", args=[item.code, 1])

    for stale in ({"lock": seen.lock}, {}):
        answer = client.post(url, stale)
        assert answer.status_code == 409
        assert "It was changed since you looked. Nothing is approved" in words_of(answer)
    assert f'name="lock" value="{again.lock}"' in answer.content.decode()
    client.post(url, {"lock": again.lock})
    assert ItemSubmission.objects.get().state == State.APPROVED


def test_bulk_approval_shows_a_preview_and_then_approves(item, other, team):
    lano = make_user(Role.LANO)
    versions = [make_submitted(by=team, item=one) for one in (item, other)]
    ticked = [f"{version.pk}:{version.lock}" for version in versions]
    client = client_of(lano)

    preview = client.post(reverse("inspection:items-approve"), {"version": ticked})
    assert "Approve 2 versions?" in words_of(preview)
    assert set(ItemSubmission.objects.values_list("state", flat=True)) == {State.SUBMITTED.value}

    client.post(reverse("inspection:items-approve"), {"version": ticked, "confirmed": "yes"})
    assert set(ItemSubmission.objects.values_list("state", flat=True)) == {State.APPROVED.value}


def test_bulk_approval_of_something_that_changed_approves_nothing(item, other, team):
    from inspection.actions import items as actions

    lano = make_user(Role.LANO)
    versions = [make_submitted(by=team, item=one) for one in (item, other)]
    ticked = [f"{version.pk}:{version.lock}" for version in versions]
    taken = actions.take_back(by=team, at=versions[1].changed_at, submission=versions[1])
    actions.submit(by=team, at=versions[1].changed_at, submission=taken)

    answer = client_of(lano).post(reverse("inspection:items-approve"), {"version": ticked, "confirmed": "yes"})

    assert answer.status_code == 409
    assert "SEND strategy was changed since your preview" in words_of(answer)
    assert not ItemSubmission.objects.filter(state=State.APPROVED).exists()


def test_health_lead_is_offered_health_items_only(item, other, team):
    health = make_user(Role.HEALTH_LEAD)
    versions = [make_submitted(by=team, item=one) for one in (item, other)]
    client = client_of(health)

    text = main_of(client.get(reverse("inspection:items-decide")))
    assert "SEND strategy" in text
    assert "Self-evaluation" not in text
    ticked = [f"{version.pk}:{version.lock}" for version in versions]
    answer = client.post(reverse("inspection:items-approve"), {"version": ticked, "confirmed": "yes"})
    assert answer.status_code == 409
    assert not ItemSubmission.objects.filter(state=State.APPROVED).exists()


def test_returned_version_shows_its_reason_on_the_item(item, team):
    make_submitted(by=team, item=item)
    lano = client_of(make_user(Role.LANO))

    empty = lano.post(reverse("inspection:submission-return", args=[item.code, 1]), {"reason": ""})
    done = lano.post(
        reverse("inspection:submission-return", args=[item.code, 1]),
        {"reason": "The figures are of 2024."},
        follow=True,
    )

    assert empty.status_code == 400
    assert "The figures are of 2024." in words_of(done)


def test_filters_of_the_list(item, other, team):
    make_submitted(by=team, item=item)
    make_owner(by=team, item=other, owner=team)
    client = client_of(team)

    def titles(**query) -> set[str]:
        html = client.get(reverse("inspection:item-list"), query).content.decode()
        return {title for title in ("Self-evaluation", "SEND strategy") if f">{title}</a>" in html}

    assert titles() == {"Self-evaluation", "SEND strategy"}
    assert titles(state="submitted") == {"Self-evaluation"}
    assert titles(state="empty") == {"SEND strategy"}
    assert titles(owner="me") == {"SEND strategy"}
    assert titles(owner="nobody") == {"Self-evaluation"}
    assert titles(health="true") == {"SEND strategy"}
    assert titles(q="strategy") == {"SEND strategy"}
    assert titles(state="nonsense", owner="'; --") == {"Self-evaluation", "SEND strategy"}


def test_changed_since_i_last_looked(item, other, team):
    client = client_of(team)
    assert "Changed</strong>" not in client.get(reverse("inspection:item-list")).content.decode()

    client.post(reverse("inspection:items-see"))
    client.post(reverse("inspection:submission-start", args=[item.code]))

    html = client.get(reverse("inspection:item-list")).content.decode()
    assert html.count("Changed</strong>") == 1


def test_list_asks_a_fixed_number_of_queries(item, other, team):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_owner(by=team, item=item, owner=team)
    make_approved(by=team, item=item, approver=make_user(Role.LANO))
    client = client_of(team)
    url = reverse("inspection:item-list")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(20):
        extra = make_request_item(framework=item.framework, deadline=item.deadline, code=f"x-{number}", title="X")
        make_owner(by=team, item=extra, owner=team)
        make_approved(by=team, item=extra, approver=make_user(Role.LANO))
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


def test_person_level_list_leads_to_its_own_page_and_takes_no_file(item, team):
    listed = make_request_item(
        framework=item.framework,
        deadline=item.deadline,
        code="list-1",
        title="List 1",
        kind="list",
        is_person_level=True,
    )
    client = client_of(team)

    page = client.get(reverse("inspection:item-show", args=[listed.code]))

    assert "person-level list" in words_of(page)
    assert "Supply this item" not in words_of(page)
    assert client.post(reverse("inspection:submission-start", args=[listed.code])).status_code == 403


def test_owner_can_be_set_and_taken_away(item, team):
    client = client_of(team)
    partner = make_user(Role.PARTNER)
    url = reverse("inspection:owner-set", args=[item.code])

    client.post(url, {"owner": partner.pk})
    assert ItemOwner.objects.get(item=item).owner == partner
    client.post(url, {"owner": ""})
    assert not ItemOwner.objects.exists()


def test_owner_who_may_supply_nothing_is_refused_with_the_reason(item, team):
    member = make_user(Role.MEMBER)

    answer = client_of(team).post(reverse("inspection:owner-set", args=[item.code]), {"owner": member.pk})

    assert answer.status_code == 403
    assert "Only these roles may supply" in words_of(answer)


def test_several_items_go_to_one_person(item, other, team):
    partner = make_user(Role.PARTNER)
    client = client_of(team)

    nothing = client.post(reverse("inspection:owners-set"), {"owner": partner.pk, "item": "9" * 20})
    client.post(reverse("inspection:owners-set"), {"owner": partner.pk, "item": [item.pk, other.pk]})

    assert nothing.status_code == 400
    assert ItemOwner.objects.filter(owner=partner).count() == 2
