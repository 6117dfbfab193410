"""Rows of the published rulebook, keyed by (framework, code)."""

from framework.models.criteria import (
    AreaOfFocus,
    Criterion,
    CriterionGroup,
    CriterionMapping,
    CriterionPoint,
    FocusKind,
    Lens,
    LensStatement,
    Outcome,
)
from framework.models.published import Framework, PublishedRow
from framework.models.visit import Anchor, Batch, FirstHourTask, RequestItem, RequestKind, TimetableRule
from framework.models.wording import PastedRow, WordingPaste

__all__ = [
    "Anchor",
    "AreaOfFocus",
    "Batch",
    "Criterion",
    "CriterionGroup",
    "CriterionMapping",
    "CriterionPoint",
    "FirstHourTask",
    "FocusKind",
    "Framework",
    "Lens",
    "LensStatement",
    "Outcome",
    "PastedRow",
    "PublishedRow",
    "RequestItem",
    "RequestKind",
    "TimetableRule",
    "WordingPaste",
]
