"""A pack is whole, or the first file that is not right is named; what is no pack is unusable."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.domain.manifest import Fault
from inspection.readers.packs import NotAPack, verify

FILES = {"00_index.pdf": b"%PDF-1.7 index", "01_sef/sef.txt": b"What we know.\n", "02_plan/plan.txt": b"A plan.\n"}


def write_pack(
    path: Path, files: dict[str, bytes], *, change: Callable[[dict[str, bytes]], None] = lambda held: None
) -> Path:
    """A pack of these files as it was made, then changed."""
    entries = [{"path": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]
    manifest = json.dumps({"format": "sendready-pack/1", "area": "Wexcombe", "files": entries, "issues": []}).encode()
    held = {**files, "manifest.json": manifest}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(held.items()))
    held["SHA256SUMS"] = sums.encode()
    change(held)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return path


def test_untouched_pack_is_whole(tmp_path):
    verdict = verify(write_pack(tmp_path / "a.zip", FILES))

    assert verdict.is_whole
    assert (verdict.file_count, verdict.area) == (5, "Wexcombe")


@pytest.mark.parametrize("told", [{"issues": [1]}, {"files": 5}, {"issues": [{}]}, {"files": ["a"]}])
def test_manifest_of_another_shape_is_a_difference_and_no_breakdown(tmp_path, told):
    manifest = json.dumps({"format": "sendready-pack/1"} | told).encode()

    verdict = verify(
        write_pack(tmp_path / "a.zip", FILES, change=lambda held: held.update({"manifest.json": manifest}))
    )

    assert [one.name for one in verdict.differences] == ["manifest.json"]
    assert verdict.issues == ()


@pytest.mark.parametrize(
    ("change", "name", "fault"),
    [
        pytest.param(
            lambda held: held.update({"01_sef/sef.txt": b"Something else\n"}),
            "01_sef/sef.txt",
            Fault.DIFFERS,
            id="a document was changed",
        ),
        pytest.param(lambda held: held.pop("02_plan/plan.txt"), "02_plan/plan.txt", Fault.MISSING, id="one is missing"),
        pytest.param(lambda held: held.update({"03_new.txt": b"x"}), "03_new.txt", Fault.EXTRA, id="one is extra"),
        pytest.param(
            lambda held: held.update({"manifest.json": b"{}"}), "manifest.json", Fault.DIFFERS, id="manifest changed"
        ),
        pytest.param(lambda held: held.update({"03_new/": b""}), "03_new/", Fault.EXTRA, id="an empty folder is extra"),
        pytest.param(lambda held: held.pop("00_index.pdf"), "00_index.pdf", Fault.MISSING, id="index taken out"),
    ],
)
def test_changed_pack_names_the_first_file(tmp_path, capsys, change, name, fault):
    path = write_pack(tmp_path / "a.zip", FILES, change=change)

    first = verify(path).differences[0]
    assert (first.name, first.fault) == (name, fault)
    with pytest.raises(SystemExit) as left:
        call_command("verify_pack", str(path))
    assert left.value.code == 1
    assert f"{name} {fault.value}" in capsys.readouterr().err


def test_document_and_its_sum_changed_together_disagree_with_the_manifest(tmp_path):
    def change(held: dict[str, bytes]) -> None:
        old = hashlib.sha256(held["01_sef/sef.txt"]).hexdigest()
        held["01_sef/sef.txt"] = b"Forged.\n"
        held["SHA256SUMS"] = held["SHA256SUMS"].replace(old.encode(), hashlib.sha256(b"Forged.\n").hexdigest().encode())

    first = verify(write_pack(tmp_path / "a.zip", FILES, change=change)).differences[0]

    assert (first.name, first.fault) == ("01_sef/sef.txt", Fault.DIFFERS)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def text(path: Path) -> None:
    path.write_bytes(b"not an archive")


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [cut, text, nothing], ids=["cut short", "no archive", "empty"])
def test_what_is_no_whole_archive_is_unusable(tmp_path, harm):
    path = write_pack(tmp_path / "a.zip", FILES)
    harm(path)

    with pytest.raises(CommandError, match="not a whole ZIP") as refused:
        call_command("verify_pack", str(path))
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil", "a/../../evil", "C:evil", "a\\..\\evil", "../../evil/", "a\u202etxt.exe"]
)
def test_archive_with_an_unsafe_name_is_unusable(tmp_path, name):
    path = write_pack(tmp_path / "a.zip", FILES, change=lambda held: held.update({name: b"x"}))

    with pytest.raises(NotAPack, match="unsafe name"):
        verify(path)


@pytest.mark.parametrize("harm", [lambda raw: raw + b"after", lambda raw: b"before" + raw], ids=["after", "before"])
def test_bytes_that_belong_to_no_file_are_told(tmp_path, harm):
    path = write_pack(tmp_path / "a.zip", FILES)
    path.write_bytes(harm(path.read_bytes()))

    first = verify(path).differences[0]

    assert (first.name, first.fault) == ("a.zip", Fault.DIFFERS)


def test_damaged_document_is_told_in_words(tmp_path):
    path = write_pack(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes().replace(b"What we know.", b"What we knew."))

    first = verify(path).differences[0]

    assert str(first) == "01_sef/sef.txt differs: its bytes are damaged and can't be read"


def test_archive_without_sums_is_no_pack(tmp_path):
    path = write_pack(tmp_path / "a.zip", FILES, change=lambda held: held.pop("SHA256SUMS"))

    with pytest.raises(NotAPack, match="holds no SHA256SUMS"):
        verify(path)


def test_file_that_is_not_there_is_unusable(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("verify_pack", str(tmp_path / "none.zip"), "--json")

    assert left.value.code == 2
    assert json.loads(capsys.readouterr().out)["state"] == "unusable"
