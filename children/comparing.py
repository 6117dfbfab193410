"""An upload held against the one before: the earlier one from the database, this one as it was just read."""

from dataclasses import dataclass

from children.domain.check import Report
from children.domain.difference import (
    Difference,
    FindingDifference,
    compare_findings,
    compare_rows,
    key_of_finding,
)
from children.domain.rows import Workbook
from children.models import ListFinding, ListRow, ListUpload


def upload_before(upload: ListUpload) -> ListUpload | None:
    """The last upload before this one that was read to the end and has rows.

    A file that is read again stands where it stood when it was first uploaded.
    """
    first = upload
    while first.replaces is not None:
        first = first.replaces
    earlier = ListUpload.objects.standing().filter(ordered_at__lt=first.ordered_at).order_by("-ordered_at")
    return next((each for each in earlier if each.row_count), None)


@dataclass(frozen=True, slots=True)
class Compared:
    """This upload against the one before; all empty where there is none, or its rows are gone."""

    rows: Difference | None = None
    findings: FindingDifference | None = None
    before: int | None = None

    def totals(self, report: Report) -> dict[str, object]:
        """In numbers alone: they outlive the rows."""
        if self.rows is None or self.findings is None:
            return {}
        return {
            "before": self.before,
            "sheets": {
                name: {
                    "added": sheet.added,
                    "gone": sheet.gone,
                    "changed": sheet.changed,
                    "columns": dict(sheet.by_column.most_common()),
                }
                for name, sheet in self.rows.sheets.items()
            },
            "findings": {
                "new": sum(self.findings.is_new(finding) for finding in report.findings),
                "fixed": self.findings.fixed,
                "still": self.findings.still,
            },
        }


def compare(workbook: Workbook, report: Report, before: ListUpload | None) -> Compared:
    if before is None or not before.has_rows:
        return Compared()
    rows = ListRow.objects.filter(upload=before).order_by("pk").values_list("sheet", "unique_id", "cells")
    keys = ListFinding.objects.filter(upload=before).order_by().values_list("rule", "sheet", "unique_id", "column")
    return Compared(
        rows=compare_rows(workbook, rows.iterator(chunk_size=2000)),
        findings=compare_findings(report.findings, frozenset(key_of_finding(*key) for key in keys)),
        before=before.pk,
    )
