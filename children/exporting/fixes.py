"""One officer's fix list as a workbook. For the council alone: it names the officer and the source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accounts.permissions import NotAllowed
from children.exporting.source import (
    as_at_of,
    fingerprint_of,
    go_with_upload,
    marking_in_force,
    upload_in,
    upload_with_rows,
)
from children.marking import ISSUE_COLUMNS
from children.models import ListFinding, ListRow
from children.owners import fixes_of, owner_of
from children.permissions import check_can_export
from documents.exports import ExportKind, Making, Params
from documents.intake import XLSX
from documents.press.workbook import Column, ColumnKind, Row, Sheet, write_workbook

KIND = "list-fixes"


@dataclass(frozen=True, slots=True)
class FixInputs:
    """`rows` has the row behind a finding by sheet and Excel row: team, source, as-at day."""

    owner: str
    extracted_on: date
    findings: list[ListFinding]
    rows: dict[tuple[str, int], tuple[str, str, date | None]]
    marking: str
    as_at: datetime
    fingerprint: str


def gather_fixes(params: Params) -> FixInputs:
    """Five queries."""
    upload = upload_with_rows(params)
    owner = owner_of(upload, int(params["owner"]))
    if owner is None:
        raise NotAllowed("No row of this upload has this owner.")
    kept = ListRow.objects.filter(owner.choose(), upload=upload).order_by()
    return FixInputs(
        owner=owner.name,
        extracted_on=upload.extracted_on,
        findings=list(fixes_of(upload, owner)),
        rows={
            (sheet, row): (team, source, as_at_on)
            for sheet, row, team, source, as_at_on in kept.values_list(
                "sheet", "excel_row", "officer_team", "source", "as_at_on"
            )
        },
        marking=marking_in_force(),
        as_at=as_at_of(upload),
        fingerprint=fixes_fingerprint(params),
    )


def fixes_fingerprint(params: Params) -> str:
    """What is waived or taken back since changes the list."""
    upload = upload_in(params)
    return fingerprint_of(upload, f"fixes {params['owner']}, {upload.waived_count} waived") if upload else ""


def write_fixes(inputs: FixInputs, out: Path, beat: Making) -> None:
    beat(10, "Writing the fix list")
    sheets = [
        Sheet(
            name="Fix list",
            columns=[
                *ISSUE_COLUMNS,
                Column("Team", 18),
                Column("Source", 18),
                Column("As at", 13, ColumnKind.DATE),
                Column("Days before the extract", 12, ColumnKind.NUMBER),
            ],
            rows=_lines(inputs),
        ),
        Sheet(
            name="About",
            columns=[Column("What", 24), Column("Words", 80, is_wrapped=True)],
            rows=[
                ("Responsible officer", inputs.owner),
                ("Lists as at", inputs.extracted_on),
                ("Findings", len(inputs.findings)),
                ("What to do", "Correct each value in the source system, then have a fresh extract uploaded."),
                (
                    "Not for inspectors",
                    "Officer, team, source and as-at are the council's own.",
                ),
            ],
        ),
    ]
    write_workbook(out, sheets, marking=inputs.marking, title="Fix list")


def _lines(inputs: FixInputs) -> Iterator[Row]:
    for finding in inputs.findings:
        team, source, as_at_on = inputs.rows.get((finding.sheet, finding.excel_row or 0), ("", "", None))
        yield (
            finding.sheet,
            finding.excel_row,
            finding.unique_id,
            finding.column,
            finding.value,
            finding.level,
            finding.rule,
            finding.message,
            team,
            source,
            as_at_on,
            (inputs.extracted_on - as_at_on).days if as_at_on else None,
        )


def fixes_subject(params: Params) -> str:
    """By number: an export's title outlives the rows, and with them the officer's name."""
    upload = upload_in(params)
    day = f" of the lists as at {upload.extracted_on:%-d %B %Y}" if upload else ""
    return f"Fix list {params['owner']}{day}"


LIST_FIXES = ExportKind(
    code=KIND,
    title="Fix list of an officer",
    sentence="A workbook of what one officer has to mend in the person-level lists, by sheet and Excel row.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_can_export,
    gather=gather_fixes,
    write=write_fixes,
    fingerprint_now=fixes_fingerprint,
    subject=fixes_subject,
    after_store=go_with_upload,
    file_name=lambda params: f"{KIND}-{params['owner']}",
    is_child_data=True,
)
