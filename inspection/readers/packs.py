"""Reads a pack back, years later or after its way through other hands, without unpacking it anywhere."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from documents.domain.manifest import Difference, Fault, Sum, compare, read_sums
from documents.press.unzip import NotAnArchive, has_stray_bytes, read_archive, read_member
from inspection.domain.packs.contents import FORMAT, MANIFEST_NAME, SUMS_NAME

ISSUE_KEYS = ("item", "file", "sentence")


class NotAPack(Exception):
    """The file can't be checked at all; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a pack says of itself and whether it is so. The first difference is the first one in the archive's order."""

    file_count: int
    size: int
    area: str
    occasion: str
    as_at: str
    issues: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def is_whole(self) -> bool:
        return not self.differences


def verify(path: Path) -> Verdict:
    """Sums every file of the archive and compares. Raises NotAPack for what is no pack, or not whole, or unsafe."""
    if not path.is_file():
        raise NotAPack(f"{path} is not a file.")
    try:
        found = tuple(read_archive(path))
        for one in found:
            _refuse_unsafe(one.name, path)
        sums_text, manifest_text = read_member(path, SUMS_NAME), read_member(path, MANIFEST_NAME)
    except NotAnArchive as error:
        raise NotAPack(error.sentence) from error
    except OSError as error:
        raise NotAPack(f"{path.name} could not be read: {error.strerror}.") from error
    if sums_text is None:
        raise NotAPack(f"{path.name} holds no {SUMS_NAME}: it is not a pack of sendready, or that file was taken out.")
    expected = _expected(sums_text, path)
    listed = _manifest(manifest_text)
    differences = [*compare(expected, found, ignore=(SUMS_NAME,)), *_disagreements(expected, listed)]
    if has_stray_bytes(path):
        differences.append(Difference(path.name, Fault.DIFFERS, "it holds bytes that belong to none of its files"))
    return Verdict(
        file_count=len(found),
        size=path.stat().st_size,
        area=str(listed.get("area", "")),
        occasion=str(listed.get("occasion", "")),
        as_at=str(listed.get("as_at", "")),
        issues=tuple(f"{issue['item']}: {issue['file']}: {issue['sentence']}" for issue in listed.get("issues", ())),
        differences=tuple(differences),
    )


def _refuse_unsafe(name: str, path: Path) -> None:
    """A name that would be written outside the folder into which somebody unpacks the archive."""
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or ".." in parts or "\\" in name or ":" in name or not name.isprintable():
        raise NotAPack(f"{path.name} holds a file with an unsafe name ({name!r}). Do not unpack it.")


def _expected(text: bytes, path: Path) -> dict[str, Sum]:
    try:
        return read_sums(text.decode())
    except (ValueError, UnicodeDecodeError) as error:
        raise NotAPack(f"{SUMS_NAME} of {path.name} can't be read: {error}") from error


def _manifest(text: bytes | None) -> dict[str, Any]:
    """The manifest, or nothing where it is damaged: then its sum differs as well, and that is told."""
    try:
        found = json.loads(text or b"{}")
    except (ValueError, UnicodeDecodeError):
        return {}
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return {}
    is_sound = _are_rows(found.get("files", []), ()) and _are_rows(found.get("issues", []), ISSUE_KEYS)
    return found if is_sound else {}


def _are_rows(found: object, keys: tuple[str, ...]) -> bool:
    return isinstance(found, list) and all(isinstance(row, dict) and row.keys() >= set(keys) for row in found)


def _disagreements(expected: dict[str, Sum], listed: dict[str, Any]) -> list[Difference]:
    """Files of which the manifest and the sums tell different things: one of the two was changed."""
    told = {str(entry.get("path")): str(entry.get("sha256")) for entry in listed.get("files", ())}
    names = sorted((set(told) | set(expected)) - {MANIFEST_NAME, SUMS_NAME}) if told else []
    return [
        Difference(name, Fault.DIFFERS, f"{MANIFEST_NAME} and {SUMS_NAME} do not say the same of it")
        for name in names
        if (expected[name].sha256 if name in expected else None) != told.get(name)
    ]
