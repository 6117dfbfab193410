"""What the partnership plans: the strategy, its priorities, the boards that oversee it."""

from strategy.models.actions import (
    Action,
    ActionEvidence,
    ActionPoint,
    ActionUpdate,
    CoProducer,
    Milestone,
    StatusOverride,
    UpdateEvidence,
)
from strategy.models.areas import AreaAction, AreaEvidence, AreaForImprovement, AreaIndicator, AreaPoint
from strategy.models.boards import Board, BoardKind, BoardName
from strategy.models.imports import ImportState, StrategyImport
from strategy.models.kept import ExtractedRow, KeptRow
from strategy.models.meetings import AgendaItem, BoardMeeting, Decision, DecisionState, MeetingState
from strategy.models.plans import BulkChange, DigestSent, Plan, PlanAction, PlanKind
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
    "Action",
    "ActionEvidence",
    "ActionPoint",
    "ActionUpdate",
    "AgendaItem",
    "Aim",
    "Answer",
    "AreaAction",
    "AreaEvidence",
    "AreaForImprovement",
    "AreaIndicator",
    "AreaPoint",
    "Board",
    "BoardKind",
    "BoardMeeting",
    "BoardName",
    "BulkChange",
    "Challenge",
    "CoProducer",
    "Decision",
    "DecisionState",
    "DigestSent",
    "Enabler",
    "ExtractedRow",
    "ImportState",
    "KeptRow",
    "LinkedDocument",
    "LinkedKind",
    "Measure",
    "MeasureKind",
    "MeetingState",
    "Milestone",
    "Plan",
    "PlanAction",
    "PlanKind",
    "Principle",
    "Priority",
    "StatusOverride",
    "Strategy",
    "StrategyImport",
    "SuccessKind",
    "SuccessMeasure",
    "UpdateEvidence",
    "Verdict",
]
