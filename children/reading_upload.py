"""The background work on an upload: read, check, store in batches, make current in one short update."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.domain.protection import DEMO_SENTENCE
from accounts.permissions import NotAllowed, check_rows_synthetic
from children.comparing import Compared, compare, upload_before
from children.counting import count_rows
from children.domain.check import Report, check
from children.domain.difference import Difference
from children.domain.headers import propose_sheets
from children.domain.reading import RawSheet, read_lists
from children.domain.rows import Row, RowFinding, SheetRows, Workbook
from children.domain.rules.reading import REPEATED_SHEET
from children.domain.schema import ListSchema
from children.inserting import insert
from children.mapping import headers_of, schema_in_use
from children.models import ListFinding, ListRow, ListUpload
from children.readers.workbook import read_file
from children.waivers import ActiveWaivers, active_waivers, counts_of
from documents import jobs
from documents.actions.stored import erase
from documents.files import open_stored
from documents.spreadsheets.refusal import Unusable

# Small enough that nobody who writes at the same time waits long.
BATCH = 2_000
LONGEST_VALUE = 200
ADDED, CHANGED = "added", "changed"
# How many sheets of a file that holds no list are named to the person.
SHEETS_NAMED = 5


def read_streams(streams: Sequence[tuple[str, BinaryIO]], schema: ListSchema, *, as_at: date) -> Workbook:
    """All files of one upload together. Raises readers.Unusable."""
    sheets: list[RawSheet] = []
    for name, stream in streams:
        stream.seek(0)
        sheets.extend(read_file(name, stream, schema))
    return read_lists(sheets, schema, as_at=as_at)


def check_has_a_list(
    streams: Sequence[tuple[str, BinaryIO]], sheet_names: Iterable[str], schema: ListSchema, *, as_at: date
) -> None:
    """Raises Unusable, naming what was found, when no sheet is one of the layout, nor looks like one by its headers."""
    found = [name for name in sheet_names if not schema.is_ignored(name)]
    if any(schema.sheet_for(name) for name in found):
        return
    if found and propose_sheets(schema, read_streams(streams, schema, as_at=as_at).seen):
        return  # a list under another name: once it is stored, somebody can say which
    wanted = " and ".join(sheet.name for sheet in schema.sheets)
    held = ", ".join(f"“{name[:40]}”" for name in found[:SHEETS_NAMED]) or "no sheet with rows"
    raise Unusable(
        f"No sheet of this file is one of the two lists: it has {held}. Name the sheets {wanted}, or put the "
        "published headers into row 1 of each .csv file, and upload it again. Nothing was stored."
    )


def check_all_synthetic(workbook: Workbook) -> None:
    """In a demonstration: raises NotAllowed for rows that are not marked synthetic, and for a sheet that can't tell.

    Where the Unique ID is under a header that nobody confirmed yet, some column has to begin with the mark throughout.
    """
    marked = {seen.name for seen in workbook.seen if seen.is_marked}
    check_rows_synthetic(
        row.unique_id
        for sheet in workbook.sheets
        if "unique_id" in sheet.keys or sheet.raw_name not in marked
        for row in sheet.rows
    )
    read = {sheet.raw_name for sheet in workbook.sheets}
    unread = [seen.name for seen in workbook.seen if not seen.is_marked and seen.name not in read]
    unread += workbook.foreign
    unread += [finding.sheet for finding in workbook.findings if finding.rule == REPEATED_SHEET.code]
    if settings.DEMO and unread:
        raise NotAllowed(
            f"Nobody can tell whether the rows of the sheet “{unread[0][:40]}” are synthetic, so nothing was stored. "
            f"Take the sheet out, or give it the published name and headers. {DEMO_SENTENCE}"
        )


def read_upload(pk: int) -> ListUpload | None:
    """Claims and reads one upload; None when there was nothing to do."""
    upload = jobs.perform(ListUpload, pk, _read)
    if upload is not None and upload.state in {"failed", "cancelled"}:
        _clear(upload)
    return upload


def _read(upload: ListUpload, beat: jobs.Beat) -> None:
    schema = schema_in_use(upload.schema_code)
    _clear(upload)
    beat(2, "Opening the file")
    try:
        with ExitStack() as stack:
            streams = [
                (stored.original_name, stack.enter_context(open_stored(stored)))
                for stored in upload.files.order_by("pk")
            ]
            workbook = read_streams(streams, schema, as_at=upload.extracted_on)
        check_all_synthetic(workbook)
    except (Unusable, NotAllowed) as refusal:
        _erase_files(upload, reason="The file could not be used.")
        raise jobs.JobFailed(str(refusal)) from refusal
    beat(35, "Asking the rules")
    before = upload_before(upload)
    report = check(workbook, earlier_rows=before.row_counts if before else None, today=timezone.localdate())
    beat(40, "Comparing with the upload before")
    compared = compare(workbook, report, before)
    waivers = active_waivers(today=timezone.localdate())
    _store_batches(
        upload,
        ListRow,
        _ROW_FIELDS,
        _rows(upload, workbook.sheets, compared),
        lambda done: beat(45 + 35 * done, "Storing the rows"),
    )
    _store_batches(
        upload,
        ListFinding,
        _FINDING_FIELDS,
        _findings(upload, report.findings, _Owners(workbook, report), waivers, compared),
        lambda done: beat(80 + 18 * done, "Storing the findings"),
    )
    beat(99, "Counting")
    count_rows(upload, workbook, at=timezone.now())
    _finish(upload, workbook, report, compared)


def _clear(upload: ListUpload) -> None:
    """Takes away what an earlier attempt stored."""
    ListFinding.objects.filter(upload=upload).delete()
    ListRow.objects.filter(upload=upload).delete()


def _erase_files(upload: ListUpload, *, reason: str) -> None:
    now = timezone.now()
    for stored in upload.files.filter(erased_at__isnull=True):
        erase(by=None, at=now, kept=stored, reason=reason)
    ListUpload.objects.filter(pk=upload.pk).update(rows_erased_at=now)


def _store_batches(
    upload: ListUpload,
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    beat: Callable[[float], None],
) -> None:
    """Each batch is a transaction of its own, so that other writers get in between.

    A worker that was given up for dead and wakes up stores none: its rows would stand beside those of the next one.
    """
    remaining = iter(rows)
    batches = 0
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            jobs.keep_others_out(upload)
            insert(model, fields, batch)
        batches += 1
        beat(1 - 0.9**batches)  # how many are to come isn't known; it nears the end and never passes it


_ROW_FIELDS = (
    "upload", "sheet", "excel_row", "unique_id", "cells", "born_on", "gender", "primary_need", "phase", "team",
    "officer", "officer_team", "source", "as_at_on", "change", "changed_columns",
)  # fmt: skip


def _rows(upload: ListUpload, sheets: Iterable[SheetRows], compared: Compared) -> Iterator[tuple[Any, ...]]:
    """In the order of `_ROW_FIELDS`."""
    for sheet in sheets:
        for row in sheet.rows:
            yield _row(upload, sheet, row, compared.rows)


def _row(upload: ListUpload, sheet: SheetRows, row: Row, difference: Difference | None) -> tuple[Any, ...]:
    place = sheet.layout.name, row.excel_row
    is_changed = difference is not None and place in difference.changes
    columns = difference.changes[place] if difference is not None and is_changed else ()
    return (
        upload.pk,
        sheet.layout.name,
        row.excel_row,
        row.unique_id[:80],
        row.texts(),
        row["date_of_birth"],
        (row["gender"] or "")[:20],
        (row["primary_need"] or "")[:20],
        (row["main_phase"] or "")[:40],
        (row["social_care_team"] or "")[:120],
        row.local.officer,
        row.local.team,
        row.local.source,
        row.local.as_at_on,
        "" if not is_changed else ADDED if columns is None else CHANGED,
        list(columns or ()),
    )


class _Owners:
    """The rows that findings are about, by sheet and Excel row, for what filters go by."""

    def __init__(self, workbook: Workbook, report: Report) -> None:
        wanted = {(finding.sheet, finding.row) for finding in report.findings}
        self.rows = {
            place: row
            for sheet in workbook.sheets
            for row in sheet.rows
            if (place := (sheet.layout.name, row.excel_row)) in wanted
        }

    def of(self, finding: RowFinding) -> tuple[str, str, str, str]:
        """Phase, social care team, officer and their team."""
        row = self.rows.get((finding.sheet, finding.row or 0))
        if row is None:
            return "", "", "", ""
        return (row["main_phase"] or "")[:40], (row["social_care_team"] or "")[:120], row.local.officer, row.local.team


_FINDING_FIELDS = (
    "upload", "sheet", "excel_row", "unique_id", "column", "columns", "rule", "level", "message", "value", "is_new",
    "waiver", "phase", "team", "officer", "officer_team",
)  # fmt: skip


def _findings(
    upload: ListUpload,
    findings: Iterable[RowFinding],
    owners: _Owners,
    waivers: ActiveWaivers,
    compared: Compared,
) -> Iterator[tuple[Any, ...]]:
    """In the order of `_FINDING_FIELDS`."""
    for finding in findings:
        unique_id, value = finding.unique_id[:80], finding.value[:LONGEST_VALUE]
        column = finding.column[:200]
        yield (
            upload.pk,
            finding.sheet[:40],
            finding.row,
            unique_id,
            column,
            list(finding.columns),
            finding.rule,
            finding.level.value,
            finding.message,
            value,
            compared.findings is not None and compared.findings.is_new(finding),
            waivers.of(finding.rule, finding.sheet, column, unique_id, value),
            *owners.of(finding),
        )


def _finish(upload: ListUpload, workbook: Workbook, report: Report, compared: Compared) -> None:
    """The one short transaction in which the upload becomes the one that counts."""
    now = timezone.now()
    with transaction.atomic():
        # Of two uploads that are read at once the one that was ordered last counts.
        # Of a file without one row that could be read nothing counts: what stood before it stays.
        is_empty = not sum(report.rows.values())
        # A file that is read again never displaces lists of a later day.
        later = Q(ordered_at__gt=upload.ordered_at)
        if upload.replaces_id is not None:
            later |= Q(extracted_on__gt=upload.extracted_on)
        newer = ListUpload.objects.filter(later, is_current=True).exists()
        counts = not newer and not is_empty
        if counts:
            ListUpload.objects.filter(is_current=True).exclude(pk=upload.pk).update(is_current=False)
        jobs.finish(
            upload,
            is_current=counts,
            became_current_at=now if counts else None,
            row_counts=report.rows,
            rules_not_run=[
                {"rule": not_run.rule, "sheet": not_run.sheet, "why": not_run.why} for not_run in report.not_run
            ],
            rules_run=report.rules_run,
            difference=compared.totals(report),
            **headers_of(workbook),
            **counts_of(upload),
        )
        audit.record(
            by=upload.ordered_by,
            at=now,
            action="lists.read",
            thing=upload,
            text=f"{sum(report.rows.values())} rows, {report.errors} errors, {report.queries} queries.",
        )
