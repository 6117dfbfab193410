"""Freezing, signing off, withdrawing; what a version holds and what never enters it; who reads it."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from docx import Document as WordFile
from pypdf import PdfReader

from accounts.domain.roles import Role
from accounts.models import AuditEvent, LocalArea
from accounts.permissions import NotAllowed
from documents.actions import order_export
from documents.files import open_stored
from documents.making import make_export
from documents.models import Export
from evidence.models import EvidenceKind, Marking
from indicators.models import Release
from selfeval.actions import publishing
from selfeval.domain.published import VersionKind
from selfeval.domain.published_json import from_json, sha256_of, to_json
from selfeval.gather.freezing import as_now
from selfeval.models import CycleState, Evaluation, EvaluationState, PublishedVersion, SelfEvaluation, Voice
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_point
from tests.factories.evidence import make_approved
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.selfeval import (
    make_area_for_development,
    make_data_gap,
    make_evaluation,
    make_partner_view,
    make_position_statement,
    make_scale_grade,
    make_section,
    make_self_evaluation,
    make_strength,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def lano():
    make_area()
    LocalArea.objects.update(la_code="901")
    return make_user(Role.LANO)


@pytest.fixture
def director():
    return make_user(Role.DIRECTOR, name="The director")


@pytest.fixture
def release() -> Release:
    return make_release()


@pytest.fixture
def cycle(lano, release) -> SelfEvaluation:
    """A1 written and moderated, with an open item, a confidential one and a figure."""
    indicator = make_indicator(name="Plans in time")
    place = make_local_area(code="901")
    for year, value in ((2023, "90.2"), (2024, "97.5")):
        make_observation(indicator=indicator, area=place, release=release, year=year, value=value)
    proof = make_approved(by=lano, title="Audit of plans", kind=EvidenceKind.QUALITY_ASSURANCE, marking=Marking.OPEN)
    secret = make_approved(
        by=lano, title="A family's complaint", kind=EvidenceKind.QUALITY_ASSURANCE, marking=Marking.CONFIDENTIAL
    )
    cycle = make_self_evaluation(journey=f"They came in May [{proof.code}].")
    evaluation = make_evaluation(
        cycle=cycle,
        know=f"[F:{indicator.code}] came in time [{proof.code}]. Some complained [{secret.code}].",
        meaning="It works.",
        next_steps="- Go on\n- Count it",
        child_friendly="Plans come in time.",
        state=EvaluationState.MODERATED,
        grade=make_scale_grade(label="Developing"),
        confidence="medium",
    )
    make_point(criterion=evaluation.criterion)
    make_strength(evaluation=evaluation)
    area = make_area_for_development(evaluation=evaluation)
    make_position_statement(area=area)
    make_section(cycle=cycle, text="We have some.")
    make_data_gap(cycle=cycle)
    return cycle


def freeze(cycle, by, at=AT) -> PublishedVersion:
    now = as_now(cycle, VersionKind.CONSULTATION, at=at, by=by)
    return publishing.freeze_consultation(by=by, at=at, cycle=cycle, seen=sha256_of(to_json(now.document)))


def sign(cycle, by, at=AT) -> PublishedVersion:
    now = as_now(cycle, VersionKind.PUBLISHED, at=at, by=by)
    return publishing.sign_off(by=by, at=at, cycle=cycle, seen=sha256_of(to_json(now.document)))


# -- what is frozen


def test_consultation_version_is_frozen_with_notes_figures_and_watermark(cycle, lano):
    version = freeze(cycle, lano)

    document = from_json(version.document)
    assert (document.name, document.watermark != "") == ("Consultation version 1", True)
    assert [note.title for note in document.notes] == ["Audit of plans", "Plans in time", "Confidential evidence held"]
    assert document.notes[1].value == "97.5 %"
    assert [point.words for point in document.figures[0].series[0].points] == ["90.2 %", "97.5 %"]
    criterion = document.criteria[0]
    assert (criterion.grade, criterion.confidence) == ("Developing", "Medium")
    assert criterion.areas[0].positions[0].text == "Still late."
    assert document.gaps[0].text == "Waits by month"
    cycle.refresh_from_db()
    assert cycle.state == CycleState.CONSULTATION
    assert AuditEvent.objects.filter(action="version.frozen").count() == 1


def test_confidential_title_and_unsubmitted_view_and_unchecked_voice_never_enter(cycle, lano):
    judged = Evaluation.objects.get(self_evaluation=cycle)
    make_partner_view(evaluation=judged, organisation=make_organisation(), text="Still being written")
    Voice.objects.create(self_evaluation=cycle, text="Nobody has checked this", consent="given", added_at=AT)

    version = freeze(cycle, lano)

    text = str(version.document)
    for secret in ("complaint", "Still being written", "Nobody has checked this"):
        assert secret not in text


def test_unchecked_case_study_stops_the_freezing(cycle, lano):
    case = make_approved(by=lano, title="One family", kind=EvidenceKind.CASE_STUDY, marking=Marking.OPEN)
    SelfEvaluation.objects.update(journey=f"One family [{case.code}].")
    cycle.refresh_from_db()

    with pytest.raises(NotAllowed, match="second person"):
        freeze(cycle, lano)
    assert not PublishedVersion.objects.exists()


def test_what_changed_since_it_was_looked_at_is_looked_at_again(cycle, lano):
    now = as_now(cycle, VersionKind.CONSULTATION, at=AT, by=lano)
    seen = sha256_of(to_json(now.document))
    SelfEvaluation.objects.update(journey="Somebody wrote this meanwhile.")

    with pytest.raises(NotAllowed, match="changed since"):
        publishing.freeze_consultation(by=lano, at=AT, cycle=cycle, seen=seen)


def test_director_signs_off_and_the_writing_is_closed(cycle, director):
    version = sign(cycle, director)

    cycle.refresh_from_db()
    assert (version.kind, version.number, cycle.state) == ("published", 1, CycleState.SIGNED_OFF)
    assert from_json(version.document).signed_off_by == "The director"
    with pytest.raises(NotAllowed):
        sign(cycle, director)


def test_draft_criterion_is_not_signed_off(cycle, director):
    Evaluation.objects.update(state=EvaluationState.DRAFT)

    with pytest.raises(NotAllowed, match="still a draft"):
        sign(cycle, director)


def test_only_the_roles_that_may_freeze_and_sign_off(cycle, lano, director):
    with pytest.raises(NotAllowed):
        freeze(cycle, director)
    with pytest.raises(NotAllowed):
        sign(cycle, lano)


def test_withdrawn_last_version_keeps_its_reason_and_opens_the_writing(cycle, director):
    version = sign(cycle, director)

    publishing.withdraw_version(by=director, at=AT, version=version, reason="A figure was wrong.")

    cycle.refresh_from_db()
    assert cycle.state == CycleState.DRAFTING
    again = sign(cycle, director)
    assert again.number == 2


def test_frozen_version_does_not_follow_later_changes(cycle, lano):
    version = freeze(cycle, lano)
    SelfEvaluation.objects.update(journey="Otherwise now.")

    version.refresh_from_db()

    assert from_json(version.document).journey.startswith("They came in May")
    assert sha256_of(version.document) == version.sha256


# -- who reads it


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEAD_MEMBER, Role.PARTNER])
def test_whoever_is_asked_reads_every_page_of_a_consultation_version(cycle, lano, client, role):
    version = freeze(cycle, lano)
    client.force_login(make_user(role))

    whole = client.get(reverse("reading:document-open", args=[version.pk]))
    part = client.get(reverse("reading:part-open", args=[version.pk, "a1"]))
    children = client.get(reverse("reading:children-open", args=[version.pk]))

    assert (whole.status_code, part.status_code, children.status_code) == (200, 200, 200)
    assert "97.5" in part.content.decode()
    assert "Confidential evidence held" in part.content.decode()
    assert "complaint" not in part.content.decode()
    assert "Plans come in time." in children.content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.SYSTEM_LEAD])
def test_consultation_version_is_closed_to_those_who_read_only_what_is_published(cycle, lano, client, role):
    version = freeze(cycle, lano)
    client.force_login(make_user(role))

    pages = [
        client.get(reverse("reading:document-open", args=[version.pk])),
        client.get(reverse("reading:part-open", args=[version.pk, "a1"])),
        client.get(reverse("selfeval:published-show", args=[version.pk])),
        client.post(reverse("selfeval:report-order", args=[version.pk]), {"form": "pdf"}),
    ]

    assert [page.status_code for page in pages] == [404] * 4
    assert "Consultation version" not in client.get(reverse("selfeval:published-list")).content.decode()


@pytest.mark.parametrize("name", ["published-freeze", "published-sign-off"])
def test_member_comes_to_no_page_of_the_draft(cycle, client, name):
    client.force_login(make_user(Role.MEMBER))

    page = client.get(reverse(f"selfeval:{name}"))
    preview = client.get(reverse("selfeval:published-preview", args=["published", "a1"]))

    assert (page.status_code, preview.status_code) == (403, 403)


def test_withdrawn_version_says_why_and_shows_nothing_else(cycle, lano, client):
    version = freeze(cycle, lano)
    publishing.withdraw_version(by=lano, at=AT, version=version, reason="A figure was wrong.")
    client.force_login(make_user(Role.MEMBER))

    page = client.get(reverse("reading:document-open", args=[version.pk]))
    chart = client.get(reverse("reading:chart-draw", args=[version.pk, "plans-in-time"]))

    assert page.status_code == 410
    assert "A figure was wrong." in page.content.decode()
    assert chart.status_code == 404


def test_administrator_alone_does_not_read_it(cycle, lano, client):
    version = freeze(cycle, lano)
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.get(reverse("reading:document-open", args=[version.pk])).status_code == 403


def test_reading_a_part_takes_few_queries(cycle, lano, client, django_assert_max_num_queries):
    version = freeze(cycle, lano)
    client.force_login(make_user(Role.MEMBER))
    client.get(reverse("reading:part-open", args=[version.pk, "a1"]))

    with django_assert_max_num_queries(12):
        client.get(reverse("reading:part-open", args=[version.pk, "a1"]))


# -- pages of those who keep it


def test_lano_freezes_from_the_page_and_compares_two_versions(cycle, lano, client):
    client.force_login(lano)
    page = client.get(reverse("selfeval:published-freeze"))
    seen = page.context["seen"]
    client.post(reverse("selfeval:published-freeze"), {"seen": seen})
    SelfEvaluation.objects.update(journey="They came in June.")
    page = client.get(reverse("selfeval:published-freeze"))
    client.post(reverse("selfeval:published-freeze"), {"seen": page.context["seen"]})
    first, second = PublishedVersion.objects.order_by("number")

    compared = client.get(
        reverse("selfeval:published-compare"), {"older": second.pk, "newer": first.pk}
    ).content.decode()

    assert (first.number, second.number) == (1, 2)
    assert '<del class="app-gone">' in compared
    assert "June." in compared


def test_stale_page_is_refused_with_the_reason_and_freezes_nothing(cycle, lano, client):
    client.force_login(lano)

    page = client.post(reverse("selfeval:published-freeze"), {"seen": "0" * 64})

    assert page.status_code == 409
    assert "changed since" in page.content.decode()
    assert not PublishedVersion.objects.exists()


def test_withdrawing_asks_for_a_reason(cycle, lano, client):
    version = freeze(cycle, lano)
    client.force_login(lano)

    page = client.post(reverse("selfeval:published-withdraw", args=[version.pk]), {"reason": " "})

    assert page.status_code == 400
    version.refresh_from_db()
    assert version.withdrawn_at is None


# -- reports


@pytest.fixture
def folders(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"


def made(version, kind) -> bytes:
    export = publishing_export(version, kind)
    with open_stored(export) as source:
        return source.read()


def publishing_export(version, kind) -> Export:
    export = order_export(by=None, at=AT, kind=kind, params={"of": version.pk})
    make_export(export.pk)
    export.refresh_from_db()
    assert export.is_done, export.error
    return export


def test_report_as_pdf_is_tagged_with_bookmarks_and_footnotes(cycle, lano, folders):
    reader = PdfReader(io.BytesIO(made(freeze(cycle, lano), "self-evaluation-pdf")))

    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "The criteria" in [one.title for one in reader.outline if not isinstance(one, list)] or reader.outline
    assert "Audit of plans" in text
    assert "Confidential evidence held" in text
    assert "complaint" not in text
    assert "OFFICIAL-SENSITIVE" in text


def test_report_as_word_has_styles_footnotes_and_contents(cycle, lano, folders):
    data = made(freeze(cycle, lano), "self-evaluation-docx")

    word = WordFile(io.BytesIO(data))
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 2", "The criteria") in headings
    assert ("Heading 4", "What do we know?") in headings
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        notes = parts.read("word/footnotes.xml").decode()
        body = parts.read("word/document.xml").decode()
        header = parts.read("word/header1.xml").decode()
    assert "Audit of plans" in notes
    assert "complaint" not in notes + body
    assert "TOC" in body
    assert "not signed off" in header


def test_edition_for_children_holds_their_words_and_no_footnotes(cycle, lano, folders):
    reader = PdfReader(io.BytesIO(made(freeze(cycle, lano), "self-evaluation-children")))

    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Plans come in time." in text
    assert "Audit" not in text


def test_report_is_built_from_the_command_line_of_the_newest_that_stands(cycle, lano, director, folders, tmp_path):
    freeze(cycle, lano)
    sign(cycle, director)

    call_command("build_report", "self-evaluation", "--out", str(tmp_path / "out"))

    (file,) = (tmp_path / "out").iterdir()
    assert "VERSION-1" in file.name


def test_member_takes_the_report_and_nobody_takes_that_of_a_withdrawn_one(cycle, lano, client, folders):
    version = freeze(cycle, lano)
    member = make_user(Role.MEMBER)
    client.force_login(member)

    ordered = client.post(reverse("selfeval:report-order", args=[version.pk]), {"form": "pdf"})
    publishing.withdraw_version(by=lano, at=AT, version=version, reason="A figure was wrong.")
    refused = client.post(reverse("selfeval:report-order", args=[version.pk]), {"form": "pdf"})

    assert ordered.status_code == 302
    assert client.get(ordered.url).status_code in {403, 404}
    assert refused.status_code == 404
