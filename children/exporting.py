"""What leaves this app as a file: the person-level workbook with its notice, and the workbook of findings."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed
from children.domain.cells import Unreadable, Value, parser_for
from children.domain.check import check
from children.domain.schema import ColumnType, ListSchema, SheetLayout
from children.gather import active_waivers_of, current_upload
from children.loaders import load_schema
from children.marking import ISSUE_COLUMNS, mark_lists
from children.models import ListFinding, ListRow, ListUpload
from children.permissions import check_can_export
from children.reading_upload import read_streams
from children.sheets import LayoutRows, sheet_of
from documents.exports import ExportKind, Making, Offer, Params
from documents.files import open_stored
from documents.intake import XLSX
from documents.models import StoredFile
from documents.press.workbook import Column, Sheet, write_workbook
from documents.press.zip import Written, ZipWriter

WORKBOOK = "person-level-lists.xlsx"
NOTICE = "READ-ME-FIRST.txt"


def fingerprint_of(upload: ListUpload, *more: str) -> str:
    """Rows never change once they are read, so the upload and its reading stand for them."""
    read_at = upload.finished_at.isoformat() if upload.finished_at else ""
    return hashlib.sha256("|".join([str(upload.pk), read_at, upload.schema_code, *more]).encode()).hexdigest()


def _marking() -> str:
    area = LocalArea.objects.first()
    return area.marking if area and area.marking else "OFFICIAL-SENSITIVE"


def _upload_with_rows(pk: int) -> ListUpload:
    upload = ListUpload.objects.with_rows().filter(pk=pk).first()
    if upload is None:
        raise NotAllowed("The rows of this upload were erased, or never read. Choose lists that are still kept.")
    return upload


# -- the person-level workbook


@dataclass(frozen=True, slots=True)
class ListInputs:
    """Everything the workbook is made of. `rows` is by sheet: each a mapping of column key to the text as read."""

    schema: ListSchema
    rows: Mapping[str, list[dict[str, str]]]
    extracted_on: date
    errors: int
    queries: int
    not_run: int
    waived: list[str]
    marking: str
    area_name: str
    is_demo: bool
    as_at: datetime
    fingerprint: str


def person_level_upload() -> ListUpload:
    """The lists that count now. Raises NotAllowed where there are none."""
    upload = current_upload()
    if upload is None or not upload.has_rows:
        raise NotAllowed("No person-level lists are there to export. Upload them first.")
    return upload


def gather_lists(params: Params) -> ListInputs:
    """Four queries; the rows are the bulk of it."""
    upload = person_level_upload()
    schema = load_schema(upload.schema_code)
    rows: dict[str, list[dict[str, str]]] = {layout.name: [] for layout in schema.sheets}
    kept = ListRow.objects.filter(upload=upload).order_by("sheet", "excel_row")
    for sheet, cells in kept.values_list("sheet", "cells").iterator(chunk_size=2000):
        rows[sheet].append(cells)
    area = LocalArea.objects.first()
    return ListInputs(
        schema=schema,
        rows=rows,
        extracted_on=upload.extracted_on,
        errors=upload.error_count,
        queries=upload.query_count,
        not_run=len(upload.rules_not_run),
        waived=[
            f"- {waiver.rule} in {waiver.sheet}, {number:,} finding(s): {waiver.reason} "
            f"({waiver.waived_by.name}, until {waiver.until_on:%d/%m/%Y})"
            for waiver, number in active_waivers_of(upload)
        ],
        marking=_marking(),
        area_name=area.name if area else "",
        is_demo=settings.DEMO,
        as_at=upload.finished_at or upload.ordered_at,
        fingerprint=lists_fingerprint(params),
    )


def lists_fingerprint(params: Params) -> str:
    upload = current_upload()
    return fingerprint_of(upload, _marking(), f"{upload.waived_count} waived") if upload else ""


def write_lists(inputs: ListInputs, out: Path, beat: Making) -> Written:
    """A ZIP of the workbook, with exactly the sheets of the layout, and the notice beside it."""
    beat(5, "Writing the workbook")

    def make(path: Path) -> None:
        sheets = [
            sheet_of(LayoutRows(layout, _typed_rows(layout, inputs.rows[layout.name])))
            for layout in inputs.schema.sheets
        ]
        write_workbook(path, sheets, marking=inputs.marking, title="Person-level lists")

    workbook = beat.keep(WORKBOOK, make)
    beat(85, "Adding the notice")
    with ZipWriter(out) as archive:
        archive.add_bytes(NOTICE, notice_of(inputs).encode())
        with workbook.open("rb") as source:
            archive.add(WORKBOOK, source, size=workbook.stat().st_size)
    return archive.written


_TYPED = {ColumnType.DATE, ColumnType.COUNT, ColumnType.PERCENT}


def _typed_rows(layout: SheetLayout, rows: Iterable[dict[str, str]]) -> Iterator[dict[str, Value | None]]:
    """Dates and numbers as such, all else as the text that was read: nothing is corrected on its way out."""
    readers = {column.key: parser_for(column) for column in layout.columns if column.type in _TYPED}
    for row in rows:
        typed: dict[str, Value | None] = dict(row)
        for key, read in readers.items():
            value = read(row.get(key, ""))
            typed[key] = row.get(key) if isinstance(value, Unreadable) else value
        yield typed


def notice_of(inputs: ListInputs) -> str:
    counts = ", ".join(f"{name}: {len(rows):,} rows" for name, rows in inputs.rows.items())
    checked = f"{inputs.errors:,} errors and {inputs.queries:,} queries stood open"
    if inputs.not_run:
        checked += f", and {inputs.not_run} rules could not be asked"
    lines = [
        inputs.marking.upper(),
        "",
        "PERSON-LEVEL LISTS OF CHILDREN AND YOUNG PEOPLE WITH SEND",
        f"Area: {inputs.area_name}" if inputs.area_name else "",
        f"As at {inputs.extracted_on:%d/%m/%Y}. {counts}.",
        f"When the lists were last checked, {checked}.",
        *(["", "Findings that the council lets stand, and why:", *inputs.waived] if inputs.waived else []),
        "SYNTHETIC ROWS: no real child stands in this file." if inputs.is_demo else "",
        "",
        "The workbook beside this notice holds special category data about children. It has Unique IDs and no names;",
        "together with the council's own records each row points to one child.",
        "",
        "- Open it only if you need it for the inspection, on a device that your organisation manages.",
        "- Do not e-mail it, and do not copy it to a memory stick or a shared folder that others can read.",
        "- Send it only by the route that the notification letter names.",
        "- Delete every copy when the inspection no longer needs it.",
        "- Tell the council's data protection officer at once if it is lost or reaches the wrong person.",
        "",
        inputs.marking.upper(),
    ]
    text = "\r\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1]))
    return text + "\r\n"


def lists_offers(user: User) -> Iterable[Offer]:
    try:
        check_can_export(user, {})
        upload = person_level_upload()
    except NotAllowed:
        return ()
    return [
        Offer(
            title="Person-level lists",
            sentence=f"The workbook as at {upload.extracted_on:%-d %B %Y} with its notice: {upload.row_count:,} rows. "
            "It asks for your password, and every copy is logged.",
        )
    ]


# -- the workbook of findings


@dataclass(frozen=True, slots=True)
class FindingInputs:
    findings: list[tuple[Any, ...]]
    not_run: list[dict[str, str]]
    marking: str
    as_at: datetime
    fingerprint: str


_FIELDS = ("sheet", "excel_row", "unique_id", "column", "value", "level", "rule", "message")


def gather_findings(params: Params) -> FindingInputs:
    """Three queries."""
    upload = _upload_with_rows(int(params["upload"]))
    return FindingInputs(
        findings=list(ListFinding.objects.filter(upload=upload).order_by("id").values_list(*_FIELDS)),
        not_run=upload.rules_not_run,
        marking=_marking(),
        as_at=upload.finished_at or upload.ordered_at,
        fingerprint=fingerprint_of(upload, _marking()),
    )


def findings_fingerprint(params: Params) -> str:
    upload = ListUpload.objects.filter(pk=int(params["upload"])).first()
    return fingerprint_of(upload, _marking()) if upload else ""


def write_findings(inputs: FindingInputs, out: Path, beat: Making) -> None:
    beat(10, "Writing the findings")
    sheets = [Sheet(name="Findings", columns=ISSUE_COLUMNS, rows=inputs.findings)]
    if inputs.not_run:
        sheets.append(
            Sheet(
                name="Rules not run",
                columns=[Column("Rule", 12), Column("Sheet", 10), Column("Why", 80, is_wrapped=True)],
                rows=[(skipped["rule"], skipped["sheet"], skipped["why"]) for skipped in inputs.not_run],
            )
        )
    write_workbook(out, sheets, marking=inputs.marking, title="Findings in the person-level lists")


def findings_subject(params: Params) -> str:
    upload = ListUpload.objects.filter(pk=int(params["upload"])).first()
    return f"Findings in the lists as at {upload.extracted_on:%-d %B %Y}" if upload else "Findings in the lists"


# -- the marked copy


@dataclass(frozen=True, slots=True)
class MarkedInputs:
    """The council's own file, read and checked once more on the day of its extract."""

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
    upload = _upload_with_rows(int(params["upload"]))
    stored = markable_file(upload)
    if stored is None:
        raise NotAllowed("Only an Excel workbook (.xlsx) can be marked. Order the workbook of findings instead.")
    return MarkedInputs(
        stored=stored,
        schema=load_schema(upload.schema_code),
        extracted_on=upload.extracted_on,
        marking=_marking(),
        as_at=upload.finished_at or upload.ordered_at,
        fingerprint=fingerprint_of(upload, _marking(), "marked"),
    )


