"""The marked copy: the council's own workbook, read and checked once more on the day of its extract."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accounts.permissions import NotAllowed
from children.domain.check import check
from children.domain.schema import ListSchema
from children.exporting.source import (
    as_at_of,
    fingerprint_of,
    go_with_upload,
    marking_in_force,
    titled,
    upload_in,
    upload_with_rows,
)
from children.mapping import schema_of
from children.marking import mark_lists
from children.models import ListUpload
from children.permissions import check_can_export
from children.reading_upload import read_streams
from documents.exports import ExportKind, Making, Params
from documents.files import open_stored
from documents.intake import XLSX
from documents.models import StoredFile


@dataclass(frozen=True, slots=True)
class MarkedInputs:
    stored: StoredFile
    schema: ListSchema
    extracted_on: date
    marking: str
    as_at: datetime
    fingerprint: str


def markable_file(upload: ListUpload) -> StoredFile | None:
    """The one .xlsx of an upload; other formats have the workbook of findings."""
    files = list(upload.files.filter(erased_at__isnull=True)[:2])
    return files[0] if len(files) == 1 and files[0].content_type == XLSX.content_type else None


def gather_marked(params: Params) -> MarkedInputs:
    upload = upload_with_rows(params)
    stored = markable_file(upload)
    if stored is None:
        raise NotAllowed("Only an Excel workbook (.xlsx) can be marked. Order the workbook of findings instead.")
    return MarkedInputs(
        stored=stored,
        schema=schema_of(upload),
        extracted_on=upload.extracted_on,
        marking=marking_in_force(),
        as_at=as_at_of(upload),
        fingerprint=fingerprint_of(upload, "marked"),
    )


def write_marked(inputs: MarkedInputs, out: Path, beat: Making) -> None:
    beat(5, "Reading the workbook again")
    with open_stored(inputs.stored) as source:
        workbook = read_streams([(inputs.stored.original_name, source)], inputs.schema, as_at=inputs.extracted_on)
        report = check(workbook)
        beat(20, "Marking the cells")
        source.seek(0)
        mark_lists(source, out, workbook=workbook, report=report, marking=inputs.marking)


MARKED_LISTS = ExportKind(
    code="list-marked",
    title="Marked copy of the lists",
    sentence="Your own workbook with each offending cell marked, a comment in it, and an Issues sheet in front.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_can_export,
    gather=gather_marked,
    write=write_marked,
    fingerprint_now=lambda params: fingerprint_of(upload_in(params), "marked"),
    subject=titled("Marked copy of the lists"),
    after_store=go_with_upload,
    is_child_data=True,
)
