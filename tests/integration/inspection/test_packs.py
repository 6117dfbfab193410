"""A pack from order to verification: equal bytes, issues instead of failures, what it took."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pypdf import PdfReader

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from documents.exports import is_out_of_date
from documents.files import open_stored
from documents.making import make_export
from inspection.actions import decisions, owners
from inspection.actions import items as item_actions
from inspection.actions import packs as actions
from inspection.actions.deliveries import WrongMoment, record_delivery
from inspection.domain.submissions import Answer
from inspection.models import ItemSubmission, Pack
from inspection.readers.packs import verify
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_approved, make_draft, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PARTS = ("annex-a",)


@pytest.fixture
def lano():
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def items(lano):
    """Four items: two documents of which one has two files, one answered with none, one empty."""
    make_area()
    framework = make_framework()
    deadline = make_timetable_rule(framework=framework)
    made = [
        make_request_item(framework=framework, deadline=deadline, code=code, title=title, order=order)
        for order, (code, title) in enumerate(
            [
                ("sef", "Self-evaluation"),
                ("strategy", "SEND strategy: 2022–2027"),
                ("register", "Register of providers"),
                ("minutes", "Board minutes"),
            ],
            start=1,
        )
    ]
    make_approved(by=lano, item=made[0], upload=make_upload(name="SEF final.txt", content=b"What we know.\n"))
    draft = make_draft(
        by=lano, item=made[1], upload=make_upload(name="../../Strategy.txt", content=b"Six priorities.\n")
    )
    item_actions.attach_file(
        by=lano, at=AT, submission=draft, upload=make_upload(name="STRATEGY.txt", content=b"The action plan.\n")
    )
    decisions.approve(by=lano, at=AT, submission=item_actions.submit(by=lano, at=AT, submission=draft))
    make_approved(by=lano, item=made[2], answer=Answer.NONE, none_reason="No provider is unregistered.", as_at_on=None)
    return made


def build(by, **order) -> Pack:
    export = actions.order_pack(by=by, at=AT, inspection=None, parts=PARTS, **order)
    make_export(export.pk)
    return Pack.objects.select_related("export").get(export=export)


def bytes_of(pack: Pack) -> bytes:
    with open_stored(pack.export) as source:
        return source.read()


def archive_of(pack: Pack) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bytes_of(pack)))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def remake(by) -> Pack:
    from documents.actions import order_export

    export = order_export(
        by=by, at=AT, kind="annex-a-pack", params={"inspection": None, "parts": list(PARTS)}, afresh=True
    )
    make_export(export.pk)
    return Pack.objects.select_related("export").get(export=export)


def test_pack_holds_index_manifest_sums_and_a_folder_for_each_item(items, lano):
    archive = archive_of(build(lano))

    assert archive.namelist() == [
        "00_index.pdf",
        "manifest.json",
        "SHA256SUMS",
        "01_sef_Self-evaluation/sef_01_SEF-final.txt",
        "02_strategy_SEND-strategy-2022-2027/strategy_01_Strategy.txt",
        "02_strategy_SEND-strategy-2022-2027/strategy_02_STRATEGY.txt",
    ]
    assert archive.read("01_sef_Self-evaluation/sef_01_SEF-final.txt") == b"What we know.\n"


def test_index_says_what_there_is_what_is_none_and_what_is_missing(items, lano):
    archive = archive_of(build(lano))

    text = text_of(archive.read("00_index.pdf"))
    assert "Included 2" in text
    assert "No provider is unregistered." in text
    assert "Board minutes Not supplied" in text
    assert "OFFICIAL-SENSITIVE" in text


def test_index_tells_the_time_of_the_latest_change_as_clocks_in_england_show_it(items, lano):
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    version = make_draft(by=lano, item=items[3], upload=make_upload(name="Minutes.txt", content=b"Agreed.\n"))
    ItemSubmission.objects.all().update(decided_at=summer)
    ItemSubmission.objects.filter(pk=version.pk).update(decided_at=None)

    pack = build(lano)

    assert "1 July 2026, 10:30" in text_of(archive_of(pack).read("00_index.pdf"))


def test_index_is_tagged_and_has_no_errors_of_the_checker(items, lano, tmp_path):
    path = tmp_path / "index.pdf"
    path.write_bytes(archive_of(build(lano)).read("00_index.pdf"))

    report = pdfua.validate(str(path))

    errors = [finding for finding in report.findings if finding.severity is pdfua.Severity.ERROR]
    assert errors == []
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Annex A documents" in str(pdf.docinfo.Title)
        headers = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/TH"]
        of_rows = [header for header in headers if "/Row" in str(header.A)]
        assert len(of_rows) >= len(items)


def test_manifest_names_owner_version_and_sums(items, lano):
    owners.assign_owner(by=lano, at=AT, item=items[0], owner=lano)

    manifest = json.loads(archive_of(build(lano)).read("manifest.json"))

    assert [item["status"] for item in manifest["items"]] == ["have", "have", "none", "missing"]
    assert manifest["items"][0]["owner"] == "LANO"
    assert manifest["items"][2]["reason"] == "No provider is unregistered."
    assert {entry["path"] for entry in manifest["files"]} == set(archive_of(build(lano)).namelist()) - {
        "manifest.json",
        "SHA256SUMS",
    }


def test_two_packs_of_the_same_inputs_have_the_same_bytes(items, lano):
    first, second = build(lano), remake(make_user(Role.SEND_TEAM))

    assert first.export.pk != second.export.pk
    assert first.export.sha256 == second.export.sha256
    assert bytes_of(first) == bytes_of(second)


def test_ordering_again_with_nothing_changed_gives_the_pack_that_is_there(items, lano):
    assert build(lano) == build(lano)


def test_pack_is_out_of_date_once_an_item_changes(items, lano):
    pack = build(lano)
    assert not is_out_of_date(pack.export)

    make_approved(by=lano, item=items[3], upload=make_upload(content=b"Minutes of the board.\n"))

    assert is_out_of_date(pack.export)
    assert archive_of(pack).namelist()[3].startswith("01_sef")


def test_a_draft_alone_changes_nothing(items, lano):
    pack = build(lano)

    make_draft(by=lano, item=items[3])

    assert not is_out_of_date(pack.export)


def test_returned_version_leaves_the_next_pack(items, lano):
    from inspection.models import ItemSubmission

    approved = ItemSubmission.objects.get(item=items[0])
    decisions.return_version(by=lano, at=AT, submission=approved, reason="The figures are wrong.")

    assert "01_sef" not in " ".join(archive_of(build(lano)).namelist())


def break_file(pack_item, how: str) -> None:
    from inspection.models import SubmissionFile

    stored = SubmissionFile.objects.get(submission__item=pack_item).stored
    path = Path(storages["default"].path(stored.path))
    if how == "gone":
        path.unlink()
    else:
        path.chmod(0o600)
        path.write_bytes(b"What we said.\n" if how == "forged" else b"Other bytes.\n")


@pytest.mark.parametrize("how", ["gone", "changed", "forged"])
def test_bad_file_becomes_an_issue_and_sinks_nothing(items, lano, how):
    break_file(items[0], how)

    pack = build(lano)

    archive = archive_of(pack)
    manifest = json.loads(archive.read("manifest.json"))
    assert pack.issue_count == 1
    assert manifest["issues"][0]["item"] == "Self-evaluation"
    assert manifest["items"][0]["status"] == "missing"
    assert not any("01_sef" in name for name in archive.namelist())
    assert "SEF final.txt" in text_of(archive.read("00_index.pdf"))


def test_entries_say_which_version_was_taken(items, lano):
    pack = build(lano)

    entries = list(pack.entries.select_related("submission", "item"))
    assert entries[0].path == "00_index.pdf"
    assert {(entry.item.code, entry.submission.version) for entry in entries if entry.item} == {
        ("sef", 1),
        ("strategy", 1),
    }


def test_gather_takes_a_fixed_number_of_queries(items, lano, django_assert_num_queries):
    from inspection.gather.packs import gather_pack

    with django_assert_num_queries(7):
        gather_pack({"inspection": None, "parts": list(PARTS)})


def test_pack_of_a_visit_takes_its_titles_and_leaves_out_what_was_dropped(items, lano):
    from inspection.actions.visits import start_visit
    from inspection.models import LetterStanding, VisitItem

    visit = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    VisitItem.objects.filter(inspection=visit, code="sef").update(title="Your own evaluation")
    VisitItem.objects.filter(inspection=visit, code="minutes").update(standing=LetterStanding.DROPPED)

    export = actions.order_pack(by=lano, at=AT, inspection=visit, parts=PARTS)
    make_export(export.pk)
    manifest = json.loads(archive_of(Pack.objects.get(export=export)).read("manifest.json"))

    assert manifest["items"][0]["title"] == "Your own evaluation"
    assert "minutes" not in {item["code"] for item in manifest["items"]}


def test_sign_off_release_and_delivery_come_in_this_order(items, lano):
    director = make_user(Role.DIRECTOR)
    pack = build(lano)
    now = timezone.now() + timedelta(minutes=5)

    with pytest.raises(NotAllowed, match="sign it off first"):
        actions.release_pack(by=lano, at=now, pack=pack)
    with pytest.raises(NotAllowed):
        actions.sign_off_pack(by=lano, at=now, pack=pack)
    actions.sign_off_pack(by=director, at=now, pack=pack)
    with pytest.raises(NotAllowed):
        actions.release_pack(by=director, at=now, pack=pack)
    with pytest.raises(NotAllowed, match="Release the pack first"):
        deliver(lano, pack, at=now)
    actions.release_pack(by=lano, at=now, pack=pack)
    delivery = deliver(lano, pack, at=now)

    assert (delivery.export, delivery.batch) == (pack.export, "annex-a")


def deliver(by, pack, *, at, delivered_at=None):
    return record_delivery(
        by=by,
        at=at,
        export=pack.export,
        destination="The inspectors' site",
        delivered_at=delivered_at or at,
        delivered_by=by,
        batch="annex-a",
    )


def test_delivery_meets_the_deadline_of_the_visit(items, lano):
    from inspection.actions.visits import start_visit
    from inspection.models import Deadline

    visit = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    pack = build(lano)
    now = timezone.now() + timedelta(minutes=5)
    actions.sign_off_pack(by=make_user(Role.DIRECTOR), at=now, pack=pack)
    actions.release_pack(by=lano, at=now, pack=pack)

    record_delivery(
        by=lano,
        at=now,
        export=pack.export,
        destination="The inspectors' site",
        delivered_at=now,
        delivered_by=lano,
        batch="annex-a",
        inspection=visit,
    )

    deadline = Deadline.objects.get(inspection=visit, batch="annex-a")
    assert (deadline.met_at, deadline.met_by) == (now, lano)


def test_out_of_date_pack_cannot_be_signed_off(items, lano):
    pack = build(lano)
    make_approved(by=lano, item=items[3], upload=make_upload(content=b"Minutes.\n"))

    with pytest.raises(NotAllowed, match="out of date"):
        actions.sign_off_pack(by=make_user(Role.DIRECTOR), at=AT, pack=pack)


@pytest.mark.parametrize(
    ("shift", "said"), [(timedelta(hours=1), "in the future"), (timedelta(days=-3), "after this version was made")]
)
def test_delivery_at_an_impossible_time_is_refused(items, lano, shift, said):
    now = timezone.now()
    pack = build(lano)
    actions.sign_off_pack(by=make_user(Role.DIRECTOR), at=now, pack=pack)
    actions.release_pack(by=lano, at=now, pack=pack)

    with pytest.raises(WrongMoment, match=said):
        deliver(lano, pack, at=now, delivered_at=now + shift)


@pytest.mark.parametrize("role", Role)
def test_who_may_order_a_pack(items, role):
    user = make_user(role)

    if role in {Role.LANO, Role.SEND_TEAM}:
        assert build(user)
    else:
        with pytest.raises(NotAllowed):
            build(user)


# -- commands


def test_build_pack_writes_a_file_that_verify_pack_calls_whole(items, tmp_path, capsys):
    call_command("build_pack", "--out", str(tmp_path), "--json")

    told = json.loads(capsys.readouterr().out)
    path = Path(told["file"])
    assert path.stat().st_size == told["size"]
    assert verify(path).is_whole
    call_command("verify_pack", str(path))
    assert "is whole: 6 files" in capsys.readouterr().out


def test_build_pack_without_a_rulebook_says_what_to_do(tmp_path):
    make_area()

    with pytest.raises(CommandError, match="Load a rulebook") as refused:
        call_command("build_pack", "--out", str(tmp_path))
    assert refused.value.returncode == 2


def test_build_pack_of_an_unknown_inspection_is_unusable(items, tmp_path):
    with pytest.raises(CommandError, match="no inspection 99") as refused:
        call_command("build_pack", "--inspection", "99", "--out", str(tmp_path))
    assert refused.value.returncode == 2


def test_build_pack_with_an_issue_exits_with_one(items, tmp_path):
    break_file(items[0], "gone")

    with pytest.raises(SystemExit) as left:
        call_command("build_pack", "--out", str(tmp_path))
    assert left.value.code == 1


def test_naming_pattern_names_the_documents_of_the_next_pack(items, lano):
    actions.name_documents(by=lano, at=AT, pattern="{number}_{original}_{as_at}_v{version}")

    names = archive_of(build(lano)).namelist()

    assert "01_sef_Self-evaluation/01_SEF-final_2026-10-31_v1.txt" in names
