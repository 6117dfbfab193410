"""The person-level workbook with its notice: exactly the sheets of the layout, nothing of the council's own columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed
from children.domain.cells import Unreadable, Value, parser_for
from children.domain.schema import ColumnType, ListSchema, SheetLayout
from children.exporting.source import as_at_of, check_rows_stand, fingerprint_of, marking_in_force, person_level_upload
from children.gather import active_waivers_of, current_upload
from children.loaders import load_schema
from children.models import ListRow
from children.permissions import check_can_export
from children.sheets import FORMATS, LayoutRows, sheet_of, write_sheets
from documents.exports import ExportKind, Making, Offer, Params
from documents.models import Export
from documents.press.zip import Written, ZipWriter

WORKBOOK = "person-level-lists"
NOTICE = "READ-ME-FIRST.txt"


@dataclass(frozen=True, slots=True)
class ListInputs:
    """Everything the workbook is made of. `rows` is by sheet: each a mapping of column key to the text as read."""

    upload_id: int
    schema: ListSchema
    rows: Mapping[str, list[dict[str, str]]]
    extracted_on: date
    errors: int
    queries: int
    not_run: int
    waived: list[str]
    format: str
    marking: str
    area_name: str
    is_demo: bool
    as_at: datetime
    fingerprint: str


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
        upload_id=upload.pk,
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
        format=format_in(params),
        marking=marking_in_force(),
        area_name=area.name if area else "",
        is_demo=settings.DEMO,
        as_at=as_at_of(upload),
        fingerprint=lists_fingerprint(params),
    )


def lists_fingerprint(params: Params) -> str:
    upload = current_upload()
    return fingerprint_of(upload, f"{upload.waived_count} waived", format_in(params)) if upload else ""


def format_in(params: Params) -> str:
    """The format that was chosen when it was ordered."""
    wanted = str(params.get("format", "xlsx"))
    if wanted not in FORMATS:
        raise NotAllowed(f"There is no format “{wanted}”. Choose one of: {', '.join(FORMATS)}.")
    return wanted


def write_lists(inputs: ListInputs, out: Path, beat: Making) -> Written:
    """A ZIP of the workbook, with exactly the sheets of the layout, and the notice beside it."""
    beat(5, "Writing the workbook")

    def make(path: Path) -> None:
        sheets = [
            sheet_of(LayoutRows(layout, _typed_rows(layout, inputs.rows[layout.name])))
            for layout in inputs.schema.sheets
        ]
        write_sheets(path, sheets, format=inputs.format, marking=inputs.marking, title="Person-level lists")

    name = f"{WORKBOOK}.{inputs.format}"
    workbook = beat.keep(name, make)
    beat(85, "Adding the notice")
    with ZipWriter(out) as archive:
        archive.add_bytes(NOTICE, notice_of(inputs).encode())
        with workbook.open("rb") as source:
            archive.add(name, source, size=workbook.stat().st_size)
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
            title=f"Person-level lists, {words}",
            sentence=f"The workbook as at {upload.extracted_on:%-d %B %Y} with its notice: {upload.row_count:,} rows. "
            "It asks for your password, and every copy is logged.",
            params=params,
        )
        for words, params in (("Excel (.xlsx)", {}), ("OpenDocument (.ods)", {"format": "ods"}))
    ]


def check_lists_export(user: User, params: Params) -> None:
    check_can_export(user, params)
    format_in(params)


def check_still_kept(export: Export, inputs: ListInputs) -> None:
    check_rows_stand(inputs.upload_id)


PERSON_LEVEL_LISTS = ExportKind(
    code="person-level-lists",
    title="Person-level lists",
    sentence="The workbook of the two lists as inspectors ask for it, with a notice beside it.",
    extension=".zip",
    content_type="application/zip",
    check=check_lists_export,
    gather=gather_lists,
    write=write_lists,
    fingerprint_now=lists_fingerprint,
    subject=lambda params: "Person-level lists" + (" (.ods)" if format_in(params) == "ods" else ""),
    after_store=check_still_kept,
    offers=lists_offers,
    is_child_data=True,
    asks_password=True,
)
