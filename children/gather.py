"""Lists out of the database: totals for everybody who may see totals, rows for those who may see rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import AuditEvent
from children.loaders import SchemaRefused, load_schema
from children.models import ListFinding, ListRow, ListUpload, RowErasure, Waiver
from documents.models import Export

# Lists that are older than this no longer tell how things stand (our default).
STALE_AFTER = timedelta(days=31)
RECENT = 12
# Exports that hold rows of one upload and go with them.
COPIES = ("list-findings", "list-marked", "list-fixes", "list-composition-exact")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTotals:
    """The upload that counts, in numbers alone. Everything is empty where no lists were ever read.

    `rows` is by sheet name. `rules_not_run` has each rule once. `is_stale` says that the extract is older than
    `STALE_AFTER`.
    """

    upload_id: int | None = None
    uploaded_at: datetime | None = None
    as_at_on: date | None = None
    rows: dict[str, int]
    errors: int = 0
    queries: int = 0
    rules_not_run: tuple[str, ...] = ()
    is_stale: bool = False
    keep_until_on: date | None = None

    @property
    def exists(self) -> bool:
        return self.upload_id is not None

    @property
    def empty_lists(self) -> tuple[str, ...]:
        return tuple(sheet for sheet, count in self.rows.items() if not count)


def list_totals(*, today: date | None = None) -> ListTotals:
    """One query. Names no child."""
    upload = current_upload()
    if upload is None:
        return ListTotals(rows={})
    return totals_of(upload, today=today or timezone.localdate())


def totals_of(upload: ListUpload, *, today: date) -> ListTotals:
    return ListTotals(
        upload_id=upload.pk,
        uploaded_at=upload.ordered_at,
        as_at_on=upload.extracted_on,
        rows=upload.row_counts,
        errors=upload.error_count,
        queries=upload.query_count,
        rules_not_run=tuple(dict.fromkeys(skipped["rule"] for skipped in upload.rules_not_run)),
        is_stale=today - upload.extracted_on > STALE_AFTER,
        keep_until_on=upload.keep_until_on,
    )


def current_upload() -> ListUpload | None:
    return ListUpload.objects.filter(is_current=True).select_related("ordered_by").first()


def recent_uploads() -> list[ListUpload]:
    """The newest uploads, whatever became of them."""
    return list(ListUpload.objects.select_related("ordered_by")[:RECENT])


def findings_of(upload: ListUpload) -> QuerySet[ListFinding]:
    return ListFinding.objects.filter(upload=upload)


@dataclass(frozen=True, slots=True)
class RowCell:
    header: str
    text: str
    findings: tuple[ListFinding, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row with its findings beside the columns they are about."""

    row: ListRow
    cells: tuple[RowCell, ...]
    other_findings: tuple[ListFinding, ...]


def row_page(row: ListRow) -> RowPage:
    """One query. Columns stand in the order of the layout; without its file, in the order in which they were read."""
    findings = list(ListFinding.objects.filter(upload_id=row.upload_id, sheet=row.sheet, excel_row=row.excel_row))
    headers = headers_of(row.upload.schema_code, row.sheet) or {key: key for key in row.cells}
    cells = tuple(
        RowCell(header, row.cells.get(key, ""), tuple(found for found in findings if header in found.columns))
        for key, header in headers.items()
    )
    placed = {finding.pk for cell in cells for finding in cell.findings}
    return RowPage(row, cells, tuple(finding for finding in findings if finding.pk not in placed))


def headers_of(schema_code: str, sheet: str) -> dict[str, str]:
    """Column key → header as published; empty where the layout is no longer there."""
    try:
        schema = load_schema(schema_code)
    except SchemaRefused:
        return {}
    layout = next((layout for layout in schema.sheets if layout.name == sheet), None)
    return {column.key: column.header for column in layout.columns} if layout else {}


@dataclass(frozen=True, slots=True)
class DueUpload:
    """A line of the erasure plan: what would go, in numbers."""

    upload: ListUpload
    rows: int
    findings: int
    files: int


def erasure_plan(*, today: date) -> list[DueUpload]:
    """What an erasure would take today."""
    return [erasure_of(upload) for upload in ListUpload.objects.due(today).order_by("keep_until_on", "pk")]


def erasure_of(upload: ListUpload) -> DueUpload:
    return DueUpload(
        upload,
        ListRow.objects.filter(upload=upload).count(),
        ListFinding.objects.filter(upload=upload).count(),
        upload.files.filter(erased_at__isnull=True).count() + copies_of(upload).count(),
    )


def copies_of(upload: ListUpload) -> QuerySet[Export]:
    """The files that were made of an upload and are still there: findings, marked copies, fix lists.

    What was made to be handed over isn't among them: it has a day of its own, because what was given must be provable.
    """
    made = Export.objects.filter(kind__in=COPIES, params__upload=upload.pk)
    return made.filter(erased_at__isnull=True).exclude(path="")


def kept_uploads() -> list[ListUpload]:
    """Every upload whose rows are still there, the first to go first."""
    return list(ListUpload.objects.with_rows().order_by("keep_until_on", "pk"))


def hold_on(upload: ListUpload) -> AuditEvent | None:
    """Who set the hold that stands, when and why. One query, none where there is no hold."""
    if not upload.has_legal_hold:
        return None
    held = AuditEvent.objects.filter(action="lists.held", thing_type=upload._meta.label_lower, thing_id=str(upload.pk))
    return held.order_by("-pk").first()


def erasures() -> list[RowErasure]:
    return list(RowErasure.objects.select_related("by")[:RECENT])


def waivers() -> list[Waiver]:
    """Every waiver, the newest first."""
    return list(Waiver.objects.select_related("waived_by", "withdrawn_by"))


def active_waivers_of(upload: ListUpload) -> list[tuple[Waiver, int]]:
    """What stands in an upload by waiver, with the number of findings."""
    counted = ListFinding.objects.filter(upload=upload, waiver__isnull=False).order_by().values("waiver")
    numbers = {line["waiver"]: line["number"] for line in counted.annotate(number=Count("pk"))}
    standing = Waiver.objects.filter(pk__in=numbers).select_related("waived_by").order_by("rule", "pk")
    return [(waiver, numbers[waiver.pk]) for waiver in standing]


def rows_changed(upload: ListUpload, change: str) -> QuerySet[ListRow]:
    """Rows of an upload that were added or changed, or rows of the upload before that are gone."""
    if change != "gone":
        return ListRow.objects.filter(upload=upload, change=change)
    rows = ListRow.objects.annotate(folded=Lower("unique_id"))
    before = rows.filter(upload_id=upload.difference.get("before"), sheet__in=list(upload.row_counts))
    is_gone = Q(unique_id="")
    for sheet in upload.row_counts:
        # One list for each sheet, not one look for each row: there may be 50,000 of both.
        still_there = rows.filter(upload=upload, sheet=sheet).values("folded")
        # Only the first of a repeated Unique ID can be followed; the others count as gone (see compare_rows).
        followed = before.filter(sheet=sheet).order_by().values("folded").annotate(first=Min("pk")).values("first")
        is_gone |= Q(sheet=sheet) & (~Q(folded__in=still_there) | ~Q(pk__in=followed))
    return before.filter(is_gone)
