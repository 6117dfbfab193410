"""Which reports there are, by the word that the command line knows them by."""

from documents.reports import ReportKind
from indicators.scorecard_report import SCORECARD
from selfeval.reports.self_evaluation import SELF_EVALUATION
from strategy.reports import BOARD_PAPERS, STRATEGY_PROGRESS

REPORTS: dict[str, ReportKind] = {
    kind.code: kind for kind in (SCORECARD, STRATEGY_PROGRESS, BOARD_PAPERS, SELF_EVALUATION)
}
