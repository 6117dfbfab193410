"""Reports of the strategy: what is read and what is said, free of any file format."""

from strategy.reports.papers import BOARD_PAPERS
from strategy.reports.progress import STRATEGY_PROGRESS

__all__ = ["BOARD_PAPERS", "STRATEGY_PROGRESS"]
