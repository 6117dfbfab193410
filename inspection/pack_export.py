"""The Annex A pack as a kind of export: gather → plan → render → one streamed archive."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import User
from documents.exports import ExportKind, Making, Offer
from documents.files import CHUNK, Erased, open_stored
from documents.jobs import JobFailed
from documents.models import Export, StoredFile
from documents.press.pdf import drawing_of
from documents.press.pdf_beside import DrawnBeside
from documents.press.pdf_drawing import Drawing
from documents.press.zip import Written, ZipWriter
from documents.vault import Damaged, VaultUnavailable
from inspection.domain.packs.contents import INDEX_NAME, MANIFEST_NAME, SUMS_NAME, Issue, PackInputs
from inspection.domain.packs.parts import PARTS, chosen
from inspection.domain.packs.plan import PlannedFile, index, manifest, plan, sums
from inspection.gather.packs import KIND, GatheredPack, fingerprint_now, gather_pack
from inspection.models import Inspection, Pack, PackEntry
from inspection.permissions.packs import check_can_order_pack, check_can_read_pack

CHECKED = "checked.json"
LOOK_SECONDS = 0.2
UNREADABLE = "This file could not be read from the disk. Restore it from the backup."
OTHER_BYTES = "This file is not what was approved: its bytes have changed. Attach it again, or restore the backup."


class _Changed(Exception):
    """A file whose bytes were right a moment ago is not what it was."""


def write_pack(gathered: GatheredPack, out: Path, making: Making) -> Written:
    """Looks whether each document is there, then streams everything into the archive and sums it on the way.

    A document that can't be read becomes an issue in the index. One whose sum turns out wrong shows only once it has
    been copied: then all are read and summed first, and the archive is written again without it. What such a check
    found is kept: an attempt after a killed worker starts from there.
    """
    quick = out.with_suffix(".looked")
    try:
        _look_at_all(gathered, quick)
        return _write(gathered, out, making, quick)
    except _Changed:
        checked = making.keep(CHECKED, lambda path: _check_all(gathered, path, making))
    finally:
        quick.unlink(missing_ok=True)
    try:
        return _write(gathered, out, making, checked)
    except _Changed:
        checked.unlink()
        raise JobFailed("The files in the store keep changing while they are read. Try again later.") from None


def _look_at_all(gathered: GatheredPack, path: Path) -> None:
    """Writes which documents are not there, or not of their size, by their place in the pack."""
    found = {one.path: _absence_of(gathered.stored[one.file.stored_id], one) for one in plan(gathered.inputs)}
    path.write_text(json.dumps({place: fault for place, fault in found.items() if fault}))


def _absence_of(stored: StoredFile, planned: PlannedFile) -> str:
    try:
        with open_stored(stored) as source:
            size = source.seek(0, io.SEEK_END)
    except (Erased, Damaged, VaultUnavailable) as error:
        return error.sentence
    except OSError:
        return UNREADABLE
    return "" if size == planned.file.size else OTHER_BYTES


def _check_all(gathered: GatheredPack, path: Path, making: Making) -> None:
    """Writes what is wrong with which document, by its place in the pack; reads every byte."""
    planned = plan(gathered.inputs)
    faults = {}
    for number, one in enumerate(planned, start=1):
        making(1, f"Checking document {number} of {len(planned)}")
        fault = _fault_of(gathered.stored[one.file.stored_id], one)
        if fault:
            faults[one.path] = fault
    path.write_text(json.dumps(faults))


def _fault_of(stored: StoredFile, planned: PlannedFile) -> str:
    """Why a document can't go in; empty when its bytes are the ones that were approved."""
    sha = hashlib.sha256()
    try:
        with open_stored(stored) as source:
            while chunk := source.read(CHUNK):
                sha.update(chunk)
    except (Erased, Damaged, VaultUnavailable) as error:
        return error.sentence
    except OSError:
        return UNREADABLE
    if sha.hexdigest() != planned.file.sha256:
        return OTHER_BYTES
    return ""


