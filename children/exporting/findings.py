"""The workbook of findings: one line for each thing to mend. For the council alone: it names the officer."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from children.exporting.source import (
    as_at_of,
    fingerprint_of,
    go_with_upload,
    marking_in_force,
    titled,
    upload_in,
    upload_with_rows,
)
from children.marking import ISSUE_COLUMNS
from children.models import ListFinding
from children.permissions import check_can_export
from documents.exports import ExportKind, Making, Params
from documents.intake import XLSX
from documents.press.workbook import Column, Sheet, write_workbook

_FIELDS = ("sheet", "excel_row", "unique_id", "column", "value", "level", "rule", "message")
_OWNER = ("officer", "officer_team")


@dataclass(frozen=True, slots=True)
class FindingInputs:
    findings: list[tuple[Any, ...]]
    has_owners: bool
    not_run: list[dict[str, str]]
    marking: str
    as_at: datetime
    fingerprint: str


def gather_findings(params: Params) -> FindingInputs:
    """Three queries."""
    upload = upload_with_rows(params)
    fields = (*_FIELDS, *_OWNER) if upload.local_columns else _FIELDS
    return FindingInputs(
        findings=list(ListFinding.objects.filter(upload=upload).order_by("id").values_list(*fields)),
        has_owners=bool(upload.local_columns),
        not_run=upload.rules_not_run,
        marking=marking_in_force(),
        as_at=as_at_of(upload),
        fingerprint=fingerprint_of(upload),
    )


def write_findings(inputs: FindingInputs, out: Path, beat: Making) -> None:
    beat(10, "Writing the findings")
    owner = (Column("Responsible officer", 20), Column("Team", 16)) if inputs.has_owners else ()
    sheets = [Sheet(name="Findings", columns=[*ISSUE_COLUMNS, *owner], rows=inputs.findings)]
    if inputs.not_run:
        sheets.append(
            Sheet(
                name="Rules not run",
                columns=[Column("Rule", 12), Column("Sheet", 10), Column("Why", 80, is_wrapped=True)],
                rows=[(skipped["rule"], skipped["sheet"], skipped["why"]) for skipped in inputs.not_run],
            )
        )
    write_workbook(out, sheets, marking=inputs.marking, title="Findings in the person-level lists")


LIST_FINDINGS = ExportKind(
    code="list-findings",
    title="Findings in the lists",
    sentence="A workbook with one line for each thing to mend in the person-level lists.",
    extension=".xlsx",
    content_type=XLSX.content_type,
    check=check_can_export,
    gather=gather_findings,
    write=write_findings,
    fingerprint_now=lambda params: fingerprint_of(upload_in(params)),
    subject=titled("Findings in the lists"),
    after_store=go_with_upload,
    is_child_data=True,
)
