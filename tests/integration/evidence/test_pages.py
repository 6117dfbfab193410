"""The evidence log in the browser's words: lists, forms, conflicts, guessed addresses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.roles import Role
from documents.models import Download
from evidence.actions import items
from evidence.domain.revisions import State
from evidence.models import Evidence, EvidenceRevision, Marking
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft, make_facts, make_submitted, make_upload
from tests.factories.framework import make_framework
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def typed(**fields: object) -> dict[str, object]:
    given = {
        "title": "Audit of plans",
        "kind": "quality_assurance",
        "shows": "Outcomes are clearer than a year ago.",
        "covers_from_on": "1/9/2025",
        "covers_to_on": "31 August 2026",
        "marking": "partnership",
        "text": "Thirty plans were read by two people each.",
        "do": "submit",
    }
    return given | fields


def test_adding_and_submitting_takes_one_form(team):
    lead = make_user(Role.SYSTEM_LEAD)
    upload = SimpleUploadedFile("Audit.txt", b"Thirty plans.\n")

    response = client_of(lead).post(reverse("evidence:evidence-add"), typed(uploads=upload), follow=True)

    revision = EvidenceRevision.objects.get()
    assert revision.state == State.SUBMITTED
    assert revision.evidence.collected_on == revision.evidence.covers_to_on
    assert "E1 is handed over for approval" in words_of(response)


def test_adding_without_a_period_keeps_the_draft_and_says_what_is_missing(team):
    response = client_of(team).post(reverse("evidence:evidence-add"), typed(covers_from_on=""), follow=True)

    assert EvidenceRevision.objects.get().state == State.DRAFT
    assert "Give the first and the last day that it covers" in words_of(response)


def test_adding_with_a_day_that_is_none_says_how_to_write_it_and_keeps_the_rest(team):
    response = client_of(team).post(reverse("evidence:evidence-add"), typed(covers_from_on="soon"))

    assert response.status_code == 400
    assert "Write it like 27/11/2026" in words_of(response)
    assert "Thirty plans were read" in response.content.decode()
    assert not Evidence.objects.exists()


def test_adding_a_program_keeps_the_words_without_the_file(team):
    upload = SimpleUploadedFile("tool.exe", b"MZ\x90\x00 a program")

    response = client_of(team).post(reverse("evidence:evidence-add"), typed(uploads=upload), follow=True)

    assert "E1 is kept as a draft, but without its file" in words_of(response)
    assert EvidenceRevision.objects.get().state == State.DRAFT


def test_conflict_on_a_draft_shows_both_texts_and_saves_neither(team):
    draft = make_draft(by=team)
    url = reverse("evidence:revision-edit", args=[1, 1])
    first = typed(do="save", version=0, lock=draft.lock, text="What I wrote first, in full.")
    client_of(team).post(url, first)
    second = typed(do="save", version=1, lock=draft.lock, text="What you wrote meanwhile.")

    response = client_of(team).post(url, second)

    shown = words_of(response)
    assert response.status_code == 409
    assert "What I wrote first, in full." in shown
    assert "What you wrote meanwhile." in shown
    draft.refresh_from_db()
    assert draft.text == "What I wrote first, in full."


def test_conflict_on_the_facts_shows_both_texts(team):
    make_approved(by=team)
    items.change_evidence(by=team, at=AT, evidence=Evidence.objects.get(), version=0, facts=make_facts(title="Theirs"))

    response = client_of(team).post(reverse("evidence:evidence-change", args=[1]), typed(version=0, title="Mine"))

    assert response.status_code == 409
    assert "Theirs" in words_of(response)
    assert Evidence.objects.get().title == "Theirs"


def test_submitting_an_incomplete_draft_marks_the_fields(team):
    draft = make_draft(by=team, text="", shows="")
    data = typed(version=0, lock=draft.lock, text="", shows="")

    response = client_of(team).post(reverse("evidence:revision-edit", args=[1, 1]), data)

    assert response.status_code == 400
    assert "Say in a sentence what it shows" in words_of(response)
    assert "Attach a file, give a link" in words_of(response)


def test_returning_without_a_reason_asks_for_it(team):
    make_submitted(by=team)

    response = client_of(team).post(reverse("evidence:revision-return", args=[1, 1]), {"reason": ""})

    assert response.status_code == 400
    assert "Say what has to change" in words_of(response)


def test_log_takes_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    for _ in range(30):
        make_approved(by=team)
    client = client_of(team)
    client.get(reverse("evidence:evidence-list"))

    with django_assert_max_num_queries(16):
        response = client.get(reverse("evidence:evidence-list"))

    assert len(response.content) < 100_000


def test_page_of_an_item_takes_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    evidence = make_approved(by=team, upload=make_upload())
    criterion = make_criterion(framework=make_framework())
    for order in range(8):
        point = make_point(criterion=criterion, order=order)
        items.link_point(by=team, at=AT, evidence=evidence, point=point, relevance="It shows it.")
    client = client_of(team)

    with django_assert_max_num_queries(28):
        client.get(reverse("evidence:evidence-show", args=[1]))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"E1", "E2", "E3"}),
        ({"q": "e2"}, {"E2"}),
        ({"q": "survey"}, {"E1"}),
        ({"kind": "case_study"}, {"E2"}),
        ({"state": "draft"}, {"E3"}),
        ({"state": "approved"}, {"E1", "E2"}),
        ({"state": "archived"}, {"E4"}),
        ({"marking": "confidential"}, {"E2"}),
        ({"criterion": "A1"}, {"E1"}),
        ({"stale": "true"}, {"E3"}),
        ({"q": "nothing like it"}, set()),
    ],
    ids=lambda value: " ".join(sorted(value)) or "nothing",
)
def test_filter_finds(team, asked, found):
    first = make_approved(by=team, title="Survey")
    point = make_point(criterion=make_criterion(framework=make_framework()))
    items.link_point(by=team, at=AT, evidence=first, point=point, relevance="It shows it.")
    make_approved(by=team, title="A journey", kind="case_study", marking=Marking.CONFIDENTIAL)
    make_draft(by=team, title="Audit", review_by_on=AT.date().replace(year=2025))
    items.archive_evidence(by=team, at=AT, evidence=make_approved(by=team, title="Old"))

    response = client_of(team).get(reverse("evidence:evidence-list"), asked)

    assert {row.evidence.code for row in response.context["rows"]} == found


def test_somebody_elses_evidence_does_not_exist_for_a_partner(team):
    make_approved(by=team, upload=make_upload())
    file = EvidenceRevision.objects.get().files.get()
    client = client_of(make_user(Role.PARTNER))

    for url in (
        reverse("evidence:evidence-show", args=[1]),
        reverse("evidence:evidence-change", args=[1]),
        reverse("evidence:file-download", args=[1, 1, file.pk]),
    ):
        assert client.get(url).status_code == 404
    assert "Survey of families" not in words_of(client.get(reverse("evidence:evidence-list")))


def test_download_is_logged_and_a_file_of_another_revision_is_not_there(team):
    make_approved(by=team, upload=make_upload())
    file = EvidenceRevision.objects.get().files.get()

    response = client_of(team).get(reverse("evidence:file-download", args=[1, 1, file.pk]))

    assert b"".join(response.streaming_content) == b"What families said, in numbers.\n"
    assert Download.objects.get().user == team
    assert client_of(team).get(reverse("evidence:file-download", args=[1, 2, file.pk])).status_code == 404


def test_reader_without_the_right_to_change_sees_why(team):
    make_submitted(by=team)

    response = client_of(make_user(Role.SYSTEM_LEAD)).get(reverse("evidence:evidence-show", args=[1]))

    assert "Only its owner, whoever added it, or the SEND team can change this evidence" in words_of(response)
    assert "Approve revision" not in words_of(response)