def _write(gathered: GatheredPack, out: Path, making: Making, checked: Path) -> Written:
    inputs = gathered.inputs
    faults: dict[str, str] = json.loads(checked.read_text())
    planned = plan(inputs)
    included = tuple(one for one in planned if one.path not in faults)
    issues = tuple(
        Issue(item=one.item.title, file=one.file.original_name, sentence=faults[one.path])
        for one in planned
        if one.path in faults
    )
    making(2, "Starting the index")
    # The index takes as long as the copying, so each has a core; it is written last and listed first.
    with DrawnBeside(_index(inputs, included, issues)) as beside, ZipWriter(out) as archive:
        _add_all(archive, gathered, included, making)
        index_pdf = _wait_for(beside, making)
        others = {INDEX_NAME: index_pdf}
        others[MANIFEST_NAME] = manifest(inputs, included, issues, others)
        for other, content in others.items():
            archive.add_bytes(other, content)
        archive.add_bytes(SUMS_NAME, sums(included, others))
        archive.list_first([*others, SUMS_NAME])
    return archive.written


def _add_all(archive: ZipWriter, gathered: GatheredPack, included: Sequence[PlannedFile], making: Making) -> None:
    total, copied = sum(one.file.size for one in included) or 1, 0
    for number, one in enumerate(included, start=1):
        making(2 + 94 * copied / total, f"Adding document {number} of {len(included)}")
        with open_stored(gathered.stored[one.file.stored_id]) as source:
            written = archive.add(one.path, source, size=one.file.size)
        if written.sha256 != one.file.sha256:
            raise _Changed
        copied += written.size


def _wait_for(beside: DrawnBeside, making: Making) -> bytes:
    """Each look is a beat, so that cancelling works here as well."""
    while (drawn := beside.wait(LOOK_SECONDS)) is None:
        making(96, "Finishing the index")
    return drawn


def _index(inputs: PackInputs, included: Iterable[PlannedFile], issues: Iterable[Issue]) -> Drawing:
    document = index(inputs, included, issues)
    title = f"Index – {document.title}"
    return drawing_of("press/pack_index.html", {"index": document}, title=title, marking=inputs.marking)


def keep_entries(export: Export, gathered: GatheredPack) -> None:
    """The rows that say what a finished pack holds, read from the pack itself."""
    found = json.loads(_read_manifest(export))
    pack = Pack.objects.create(
        export=export,
        parts=list(gathered.inputs.parts),
        issue_count=len(found["issues"]),
        made_at=timezone.now(),
    )
    PackEntry.objects.bulk_create(
        PackEntry(
            pack=pack,
            item_id=gathered.items.get(entry.get("item", "")),
            submission_id=gathered.submissions.get(entry.get("item", "")),
            path=entry["path"],
            sha256=entry["sha256"],
            size=entry["size"],
            order=order,
        )
        for order, entry in enumerate(found["files"], start=1)
    )


def _read_manifest(export: Export) -> bytes:
    import zipfile

    with open_stored(export) as source, zipfile.ZipFile(source) as archive:
        return archive.read(MANIFEST_NAME)


def offers(user: User) -> list[Offer]:
    if Permission.PREPARE_PACK not in user.permissions:
        return []
    part = PARTS[0]
    return [
        Offer(title=part.title, sentence=part.sentence, params={"inspection": None, "parts": [part.code]}),
        Offer(
            title="The whole pack",
            sentence="Every part that holds documents.",
            params={"inspection": None, "parts": [part.code for part in PARTS]},
        ),
    ]


def _subject(params: Mapping[str, Any]) -> str:
    titles = [part.title for part in chosen(tuple(params["parts"]))]
    words = "Pack: " + " and ".join(titles)
    visit = Inspection.objects.filter(pk=params["inspection"]).first() if params.get("inspection") else None
    return f"{words}, for the {visit.in_words}" if visit else words


def _name(params: Mapping[str, Any]) -> str:
    codes = [part.code for part in chosen(tuple(params["parts"]))]
    return "ANNEX-A" if codes == ["annex-a"] else "PACK" if len(codes) == len(PARTS) else "-".join(codes)


ANNEX_A_PACK = ExportKind(
    code=KIND,
    title="Annex A pack",
    sentence="One archive with the approved documents, an index, a manifest and the sums to check it by.",
    extension=".zip",
    content_type="application/zip",
    check=check_can_read_pack,
    check_order=check_can_order_pack,
    gather=gather_pack,
    write=write_pack,
    fingerprint_now=fingerprint_now,
    subject=_subject,
    file_name=_name,
    after_store=keep_entries,
    offers=offers,
    asks_password=True,
)
