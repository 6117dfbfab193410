"""What the partnership plans: the strategy, its priorities, the boards that oversee it."""

from strategy.models.boards import Board, BoardKind, BoardName
from strategy.models.imports import ImportState, StrategyImport
from strategy.models.kept import ExtractedRow, KeptRow
from strategy.models.meetings import AgendaItem, BoardMeeting, Decision, DecisionState, MeetingState
from strategy.models.priorities import Aim, Answer, Measure, MeasureKind, Priority, Verdict
from strategy.models.strategy import (
    Challenge,
    Enabler,
    LinkedDocument,
    LinkedKind,
    Principle,
    Strategy,
    SuccessKind,
    SuccessMeasure,
)

__all__ = [
    "AgendaItem",
    "Aim",
    "Answer",
    "Board",
    "BoardKind",
    "BoardMeeting",
    "BoardName",
    "Challenge",
    "Decision",
    "DecisionState",
    "Enabler",
    "ExtractedRow",
    "ImportState",
    "KeptRow",
    "LinkedDocument",
    "LinkedKind",
    "Measure",
    "MeasureKind",
    "MeetingState",
    "Principle",
    "Priority",
    "Strategy",
    "StrategyImport",
    "SuccessKind",
    "SuccessMeasure",
    "Verdict",
]
