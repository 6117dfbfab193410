"""What the visit keeps: one module per noun."""

from inspection.models.items import ItemEvidence, ItemOwner, ItemsLook, ItemSubmission, SubmissionFile
from inspection.models.likely_six import LikelyChild, LikelySix
from inspection.models.packs import Delivery, Pack, PackEntry, PackNaming
from inspection.models.published import (
    PublishedInspection,
    PublishedSaying,
    PublishedTodo,
    ReportReading,
    ReportWords,
    TermPattern,
    TodoTie,
)
from inspection.models.visit import (
    CalendarFeed,
    ChangeKind,
    Deadline,
    Inspection,
    LetterStanding,
    VisitChange,
    VisitItem,
    VisitKind,
    VisitTask,
)

__all__ = [
    "CalendarFeed",
    "ChangeKind",
    "Deadline",
    "Delivery",
    "Inspection",
    "ItemEvidence",
    "ItemOwner",
    "ItemSubmission",
    "ItemsLook",
    "LetterStanding",
    "LikelyChild",
    "LikelySix",
    "Pack",
    "PackEntry",
    "PackNaming",
    "PublishedInspection",
    "PublishedSaying",
    "PublishedTodo",
    "ReportReading",
    "ReportWords",
    "SubmissionFile",
    "TermPattern",
    "TodoTie",
    "VisitChange",
    "VisitItem",
    "VisitKind",
    "VisitTask",
]
