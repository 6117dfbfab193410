"""Where each document of a pack goes, and what the index and the manifest then say."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspection.domain.packs.contents import (
    FORMAT,
    STATUS_WORDS,
    Issue,
    PackFile,
    PackInputs,
    PackItem,
    Status,
)
from inspection.domain.packs.names import NameParts, extension_of, file_name, folder_name, unique
from inspection.domain.submissions import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """One document at its place in the pack."""

    path: str
    item: PackItem
    file: PackFile


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One item in the index."""

    code: str
    title: str
    deadline: str
    status: Status
    status_words: str
    why: str
    owner: str
    as_at: str
    approved: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """The items under one heading of the rulebook."""

    title: str
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What `00_index.pdf` says."""

    title: str
    area: str
    partnership: str
    marking: str
    occasion: str
    parts: tuple[str, ...]
    as_at: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[IndexGroup, ...]
    issues: tuple[Issue, ...]
    file_count: int


def plan(inputs: PackInputs) -> tuple[PlannedFile, ...]:
    """Every document with its path, in the order of the request items."""
    planned: list[PlannedFile] = []
    with_files = [item for item in inputs.items if item.version and item.version.files]
    for order, item in enumerate(with_files, start=1):
        assert item.version is not None  # noqa: S101  # chosen above
        folder = folder_name(order, item.code, item.title)
        names = unique(
            file_name(
                inputs.pattern,
                NameParts(
                    area=inputs.area_code,
                    item=item.code,
                    number=number,
                    title=file.title,
                    original=file.original_name.rpartition(".")[0] or file.original_name,
                    as_at=item.version.as_at_on.isoformat() if item.version.as_at_on else "",
                    version=item.version.number,
                ),
                extension_of(file.original_name),
            )
            for number, file in enumerate(item.version.files, start=1)
        )
        planned.extend(
            PlannedFile(path=f"{folder}/{name}", item=item, file=file)
            for name, file in zip(names, item.version.files, strict=True)
        )
    return tuple(planned)


def status_of(item: PackItem, included: int) -> Status:
    """What the index says of an item of which `included` files could be read."""
    if item.version is None:
        return Status.MISSING
    if item.version.answer is Answer.NONE:
        return Status.NONE
    if item.version.answer is Answer.LINK and not item.version.files:
        return Status.LINK
    if included == len(item.version.files) and included:
        return Status.HAVE
    return Status.PART if included else Status.MISSING


def index(inputs: PackInputs, included: Iterable[PlannedFile], issues: Iterable[Issue]) -> Index:
    """The index of what could be read. `included` leaves out what stands in `issues`."""
    paths: dict[str, list[str]] = {}
    for planned in included:
        paths.setdefault(planned.item.code, []).append(planned.path)
    groups: dict[str, list[IndexRow]] = {}
    for item in inputs.items:
        groups.setdefault(item.group, []).append(_row(item, tuple(paths.get(item.code, ()))))
    rows = [row for group in groups.values() for row in group]
    return Index(
        title=f"{inputs.area}: {' and '.join(inputs.part_titles)}",
        area=inputs.area,
        partnership=inputs.partnership,
        marking=inputs.marking,
        occasion=inputs.occasion,
        parts=inputs.part_titles,
        as_at=f"{inputs.as_at:%-d %B %Y, %H:%M}",
        counts=tuple((words, sum(row.status is status for row in rows)) for status, words in STATUS_WORDS.items()),
        groups=tuple(IndexGroup(title=title, rows=tuple(found)) for title, found in groups.items()),
        issues=tuple(issues),
        file_count=sum(len(found) for found in paths.values()),
    )


def _row(item: PackItem, paths: tuple[str, ...]) -> IndexRow:
    version, status = item.version, status_of(item, len(paths))
    approved = ""
    if version and version.approved_by:
        approved = version.approved_by
        if version.approved_on:
            approved += f", {version.approved_on:%-d %B %Y}"
    return IndexRow(
        code=item.code,
        title=item.title,
        deadline=item.deadline,
        status=status,
        status_words=STATUS_WORDS[status],
        why=_why(item, status, len(paths)),
        owner=item.owner or "Nobody named",
        as_at=f"{version.as_at_on:%-d %B %Y}" if version and version.as_at_on else "",
        approved=approved,
        files=paths,
    )


def _why(item: PackItem, status: Status, included: int) -> str:
    """The sentence beside the status; the officer's own reason where there is one."""
    version = item.version
    if status is Status.NONE and version:
        return version.none_reason
    if status is Status.LINK and version:
        return version.link
    if status is Status.PART and version:
        return f"{included} of {len(version.files)} files; see the issues."
    if status is Status.MISSING and version:
        return "Approved, but no file could be read; see the issues."
    if status is Status.MISSING:
        return "No approved version."
    return version.note if version else ""


def manifest(
    inputs: PackInputs, included: Iterable[PlannedFile], issues: Iterable[Issue], others: Mapping[str, bytes]
) -> bytes:
    """`manifest.json`: every item and every file with its size and sum, in a fixed order.

    `others` are the files that are not documents (the index), by name.
    """
    included = tuple(included)
    counted: dict[str, int] = {}
    for planned in included:
        counted[planned.item.code] = counted.get(planned.item.code, 0) + 1
    files = [
        {"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in others.items()
    ]
    document = {
        "format": FORMAT,
        "area": inputs.area,
        "area_code": inputs.area_code,
        "marking": inputs.marking,
        "occasion": inputs.occasion,
        "parts": list(inputs.parts),
        "as_at": inputs.as_at.isoformat(timespec="seconds"),
        "naming_pattern": inputs.pattern,
        "items": [_manifest_item(item, counted.get(item.code, 0)) for item in inputs.items],
        "files": files + [_manifest_file(planned) for planned in included],
        "issues": [{"item": issue.item, "file": issue.file, "sentence": issue.sentence} for issue in issues],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _manifest_item(item: PackItem, included: int) -> dict[str, object]:
    version = item.version
    return {
        "code": item.code,
        "title": item.title,
        "group": item.group,
        "deadline": item.deadline,
        "status": status_of(item, included).value,
        "owner": item.owner,
        "version": version.number if version else None,
        "as_at": version.as_at_on.isoformat() if version and version.as_at_on else None,
        "approved_by": version.approved_by if version else None,
        "approved_on": version.approved_on.isoformat() if version and version.approved_on else None,
        "reason": version.none_reason if version and version.answer is Answer.NONE else None,
        "link": version.link if version and version.answer is Answer.LINK else None,
        "note": version.note if version else None,
    }


def _manifest_file(planned: PlannedFile) -> dict[str, object]:
    version = planned.item.version
    return {
        "path": planned.path,
        "size": planned.file.size,
        "sha256": planned.file.sha256,
        "item": planned.item.code,
        "version": version.number if version else None,
        "title": planned.file.title,
        "original_name": planned.file.original_name,
        "content_type": planned.file.content_type,
        "as_at": version.as_at_on.isoformat() if version and version.as_at_on else None,
        "owner": planned.item.owner,
    }


def sums(included: Iterable[PlannedFile], others: Mapping[str, bytes]) -> bytes:
    """`SHA256SUMS` as sha256sum writes it: `sha256sum -c SHA256SUMS` checks an unpacked pack."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in sorted(others.items())]
    lines += [f"{planned.file.sha256}  {planned.path}" for planned in sorted(included, key=lambda p: p.path)]
    return ("\n".join(lines) + "\n").encode()
