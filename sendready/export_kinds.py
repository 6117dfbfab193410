"""Which exports there are: kind → permission, gather, build, render, file name. `documents` reads it by a setting."""

from children.exporting import (
    LIST_COMPOSITION,
    LIST_COMPOSITION_EXACT,
    LIST_FINDINGS,
    LIST_FIXES,
    MARKED_LISTS,
    PERSON_LEVEL_LISTS,
)
from documents.exports import ExportKind
from documents.reports import exports_of
from evidence.exporting import EVIDENCE_LOG
from indicators.figures_workbook import INDICATOR_FIGURES
from inspection.pack_export import ANNEX_A_PACK
from selfeval.exporting import SELF_EVALUATION_COPY
from selfeval.hearing_export import CONSULTATION_ACTIVITIES, YOU_SAID
from selfeval.reports.child_friendly import CHILD_FRIENDLY
from sendready.report_kinds import REPORTS
from strategy.exporting import STRATEGY_SHEET, STRATEGY_WORKBOOK

EXPORT_KINDS: dict[str, ExportKind] = {
    kind.code: kind
    for kind in (
        ANNEX_A_PACK,
        PERSON_LEVEL_LISTS,
        LIST_FINDINGS,
        LIST_FIXES,
        MARKED_LISTS,
        LIST_COMPOSITION,
        LIST_COMPOSITION_EXACT,
        INDICATOR_FIGURES,
        EVIDENCE_LOG,
        STRATEGY_WORKBOOK,
        STRATEGY_SHEET,
        CHILD_FRIENDLY,
        CONSULTATION_ACTIVITIES,
        YOU_SAID,
        SELF_EVALUATION_COPY,
        *(export for report in REPORTS.values() for export in exports_of(report)),
    )
}
