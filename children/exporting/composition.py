"""The composition as a workbook: suppressed for who reads totals, exact for who may take rows out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from children.counting import exact_composition, rule_in_force
from children.domain.composition import Table, cross_table, single_table
from children.exporting.source import as_at_of, check_rows_stand, fingerprint_of, marking_in_force, upload_with_rows
from children.figures import list_figures
from children.gather import current_upload
from children.permissions import check_can_read_totals
from documents.exports import ExportKind, Making, Params
from documents.intake import XLSX
from documents.models import Export
from documents.press.workbook import Column, ColumnKind, Row, Sheet, write_workbook

SUPPRESSED_KIND = "list-composition"
EXACT = "list-composition-exact"


@dataclass(frozen=True, slots=True)
class CompositionInputs:
    upload_id: int
    tables: tuple[Table, ...]
    cross: Table | None
    extracted_on: date
    notes: tuple[str, ...]
    marking: str
    as_at: datetime
    fingerprint: str


def check_suppressed(user: User, params: Params) -> None:
    check_can_read_totals(user)


def check_exact(user: User, params: Params) -> None:
    check_permission(user, Permission.EXPORT_CHILD_ROWS)
    check_permission(user, Permission.READ_CHILD_ROWS)


def _fingerprint(params: Params, kind: str) -> str:
    choice = "|".join(f"{key}={params[key]}" for key in sorted(params))
    return fingerprint_of(current_upload(), kind, choice, str(rule_in_force().threshold))


def suppressed_fingerprint(params: Params) -> str:
    return _fingerprint(params, SUPPRESSED_KIND)


def exact_fingerprint(params: Params) -> str:
    return _fingerprint(params, EXACT)


def gather_suppressed(params: Params) -> CompositionInputs:
    upload = current_upload()
    figures = list_figures(upload)
    if upload is None or figures is None:
        raise NotAllowed("No person-level lists are there to count. Upload them first.")
    return CompositionInputs(
        upload_id=upload.pk,
        tables=figures.tables,
        cross=figures.cross(params.get("first", ""), params.get("second", ""), of=params.get("of", "")),
        extracted_on=upload.extracted_on,
        notes=(_what(params), figures.rule.sentence()),
        marking=marking_in_force(),
        as_at=as_at_of(upload),
        fingerprint=suppressed_fingerprint(params),
    )


def gather_exact(params: Params) -> CompositionInputs:
    upload = upload_with_rows(params) if "upload" in params else current_upload()
    composition = exact_composition(upload) if upload else None
    if upload is None or composition is None:
        raise NotAllowed("The rows of these lists were erased, or never read: exact figures are gone.")
    first, second = (composition.dimension(params.get(key, "")) for key in ("first", "second"))
    return CompositionInputs(
        upload_id=upload.pk,
        tables=tuple(single_table(composition, dimension, None) for dimension in composition.dimensions),
        cross=cross_table(composition, first, second, of=params.get("of", ""), rule=None)
        if first and second and first != second
        else None,
        extracted_on=upload.extracted_on,
        notes=(_what(params), "EXACT FIGURES: small numbers are not suppressed. Do not publish or pass on."),
        marking=marking_in_force(),
        as_at=as_at_of(upload),
        fingerprint=exact_fingerprint(params),
    )


def _what(params: Params) -> str:
    return f"The cross table is of {params['of']}." if params.get("of") else "The cross table is of all lists together."


def write_composition(inputs: CompositionInputs, out: Path, beat: Making) -> None:
    beat(20, "Writing the tables")
    sheets = [_notes(inputs), *(_sheet(table) for table in inputs.tables)]
    if inputs.cross:
        sheets.append(_sheet(inputs.cross, name="Cross table"))
    write_workbook(out, sheets, marking=inputs.marking, title="Composition of the person-level lists")


def _notes(inputs: CompositionInputs) -> Sheet:
    notes = inputs.notes if inputs.cross else inputs.notes[1:]
    rows: list[Row] = [("As at", inputs.extracted_on), *(("Note", note) for note in notes)]
    return Sheet(name="Read me", columns=[Column("What", 10), Column("Words", 100, is_wrapped=True)], rows=rows)


def _sheet(table: Table, name: str = "") -> Sheet:
    return Sheet(
        name=name or _TITLES.get(table.code, table.title),
        columns=[Column(table.title, 40), *(Column(header, 14, ColumnKind.NUMBER) for header in table.headers)],
        rows=list(_rows(table)),
    )


# Names of sheets hold 31 characters.
_TITLES = {"absence": "Absence", "suspensions": "Suspensions", "exclusions": "Permanent exclusions"}


def _rows(table: Table) -> Iterator[Row]:
    return ((row.label, *row.figures) for row in (*table.rows, table.total))


def go_with_upload_counted(export: Export, inputs: CompositionInputs) -> None:
    if check_rows_stand(inputs.upload_id).has_legal_hold:
        Export.objects.filter(pk=export.pk).update(has_legal_hold=True)


LIST_COMPOSITION = ExportKind(
    code=SUPPRESSED_KIND,
    title="Composition of the lists",
    sentence="A workbook of counts by need, age, phase and so on, small numbers suppressed.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_suppressed,
    gather=gather_suppressed,
    write=write_composition,
    fingerprint_now=suppressed_fingerprint,
)
LIST_COMPOSITION_EXACT = ExportKind(
    code=EXACT,
    title="Composition of the lists, exact figures",
    sentence="The same workbook with every number as it is: for who may take rows out.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_exact,
    gather=gather_exact,
    write=write_composition,
    fingerprint_now=exact_fingerprint,
    after_store=go_with_upload_counted,
    is_child_data=True,
)
