"""The whole line, from the call to the pack, as four people walk it: a real browser, web server and worker.

The LANO takes the call, the data lead uploads the lists, the SEND team supplies a document, the director signs off.
"""

import io
import re
import time
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from accounts.domain.roles import Role
from accounts.models import User
from framework.models import RequestItem
from tests.factories.accounts import PASSWORD, make_area, make_user
from tests.factories.items import make_approved
from tests.factories.office import make_pdf
from tests.harness.browser import Site, assert_accessible, assert_complete_without_scripts
from tests.harness.worker import WorkerProcess

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True),
]

RULEBOOK = "fixtures/frameworks/area-send-2023.yaml"
IN_THE_RULEBOOK, IN_THE_LETTER = "SEND strategy", "SEND and alternative provision strategy"
NOT_DELIVERED = re.compile("Annex A documents: (not delivered yet|the time has passed)")
# sheet, Excel row, column, what the council's system put there
FAULTS = [
    ("List_1", 5, "Date of birth", "31/02/2015"),
    ("List_1", 9, "Gender", "z"),
    ("List_2", 7, "Absence", "140"),
]
# What the trail says of the line, oldest first.
STEPS = [
    "visit.called",
    "letter.saved",
    "lists.uploaded",
    "lists.read",
    "submission.submitted",
    "submission.approved",
    "export.ordered",
    "export.made",
    "export.downloaded",
    "pack.signed_off",
    "pack.released",
    "export.delivered",
]


