"""Which reports there are, by the word that the command line knows them by."""

from documents.reports import ReportKind
from indicators.scorecard_report import SCORECARD

REPORTS: dict[str, ReportKind] = {kind.code: kind for kind in (SCORECARD,)}
