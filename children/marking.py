"""The council's own workbook handed back: offending cells marked, a comment in each, an Issues sheet first."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from children.domain.check import Report
from children.domain.issues import ISSUE_HEADERS
from children.domain.rows import Level, RowFinding, Workbook
from documents.press.marked import MOST_COMMENTS, Mark, mark_workbook
from documents.press.workbook import Column, Sheet

ISSUES = "Issues"
LOSSES = (
    "A marked copy keeps values and formats; a formula is replaced by its last value. Pictures, charts and other parts "
    "of the workbook may be lost: mend the source system or your own file, not the copy."
)
COMMENTS = f"At most {MOST_COMMENTS:,} cells carry a comment; every other cell at fault is coloured all the same."
NOT_RUN = "not run"
_WIDTHS = (10, 10, 16, 34, 22, 8, 16, 80)
_WRAPPED = {"Column", "What is wrong and what to do"}
ISSUE_COLUMNS = tuple(
    Column(header, width, is_wrapped=header in _WRAPPED) for header, width in zip(ISSUE_HEADERS, _WIDTHS, strict=True)
)


def issues_sheet(report: Report, *, name: str = ISSUES) -> Sheet:
    """Every finding, then the rules that were not run, then what a marked copy may have lost."""
    rows = chain(
        map(_issue, report.findings),
        (
            (skipped.sheet, None, "", "", "", NOT_RUN, skipped.rule, f"This rule was not run: {skipped.why}")
            for skipped in report.not_run
        ),
        [("", None, "", "", "", "note", "", f"{LOSSES} {COMMENTS}")],
    )
    return Sheet(name=name, columns=ISSUE_COLUMNS, rows=rows)


def _issue(finding: RowFinding) -> tuple[str | int | None, ...]:
    return (
        finding.sheet,
        finding.row,
        finding.unique_id,
        finding.column,
        finding.value,
        finding.level.value,
        finding.rule,
        finding.message,
    )


def mark_lists(source: BinaryIO, out: Path, *, workbook: Workbook, report: Report, marking: str) -> int:
    """Writes the marked copy of the `.xlsx` that `workbook` was read from; returns the number of comments in it."""
    return mark_workbook(source, out, marks=_marks(workbook, report), issues=issues_sheet(report), marking=marking)


def _marks(workbook: Workbook, report: Report) -> Iterator[Mark]:
    """Each finding that has a row and a column in the workbook; the others stand on the Issues sheet alone."""
    for finding in report.findings:
        sheet = workbook.sheet(finding.sheet)
        if sheet is None or finding.row is None:
            continue
        place = sheet.places.get(finding.column)
        if place is None:
            continue
        yield Mark(
            sheet=sheet.raw_name,
            row=finding.row,
            column=place + 1,
            text=f"{finding.rule}: {finding.message}",
            is_error=finding.level is Level.ERROR,
        )
