import hashlib
import io
import time
import zipfile

import pytest

from documents.domain.manifest import Sum
from documents.press.unzip import NotAnArchive, read_archive, read_member
from documents.press.zip import ZipWriter

MEMBERS = {"manifest.json": b"{}", "01 Plan/Café – plan.pdf": b"%PDF-1.7" * 400_000, "02/empty.txt": b""}


def write(path):
    with ZipWriter(path) as archive:
        for name, content in MEMBERS.items():
            archive.add(name, io.BytesIO(content), size=len(content))
    return archive.written


def test_zip_is_whole_and_its_sum_is_that_of_the_file(tmp_path):
    path = tmp_path / "pack.zip"

    written = write(path)

    content = path.read_bytes()
    assert (written.sha256, written.size) == (hashlib.sha256(content).hexdigest(), len(content))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS


def test_zip_same_members_give_same_bytes_at_another_time(tmp_path):
    first = write(tmp_path / "a.zip")
    time.sleep(2.1)  # the dates in an archive have steps of two seconds

    assert write(tmp_path / "b.zip") == first


def test_read_archive_gives_each_sum_in_order(tmp_path):
    path = tmp_path / "pack.zip"
    write(path)

    assert list(read_archive(path)) == [
        Sum(name, hashlib.sha256(content).hexdigest(), len(content)) for name, content in MEMBERS.items()
    ]
    assert read_member(path, "manifest.json") == b"{}"
    assert read_member(path, "nothing") is None


def test_read_archive_spoiled_member_gets_an_empty_sum(tmp_path):
    path = tmp_path / "pack.zip"
    write(path)
    content = bytearray(path.read_bytes())
    content[200_000] ^= 1
    path.write_bytes(content)

    sums = {each.name: each.sha256 for each in read_archive(path)}

    assert sums["01 Plan/Café – plan.pdf"] == ""
    assert sums["manifest.json"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half"])
def test_read_archive_that_is_none_is_said(tmp_path, content):
    path = tmp_path / "pack.zip"
    path.write_bytes(content)

    with pytest.raises(NotAnArchive, match=r"pack\.zip is not a whole ZIP archive"):
        list(read_archive(path))


def test_zip_lists_members_in_the_order_that_was_asked_for_wherever_they_lie(tmp_path):
    path = tmp_path / "pack.zip"

    with ZipWriter(path) as archive:
        for name in ("01 Plan.txt", "index.pdf", "manifest.json"):
            archive.add_bytes(name, name.encode())
        archive.list_first(["index.pdf", "manifest.json"])

    with zipfile.ZipFile(path) as read:
        assert read.namelist() == ["index.pdf", "manifest.json", "01 Plan.txt"]
        assert read.testzip() is None


def test_zip_that_is_given_up_has_no_list_of_members(tmp_path):
    path = tmp_path / "pack.zip"

    def give_up():
        with ZipWriter(path) as archive:
            archive.add_bytes("01 Plan.txt", b"A plan.")
            raise KeyError

    with pytest.raises(KeyError):
        give_up()
    assert not zipfile.is_zipfile(path)
