"""Files in the store: twins, full disks, holds, erasure, orphans."""

import os
import resource
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents import actions, files, making, upkeep
from documents.files import DiskFull
from documents.models import Erasure, StoredFile
from documents.vault import Damaged, VaultUnavailable
from tests.factories.accounts import make_user
from tests.factories.documents import AT, make_export, make_stored_file, make_upload

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def lano(db):
    return make_user(Role.LANO)


def every_file():
    storage = Path(storages["default"].location)
    return sorted(str(path.relative_to(storage)) for path in storage.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "documents.storage.WholeFileStorage", "OPTIONS": {"location": tmp_path / "store"}}
    }
    settings.WORK_DIR = tmp_path / "work"
    (tmp_path / "store").mkdir()


@pytest.mark.parametrize("vault", [False, True])
def test_store_upload_can_be_read_back_from_any_place(lano, vault):
    content = b"what we plan\n" * 50_000

    stored = make_stored_file(by=lano, name="../plan.exe", content=content, vault=vault)

    assert stored.original_name == "plan.txt"
    with files.open_stored(stored) as source:
        assert source.read() == content
        source.seek(13)
        assert source.read(4) == b"what"
    [path] = every_file()
    assert (content[:13] in (Path(storages["default"].location) / path).read_bytes()) is not vault


def test_store_upload_is_in_the_audit_trail_and_a_vault_file_without_its_name(lano):
    make_stored_file(by=lano, name="plan.txt")
    make_stored_file(by=lano, name="Jo Bloggs.txt", content=b"other", vault=True)

    labels = list(AuditEvent.objects.filter(action="file.stored").values_list("thing_label", flat=True))
    assert "plan.txt" in labels
    assert not any("Bloggs" in label for label in labels)


def test_store_upload_same_bytes_twice_are_kept_once_and_recognised(lano):
    first, second = make_stored_file(by=lano), make_stored_file(by=lano, name="copy.txt")

    assert second.path == first.path
    assert list(StoredFile.objects.twins_of(second)) == [first]
    assert len(every_file()) == 1


def test_store_upload_same_bytes_in_vault_and_outside_are_kept_apart(lano):
    plain, vaulted = make_stored_file(by=lano), make_stored_file(by=lano, vault=True)

    assert plain.path != vaulted.path


def test_store_upload_without_a_storage_key_refuses_the_vault(lano, settings):
    settings.STORAGE_KEY = ""

    with pytest.raises(VaultUnavailable, match="no storage key is set"):
        make_stored_file(by=lano, vault=True)
    assert not StoredFile.objects.exists()
    assert every_file() == []


def test_store_upload_on_a_full_disk_says_so_and_leaves_nothing(lano):
    upload = make_upload(content=os.urandom(8).hex().encode() * 400_000)  # 6.4 MB
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, before[1]))
    try:
        with pytest.raises(DiskFull, match="disk of this service is full"):
            actions.store_upload(by=lano, at=AT, upload=upload)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert every_file() == []
    assert not StoredFile.objects.exists()


def test_store_upload_that_would_eat_the_reserve_refused_before_writing(lano, settings):
    settings.DISK_RESERVE_MB = 10**9

    with pytest.raises(DiskFull):
        make_stored_file(by=lano)


def test_export_on_a_full_disk_fails_with_the_sentence(lano, kinds, settings):
    export = make_export(by=lano, kind="secret")
    settings.DISK_RESERVE_MB = 10**9

    made = making.make_export(export.pk)

    assert made.error == DiskFull.sentence
    assert every_file() == []


def test_copy_stored_of_bytes_that_changed_on_disk_raises(lano, tmp_path):
    stored = make_stored_file(by=lano)
    Path(storages["default"].path(stored.path)).write_bytes(b"Something else")

    with (tmp_path / "out").open("wb") as out, pytest.raises(Damaged):
        files.copy_stored(stored, out)


def test_open_stored_missing_on_disk_says_so(lano):
    stored = make_stored_file(by=lano)
    storages["default"].delete(stored.path)

    with pytest.raises(Damaged, match="missing on disk"):
        files.open_stored(stored)


def test_erase_takes_the_bytes_and_leaves_the_record(lano, django_capture_on_commit_callbacks):
    stored = make_stored_file(by=lano)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(by=lano, at=AT, kept=stored, reason="Sent by mistake.")

    assert every_file() == []
    record = Erasure.objects.get()
    assert (record.thing_id, record.reason, record.by) == (str(stored.pk), "Sent by mistake.", lano)
    with pytest.raises(files.Erased):
        files.open_stored(stored)


def test_erase_leaves_bytes_that_another_file_shares(lano, django_capture_on_commit_callbacks):
    first, second = make_stored_file(by=lano), make_stored_file(by=lano)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(by=lano, at=AT, kept=first, reason="Old.")

    with files.open_stored(second) as source:
        assert source.read()


