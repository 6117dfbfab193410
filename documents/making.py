"""Makes one export: gather → write → store, in a folder of its own.

The folder outlives a killed worker, so that the next attempt finds the finished parts. That of child data does not: its
parts stand there unencrypted (the writers of workbooks need a path), so each attempt has its own, it goes with the
attempt whatever the outcome, and what a killed worker left goes when the next one starts or at the next sweep.
"""

import shutil
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import LocalArea
from documents import files, jobs
from documents.domain.job_states import UNFINISHED, JobState
from documents.domain.names import export_name
from documents.exports import ExportKind, kind_of, kinds
from documents.models import Export
from documents.press.versions import made_with
from documents.press.zip import Written


class Maker:
    """What `write` gets as its beat: call it to say how far it is; `keep` holds finished parts for a next attempt."""

    def __init__(self, beat: jobs.Beat, parts: Path) -> None:
        self._beat, self._parts = beat, parts

    def __call__(self, progress: float, stage: str = "") -> None:
        # Reading comes before (up to 2) and storing after (from 97).
        self._beat(2 + 0.95 * progress, stage)

    def keep(self, name: str, make: Callable[[Path], None]) -> Path:
        """The file that `make(path)` writes; made once, even if the worker dies and another attempt asks again."""
        part = self._parts / name
        if not part.exists():
            half = part.with_name(f"{name}.{uuid.uuid4().hex}.half")
            make(half)
            half.replace(part)
        return part


def make_export(pk: int) -> Export | None:
    """Claims and makes one export; None when there was nothing to do."""
    export = jobs.perform(Export, pk, _make)
    if export is not None and not export.is_unfinished:
        shutil.rmtree(_folder(export), ignore_errors=True)
    return export


def _folder(export: Export) -> Path:
    """Of child data one for each attempt, else one for all of them."""
    kind = kinds().get(export.kind)
    attempt = f"-{export.attempt_token}" if kind is None or kind.is_child_data else ""
    return files.work_folder() / f"export-{export.pk}{attempt}"


def _make(export: Export, beat: jobs.Beat) -> None:
    kind = kind_of_export(export)
    folder = _folder(export)
    try:
        _make_in(folder, export, kind, beat)
    finally:
        if kind.is_child_data:
            shutil.rmtree(folder, ignore_errors=True)


def _make_in(folder: Path, export: Export, kind: ExportKind, beat: jobs.Beat) -> None:
    beat(1, "Reading the data")
    inputs = kind.gather(export.params)
    parts = folder / inputs.fingerprint[:32] / made_with()[:16]
    with files.full_disk_as_sentence():
        parts.mkdir(parents=True, exist_ok=True)
        out = folder / f"{export.attempt_token}{kind.extension}"
        written = kind.write(inputs, out, Maker(beat, parts)) or _read(out)
    beat(98, "Storing the file")
    path = files.put_whole(out, sha256=written.sha256, size=written.size, is_vaulted=kind.is_child_data)
    try:
        _store(export, kind, inputs, path=path, written=written)
    except BaseException:
        files.discard(path)
        raise


def _read(out: Path) -> Written:
    with out.open("rb") as source:
        return Written(*files.digest(source))


def kind_of_export(export: Export) -> ExportKind:
    return kind_of(export.kind)


def _store(export: Export, kind: ExportKind, inputs: Any, *, path: str, written: Written) -> None:
    """One short transaction: the version number, the row, what the kind's own app adds, the audit line."""
    now = timezone.now()
    with transaction.atomic():
        area = LocalArea.objects.select_for_update().first()
        part = kind.name_part_of(export.params)
        earlier = Export.objects.filter(kind=export.kind, name_part=part)
        version = (earlier.aggregate(models.Max("version"))["version__max"] or 0) + 1
        day = timezone.localdate(inputs.as_at)
        name = export_name(
            area=area.short_code if area else "AREA", part=part, day=day, version=version, extension=kind.extension
        )
        jobs.finish(
            export,
            path=path,
            sha256=written.sha256,
            size=written.size,
            as_at=inputs.as_at,
            fingerprint=inputs.fingerprint,
            made_with=made_with(),
            marking=area.marking if area else "",
            name_part=part,
            version=version,
            file_name=name,
            keep_until_on=timezone.localdate(now) + timedelta(days=settings.EXPORT_KEEP_DAYS),
        )
        if kind.after_store:
            kind.after_store(export, inputs)
        audit.record(by=export.ordered_by, at=now, action="export.made", thing=export)


def tidy_work_folders() -> int:
    """Takes away what ended or dead jobs left half-made; returns how many folders went."""
    # The folders first: one that an export opens after this line is not among them.
    folders = list(files.work_folder().glob("export-*"))
    unfinished = Export.objects.filter(state__in=UNFINISHED) if folders else ()
    busy = {_folder(export).name for export in unfinished if not _is_left(export)}
    gone = 0
    for folder in folders:
        if folder.name not in busy:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _is_left(export: Export) -> bool:
    """True for child data that nobody works on any more: a next attempt has a folder of its own."""
    kind = kinds().get(export.kind)
    is_running = export.state == JobState.RUNNING and not jobs.is_known_dead(export.worker)
    return (kind is None or kind.is_child_data) and not is_running
