"""A large upload on its way in."""

from django.core.files.uploadedfile import SimpleUploadedFile

from documents import files

LARGE = b"0123456789abcdef" * 200_000


def test_large_upload_has_no_name_on_any_disk(rf, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(files.work_folder().iterdir())

    upload = rf.post("/", {"file": SimpleUploadedFile("lists.xlsx", LARGE)}).FILES["file"]

    assert upload.size == len(LARGE) > 2 * 1024 * 1024
    assert upload.read() == LARGE
    assert not hasattr(upload, "temporary_file_path")
    assert (set(files.work_folder().iterdir()) - before, list(tmp_path.iterdir())) == (set(), [])
    upload.close()


def test_work_folder_is_for_its_owner_alone(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"
    settings.WORK_DIR.mkdir(mode=0o755)

    assert files.work_folder().stat().st_mode & 0o777 == 0o700