def test_erase_under_legal_hold_refused_until_it_is_lifted(lano):
    stored = make_stored_file(by=lano)
    actions.hold(by=lano, at=AT, kept=stored, is_held=True, reason="Tribunal.")

    with pytest.raises(NotAllowed, match="legal hold"):
        actions.erase(by=lano, at=AT, kept=stored, reason="Old.")
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.erase(by=None, at=AT, kept=stored, reason="Due.")

    actions.hold(by=lano, at=AT, kept=stored, is_held=False, reason="Closed.")
    actions.erase(by=lano, at=AT, kept=stored, reason="Old.")


def test_erase_of_a_row_read_before_a_hold_or_another_erasure_refused(lano):
    stale = make_stored_file(by=lano)
    actions.hold(by=lano, at=AT, kept=StoredFile.objects.get(), is_held=True, reason="Tribunal.")
    with pytest.raises(NotAllowed, match="legal hold"):
        actions.erase(by=None, at=AT, kept=stale, reason="Due.")

    actions.hold(by=lano, at=AT, kept=StoredFile.objects.get(), is_held=False, reason="Closed.")
    actions.erase(by=lano, at=AT, kept=StoredFile.objects.get(), reason="Old.")
    with pytest.raises(NotAllowed, match="erased already"):
        actions.erase(by=None, at=AT, kept=stale, reason="Due.")


@pytest.mark.parametrize("role", [Role.SEND_TEAM, Role.DATA_LEAD, Role.DIRECTOR, Role.PARTNER])
def test_erase_by_another_role_refused(lano, role):
    stored = make_stored_file(by=lano)

    with pytest.raises(NotAllowed, match="Only these roles"):
        actions.erase(by=make_user(role), at=AT, kept=stored, reason="x")


def test_erase_due_takes_what_is_over_and_not_held(lano):
    over, held, later = (make_stored_file(by=lano, content=word) for word in (b"a", b"b", b"c"))
    StoredFile.objects.filter(pk__in=[over.pk, held.pk]).update(keep_until_on=AT.date() - timedelta(days=1))
    StoredFile.objects.filter(pk=later.pk).update(keep_until_on=AT.date())
    actions.hold(by=lano, at=AT, kept=StoredFile.objects.get(pk=held.pk), is_held=True, reason="Tribunal.")

    assert upkeep.erase_due(at=AT) == 1
    assert list(StoredFile.objects.live().order_by("pk")) == [held, later]
    assert upkeep.erase_due(at=AT) == 0


def test_erase_again_after_a_restore_takes_away_what_came_back(lano):
    stored = make_stored_file(by=lano)
    path, content = stored.path, Path(storages["default"].path(stored.path)).read_bytes()
    actions.erase(by=lano, at=AT, kept=stored, reason="Asked for.")
    StoredFile.objects.update(erased_at=None)
    Path(storages["default"].path(path)).write_bytes(content)

    assert upkeep.erase_again() == 1
    assert every_file() == []
    assert StoredFile.objects.get().erased_at is not None


def test_remove_orphans_takes_only_old_bytes_that_no_row_names(lano):
    stored = make_stored_file(by=lano)
    vaulted = make_stored_file(by=lano, vault=True)
    storage = storages["default"]
    orphan = storage.save("files/ab/orphan", SimpleUploadedFile("x", b"old"))
    young = storage.save("files/ab/young", SimpleUploadedFile("x", b"new"))
    old = timezone.now().timestamp() - 90_000
    for path in (stored.path, vaulted.path, orphan):
        os.utime(storage.path(path), (old, old))

    gone = upkeep.remove_orphans(at=timezone.now())

    assert gone == [orphan]
    assert sorted(every_file()) == sorted([stored.path, vaulted.path, young])


def test_tidy_work_folders_leaves_what_is_being_made(lano, kinds):
    waiting, done = make_export(by=lano), making.make_export(make_export(by=lano, text="done").pk)
    for export in (waiting, done):
        (files.work_folder() / f"export-{export.pk}").mkdir()

    assert making.tidy_work_folders() == 1
    assert (files.work_folder() / f"export-{waiting.pk}").exists()


@pytest.mark.django_db(transaction=True)
def test_upload_beside_an_erasure_never_loses_its_bytes():
    """The race: somebody uploads the very bytes that somebody else is erasing."""
    lano = make_user(Role.LANO)
    for _ in range(8):
        stored = make_stored_file(by=lano)
        start, kept = threading.Barrier(2), []

        def upload(start=start, kept=kept):
            start.wait()
            kept.append(make_stored_file(by=lano, name="again.txt"))
            connection.close()

        thread = threading.Thread(target=upload)
        thread.start()
        start.wait()
        actions.erase(by=lano, at=AT, kept=stored, reason="Old.")
        thread.join()
        with files.open_stored(kept[0]) as source:
            assert source.read() == b"What we plan.\n"
        actions.erase(by=lano, at=AT, kept=kept[0], reason="Old.")
    assert every_file() == []
