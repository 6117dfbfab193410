"""The evidence log in a real browser: many files, the workbook, links, search, a first look, Annex A."""

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.domain.roles import Role
from documents.models import StoredFile
from evidence.actions import bulk, imports, items, supply
from evidence.actions.supply import Asked, Sent
from evidence.exporting import gather_log, write_log
from evidence.models import BulkAdd, Evidence, EvidenceImport, EvidenceKind, EvidenceRevision, FileText, Supply
from evidence.reading_texts import read_file_text
from framework.models import Lens, LensStatement
from inspection.actions import items as annex
from inspection.actions.evidence import take_evidence
from tests.factories.accounts import make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_facts, make_submitted, make_upload
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = Asked(name="SENCO of Hill School", email="", request="Your last visit report.", days=14)


@pytest.fixture
def log(team, tmp_path):
    """Evidence in several states, a link with something sent, a workbook with a fault, an item that took some."""
    framework = make_framework()
    point = make_point(criterion=make_criterion(framework=framework))
    lens = Lens.objects.create(framework=framework, code="outcomes", title="Outcomes", source="Made up", order=1)
    statement = LensStatement.objects.create(
        framework=framework, lens=lens, code="outcomes.1", title="Skills for work", source="Made up", order=1
    )
    evidence = make_approved(by=team, upload=make_upload(content=b"Parents ask for a hedgehog at each drop-in.\n"))
    items.link_point(by=team, at=AT, evidence=evidence, point=point, relevance="Says so.")
    items.link_statement(by=team, at=AT, evidence=evidence, statement=statement, relevance="Says this too.")
    for text in FileText.objects.all():
        read_file_text(text.pk)
    lead = make_user(Role.SYSTEM_LEAD, name="System lead")
    make_submitted(by=lead, title="A way back to school", kind=EvidenceKind.CASE_STUDY)
    asked = items.add_evidence(by=team, at=AT, facts=make_facts(title="Visit report", shows="")).evidence
    made = supply.make_link(by=team, at=timezone.now(), evidence=asked, asked=ASKED)
    supply.send_supply(
        by=None, at=timezone.now(), link=made.link, sent=Sent(shows="Support came late."), uploads=[make_upload()]
    )
    shared = bulk.Shared(
        kind="quality_assurance",
        organisation=make_organisation(name="Forum"),
        covers_from_on=None,
        covers_to_on=None,
        review_by_on=None,
        marking="partnership",
    )
    uploads = [
        SimpleUploadedFile("Audit of plans.txt", b"Thirty plans.\n"),
        SimpleUploadedFile("Run.exe", b"MZ\x90\x00\x03\x00"),
        SimpleUploadedFile("Copy.txt", b"Parents ask for a hedgehog at each drop-in.\n"),
    ]
    bulk.add_many(by=team, at=timezone.now(), uploads=uploads, shared=shared)
    _import(team, tmp_path)
    item = make_request_item(framework=framework, deadline=make_timetable_rule(framework=framework), code="survey")
    draft = annex.start_version(by=team, at=AT, item=item)
    take_evidence(by=team, at=AT, submission=draft, evidence=evidence, relevance="It is the survey itself.")
    return made


def _import(team, folder: Path) -> None:
    out = folder / "log.xlsx"
    write_log(gather_log({}), out, lambda *_: None)
    book = openpyxl.load_workbook(out)
    book["Evidence"]["B2"].value = "Survey of families, corrected"
    book["Evidence"]["C3"].value = "Rumour"
    book.save(out)
    imports.start_import(by=team, at=timezone.now(), upload=SimpleUploadedFile("Log.xlsx", out.read_bytes()))


def _file_page(name: str) -> str:
    revision = EvidenceRevision.objects.get(evidence__number=1)
    return reverse(f"evidence:{name}", args=[1, revision.number, revision.files.get().pk])


PAGES: dict[str, Callable[[], str]] = {
    "search": lambda: reverse("evidence:evidence-list") + "?q=hedgehog",
    "an item": lambda: reverse("evidence:evidence-show", args=[1]),
    "a case study": lambda: reverse("evidence:evidence-show", args=[2]),
    "a first look": lambda: _file_page("file-preview"),
    "many files": lambda: reverse("evidence:bulk-add"),
    "what became of many files": lambda: reverse("evidence:bulk-show", args=[BulkAdd.objects.get().pk]),
    "the workbook": lambda: reverse("evidence:import-start"),
    "what the workbook would change": lambda: reverse("evidence:import-show", args=[EvidenceImport.objects.get().pk]),
    "asking for an item": lambda: reverse("evidence:supply-ask"),
    "what was sent": lambda: reverse("evidence:supply-list", args=[3]),
    "a draft that took evidence": lambda: reverse("inspection:submission-edit", args=["survey", 1]),
    "taking evidence": lambda: reverse("inspection:evidence-take", args=["survey", 1]),
}


def _keep(page: Page, name: str) -> None:
    """For looking at the page by eye: only where a folder is named for it."""
    if folder := os.environ.get("LOOK_AT"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_stand_still(open_page, team, log, width):
    for name, address in PAGES.items():
        page = open_page(team, address(), width=width)

        _keep(page, f"{name.replace(' ', '-')}-{width}")
        assert_accessible(page)
        assert_stands_still(page)


def test_pages_are_complete_without_scripts(open_page, team, log):
    for address in PAGES.values():
        assert_complete_without_scripts(open_page(team, address(), javascript=False))


def test_files_that_came_together_are_handed_over_by_keyboard(open_page, team, log):
    page = open_page(team, PAGES["what became of many files"]())

    assert_usable_by_keyboard(page, reaches=["Save drafts", "Submit all for approval"])


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_somebody_without_an_account_sends_an_item_by_link(open_page, log, width, tmp_path):
    file = tmp_path / "Report.txt"
    file.write_text("The visit report.\n")
    page = open_page(None, "/" + log.address.split("/", 3)[3], width=width)

    _keep(page, f"link-{width}")
    assert_accessible(page)
    page.get_by_label("Files").set_input_files(file)
    page.get_by_label("What does it show?").fill("Support comes on time now.")
    page.get_by_label("Nothing in it names a child").check()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("somebody looks at it before it counts")).to_be_visible()
    assert Supply.objects.count() == 2


def test_many_files_become_items_without_scripts(open_page, team, tmp_path):
    files = [tmp_path / "One.txt", tmp_path / "Two.txt"]
    for file in files:
        file.write_text(f"What {file.stem} says.\n")
    page = open_page(team, reverse("evidence:bulk-add"), javascript=False)

    page.get_by_label("Files").set_input_files(files)
    page.get_by_label("Quality assurance").check()
    page.get_by_role("button", name="Add them").click()
    page.get_by_label("What does it show?").first.fill("Plans are clearer.")
    page.get_by_role("button", name="Save drafts").click()

    assert Evidence.objects.filter(shows="Plans are clearer.").exists()
    assert StoredFile.objects.count() == 2