@dataclass(frozen=True)
class Desk:
    """One person at a browser of their own, with scripts or without."""

    page: Page
    has_scripts: bool

    def go(self, place: str) -> None:
        """By the navigation."""
        menu = self.page.get_by_role("navigation", name="Main")
        menu.get_by_role("link", name=place, exact=True).click()

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_text(words).first.wait_for()

    def is_on(self, heading: str | re.Pattern[str]) -> None:
        """The page with this heading is there, and everybody can use it."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for()
        self.page.wait_for_load_state()
        if self.has_scripts:
            assert_accessible(self.page)
        else:
            assert_complete_without_scripts(self.page)

    def waits_for_the_worker(self) -> None:
        """With scripts the page moves by itself; without them there is the Refresh link."""
        refresh = self.page.get_by_role("link", name="Refresh", exact=True)
        if self.has_scripts:
            refresh.wait_for(state="detached", timeout=40_000)
            return
        end = time.monotonic() + 40
        while refresh.count():
            assert time.monotonic() < end, f"The work is not done: {self.page.locator('main').inner_text()}"
            time.sleep(0.3)
            refresh.click()


@dataclass(frozen=True)
class Partnership:
    lano: User
    data_lead: User
    send_team: User
    director: User
    called_on: date
    document: bytes


@pytest.fixture
def partnership(transactional_db) -> Partnership:
    return given_a_partnership_with_the_published_rulebook()


def test_the_call_to_the_pack(open_page: Site, worker_process: WorkerProcess, partnership: Partnership, tmp_path: Path):
    lano = when_somebody_signs_in(open_page, partnership.lano, looks_first=True)
    then_home_says_what_a_call_would_find(lano)

    when_the_call_has_come(lano, partnership)
    then_every_deadline_has_its_owner(lano, partnership)
    when_two_lines_of_the_letter_are_worked_through(lano)

    data_lead = when_somebody_signs_in(open_page, partnership.data_lead)
    when_lists_with_faults_are_uploaded(data_lead, tmp_path)
    then_each_fault_is_named_by_sheet_row_and_column(data_lead)

    send_team = when_somebody_signs_in(open_page, partnership.send_team)
    when_a_document_is_submitted_for_an_empty_item(send_team, partnership)
    when_it_is_approved(lano)

    when_the_pack_is_ordered_while_the_worker_is_busy(lano, worker_process)
    when_the_password_is_given_again(lano)
    pack = when_the_pack_is_downloaded(lano, tmp_path)
    then_the_pack_is_whole_and_holds_the_document(pack, partnership)

    director = when_somebody_signs_in(open_page, partnership.director)
    when_the_pack_is_signed_off(director)
    then_home_lists_the_delivery(lano)
    when_the_pack_is_released_and_its_delivery_recorded(lano)
    then_home_lists_the_delivery_no_longer(lano)
    then_the_audit_trail_tells_the_line(lano)


def test_the_call_to_the_pack_without_scripts(
    open_page: Site, worker_process: WorkerProcess, partnership: Partnership, tmp_path: Path
):
    lano = when_somebody_signs_in(open_page, partnership.lano, has_scripts=False)
    when_the_call_has_come(lano, partnership)
    when_two_lines_of_the_letter_are_worked_through(lano)
    when_lists_with_faults_are_uploaded(lano, tmp_path)
    then_each_fault_is_named_by_sheet_row_and_column(lano)

    send_team = when_somebody_signs_in(open_page, partnership.send_team, has_scripts=False)
    when_a_document_is_submitted_for_an_empty_item(send_team, partnership)
    when_it_is_approved(lano)

    when_the_pack_is_ordered_while_the_worker_is_busy(lano, worker_process)
    when_the_password_is_given_again(lano)
    pack = when_the_pack_is_downloaded(lano, tmp_path)
    then_the_pack_is_whole_and_holds_the_document(pack, partnership)


def given_a_partnership_with_the_published_rulebook() -> Partnership:
    """A person for each role that owns a deadline, one approved item, everything else empty. The call was on Monday."""
    make_area()
    since = timezone.localdate() - timedelta(days=400)
    call_command("load_framework", RULEBOOK, stdout=io.StringIO())
    lano = make_user(Role.LANO, name="Head of SEND", from_on=since)
    make_user(Role.HEALTH_LEAD, name="Health lead", from_on=since)
    send_team = make_user(Role.SEND_TEAM, name="SEND officer", from_on=since)
    ready = RequestItem.objects.get(code="self-evaluation")
    make_approved(by=send_team, approver=lano, item=ready, at=timezone.now())
    today = timezone.localdate()
    return Partnership(
        lano=lano,
        data_lead=make_user(Role.DATA_LEAD, name="Data manager", from_on=since),
        send_team=send_team,
        director=make_user(Role.DIRECTOR, name="Director", from_on=since),
        called_on=today - timedelta(days=today.weekday()),
        document=make_pdf(),
    )


def when_somebody_signs_in(open_page: Site, user: User, *, has_scripts: bool = True, looks_first: bool = False) -> Desk:
    desk = Desk(open_page(path="/account/login/", javascript=has_scripts), has_scripts)
    if looks_first:
        desk.is_on("Sign in")
    desk.page.get_by_label("Your e-mail address").fill(user.email)
    desk.page.get_by_label("Your password").fill(PASSWORD)
    desk.press("Sign in")
    desk.page.locator("summary", has_text=user.name).wait_for()
    return desk


def then_home_says_what_a_call_would_find(lano: Desk) -> None:
    lano.is_on(re.compile("^If inspectors called on Monday"))
    lano.page.get_by_role("heading", level=2, name=re.compile("^Annex A documents")).wait_for()
    lano.reads(re.compile(r"To do: \d+ "))
    group = lano.page.locator("details", has_text=f"{IN_THE_RULEBOOK}: nothing supplied yet.")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    lano.reads(f"{IN_THE_RULEBOOK}: nothing supplied yet.")


def when_the_call_has_come(lano: Desk, partnership: Partnership) -> None:
    lano.press("The call has come")
    lano.is_on("The call has come")
    monday = partnership.called_on
    lano.page.get_by_label("Day of the call").fill(f"{monday:%d/%m/%Y}")
    if lano.has_scripts:
        lano.page.get_by_label("Day of the call").blur()
    else:
        lano.press("Show the deadlines")
    lano.page.locator("#preview dd", has_text=f"{monday.day} {monday:%B}").first.wait_for()
    lano.press("Start the clock")
    lano.is_on(re.compile("inspection", re.IGNORECASE))
    lano.reads(re.compile("Called on Monday"))


def then_every_deadline_has_its_owner(lano: Desk, partnership: Partnership) -> None:
    rows = lano.page.get_by_role("table", name="Deadlines").locator("tbody tr").all_inner_texts()
    assert len(rows) > 20
    assert not [row for row in rows if "Nobody" in row]
    for title, owner in [("Person-level lists", partnership.data_lead), ("Annex A documents", partnership.lano)]:
        assert any(title in row and owner.name in row for row in rows), f"{title} is not {owner.name}'s: {rows}"


def when_two_lines_of_the_letter_are_worked_through(lano: Desk) -> None:
    """One deadline is as the letter has it; one item has another name there."""
    lano.follow("Notification letter")
    as_it_is, renamed = (_line(lano, title) for title in ("Annex A documents", IN_THE_RULEBOOK))
    as_it_is.get_by_role("combobox").select_option("confirmed")
    renamed.locator("summary").click()
    renamed.get_by_label("Name", exact=True).fill(IN_THE_LETTER)
    renamed.get_by_label("Why", exact=True).fill("Page 2 of the letter")
    lano.press("Save")
    lano.reads(re.compile(r"^2 of \d+ lines looked at"))
    lano.is_on("Notification letter")
    assert _line(lano, IN_THE_LETTER).count() == 1


def _line(desk: Desk, title: str):
    return desk.page.locator("li.app-line", has=desk.page.get_by_text(title, exact=True).locator("visible=true"))


def when_lists_with_faults_are_uploaded(data_lead: Desk, folder: Path) -> None:
    data_lead.go("Lists")
    data_lead.is_on("Person-level lists")
    data_lead.press("Upload the lists")
    data_lead.is_on("Upload the person-level lists")
    data_lead.page.get_by_label("Workbook").set_input_files(_lists_with_faults(folder))
    data_lead.press("Upload and check")
    data_lead.page.get_by_role("heading", level=1, name=re.compile("^Lists as at")).wait_for()
    data_lead.waits_for_the_worker()


def _lists_with_faults(folder: Path) -> Path:
    path = folder / "lists.xlsx"
    call_command("make_lists", list1=12, list2=8, seed=7, out=str(path), stdout=io.StringIO())
    book = openpyxl.load_workbook(path)
    for sheet, row, column, value in FAULTS:
        headers = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, headers.index(column) + 1).value = int(value) if value.isdigit() else value
    book.save(path)
    return path


def then_each_fault_is_named_by_sheet_row_and_column(data_lead: Desk) -> None:
    data_lead.reads("20 rows, 3 errors, 0 queries.")
    data_lead.is_on(re.compile("^Lists as at"))
    data_lead.press("See every finding")
    data_lead.is_on("What the rules found")
    found = data_lead.page.get_by_role("table", name="Findings").locator("tbody tr").all_inner_texts()
    assert len(found) == len(FAULTS)
    for line, (sheet, row, column, value) in zip(found, FAULTS, strict=True):
        assert all(words in line for words in (f"{sheet} row {row}", column, value)), line


def when_a_document_is_submitted_for_an_empty_item(send_team: Desk, partnership: Partnership) -> None:
    send_team.go("Annex A")
    send_team.is_on("Annex A")
    send_team.follow(IN_THE_LETTER)
    send_team.reads("Nothing supplied yet")
    send_team.is_on(IN_THE_LETTER)
    send_team.press("Supply this item")
    send_team.is_on("Version 1, draft")
    send_team.page.get_by_label("Attach files").set_input_files(
        {"name": "Strategy final v7.pdf", "mimeType": "application/pdf", "buffer": partnership.document}
    )
    send_team.page.get_by_label("As at").fill(f"{timezone.localdate():%d/%m/%Y}")
    send_team.press("Submit for approval")
    send_team.reads("Strategy final v7.pdf")
    send_team.is_on(IN_THE_LETTER)


def when_it_is_approved(lano: Desk) -> None:
    lano.go("Annex A")
    lano.press("Approve")
    lano.is_on("Awaiting your approval")
    lano.page.get_by_role("checkbox", name=re.compile("^Approve .*strategy, version 1")).check()
    lano.press("Look at what I ticked")
    lano.is_on("Approve 1 version?")
    lano.press("Approve")
    lano.reads("1 version is approved.")


def when_the_pack_is_ordered_while_the_worker_is_busy(lano: Desk, worker: WorkerProcess) -> None:
    """She goes on working on other pages, comes back to the order, and sees it through."""
    worker.hold()
    lano.go("Packs")
    lano.is_on("Packs")
    lano.press("Build the pack")
    lano.reads("Waiting for the background worker")
    lano.is_on(re.compile("^Pack:"))
    lano.go("Annex A")
    lano.reads(IN_THE_LETTER)
    lano.go("Packs")
    lano.follow(re.compile("^Pack:"))
    lano.reads("Waiting for the background worker")
    worker.go_on()
    lano.waits_for_the_worker()


def when_the_password_is_given_again(lano: Desk) -> None:
    lano.press("Confirm your password")
    lano.is_on("Is it you?")
    lano.page.get_by_label("Your password").fill(PASSWORD)
    lano.press("Go on")


def when_the_pack_is_downloaded(lano: Desk, folder: Path) -> Path:
    lano.is_on(re.compile("^Pack:"))
    with lano.page.expect_download() as download:
        lano.press(re.compile("^Download"))
    assert download.value.suggested_filename.startswith("WEXCOMBE_")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def then_the_pack_is_whole_and_holds_the_document(pack: Path, partnership: Partnership) -> None:
    said = io.StringIO()
    call_command("verify_pack", str(pack), stdout=said)
    assert f"{pack.name} is whole" in said.getvalue()
    with zipfile.ZipFile(pack) as archive:
        assert any(archive.read(name) == partnership.document for name in archive.namelist())


def when_the_pack_is_signed_off(director: Desk) -> None:
    _open_the_pack(director)
    director.press(re.compile("^Sign off"))
    director.reads("You have signed off this pack.")
    director.is_on(re.compile("WEXCOMBE"))


def _open_the_pack(desk: Desk) -> None:
    desk.go("Packs")
    desk.follow(re.compile("^WEXCOMBE_"))
    desk.page.get_by_role("heading", level=1, name=re.compile("^WEXCOMBE_")).wait_for()


def then_home_lists_the_delivery(lano: Desk) -> None:
    lano.go("Home")
    lano.page.get_by_role("heading", level=1, name=re.compile("^Inspectors have called")).wait_for()
    assert lano.page.get_by_role("main").get_by_text(NOT_DELIVERED).count()


def when_the_pack_is_released_and_its_delivery_recorded(lano: Desk) -> None:
    _open_the_pack(lano)
    lano.press("Release")
    lano.reads("The pack is released.")
    lano.press("Record a delivery")
    lano.is_on("Record a delivery")
    lano.page.get_by_label("Uploaded where?").fill("The inspectors' upload site")
    lano.press("Record it")
    lano.reads("The delivery is on record.")
    lano.reads("The inspectors' upload site")


def then_home_lists_the_delivery_no_longer(lano: Desk) -> None:
    lano.go("Home")
    lano.is_on(re.compile("^Inspectors have called"))
    assert not lano.page.get_by_role("main").get_by_text(NOT_DELIVERED).count()


def then_the_audit_trail_tells_the_line(lano: Desk) -> None:
    lano.go("Audit")
    lano.is_on("Audit trail")
    newest_first = lano.page.locator("tbody .app-mono").all_inner_texts()
    told = iter(reversed(newest_first))
    missed = [step for step in STEPS if step not in told]
    assert not missed, f"The trail leaves out {missed}: {newest_first}"
