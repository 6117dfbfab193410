"""What the visit keeps: one module per noun."""

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
    "Inspection",
    "LetterStanding",
    "VisitChange",
    "VisitItem",
    "VisitKind",
    "VisitTask",
]