def marked_fingerprint(params: Params) -> str:
    upload = ListUpload.objects.filter(pk=int(params["upload"])).first()
    return fingerprint_of(upload, _marking(), "marked") if upload else ""


def write_marked(inputs: MarkedInputs, out: Path, beat: Making) -> None:
    beat(5, "Reading the workbook again")
    with open_stored(inputs.stored) as source:
        workbook = read_streams([(inputs.stored.original_name, source)], inputs.schema, as_at=inputs.extracted_on)
        report = check(workbook)
        beat(20, "Marking the cells")
        source.seek(0)
        mark_lists(source, out, workbook=workbook, report=report, marking=inputs.marking)


def marked_subject(params: Params) -> str:
    upload = ListUpload.objects.filter(pk=int(params["upload"])).first()
    return f"Marked copy of the lists as at {upload.extracted_on:%-d %B %Y}" if upload else "Marked copy of the lists"


PERSON_LEVEL_LISTS = ExportKind(
    code="person-level-lists",
    title="Person-level lists",
    sentence="The workbook of the two lists as inspectors ask for it, with a notice beside it.",
    extension=".zip",
    content_type="application/zip",
    check=check_can_export,
    gather=gather_lists,
    write=write_lists,
    fingerprint_now=lists_fingerprint,
    offers=lists_offers,
    is_child_data=True,
    asks_password=True,
)
LIST_FINDINGS = ExportKind(
    code="list-findings",
    title="Findings in the lists",
    sentence="A workbook with one line for each thing to mend in the person-level lists.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_can_export,
    gather=gather_findings,
    write=write_findings,
    fingerprint_now=findings_fingerprint,
    subject=findings_subject,
    is_child_data=True,
)
MARKED_LISTS = ExportKind(
    code="list-marked",
    title="Marked copy of the lists",
    sentence="Your own workbook with each offending cell marked, a comment in it, and an Issues sheet in front.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_can_export,
    gather=gather_marked,
    write=write_marked,
    fingerprint_now=marked_fingerprint,
    subject=marked_subject,
    is_child_data=True,
)
