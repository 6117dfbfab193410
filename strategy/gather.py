"""Database → the strategy as pages, papers and exports read it, in a fixed number of queries."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from strategy.models import (
    AgendaItem,
    Aim,
    Answer,
    Board,
    BoardMeeting,
    Challenge,
    Decision,
    Enabler,
    LinkedDocument,
    Measure,
    Principle,
    Priority,
    Strategy,
    SuccessMeasure,
)


def priorities_of(strategy: Strategy) -> QuerySet[Priority]:
    """The standing priorities with their aims, measures and answers: five queries in all."""
    measures = Measure.objects.filter(archived_at=None)
    aims = Aim.objects.filter(archived_at=None).select_related("priority")
    return (
        Priority.objects.filter(strategy=strategy, archived_at=None)
        .select_related("lead", "lead_organisation")
        .prefetch_related(
            Prefetch("aims", aims.prefetch_related(Prefetch("measures", measures))),
            Prefetch("answers", Answer.objects.filter(archived_at=None)),
            Prefetch("challenges", Challenge.objects.filter(archived_at=None)),
        )
    )


def current_strategy() -> Strategy | None:
    """The current strategy with everything that stands at its level."""
    return (
        Strategy.objects.filter(is_current=True)
        .select_related("board")
        .prefetch_related(
            Prefetch("principles", Principle.objects.filter(archived_at=None)),
            Prefetch("enablers", Enabler.objects.filter(archived_at=None)),
            Prefetch("linked_documents", LinkedDocument.objects.filter(archived_at=None)),
            Prefetch("success_measures", SuccessMeasure.objects.filter(archived_at=None)),
            Prefetch("challenges", Challenge.objects.filter(archived_at=None).prefetch_related("priorities")),
            Prefetch("priorities", Priority.objects.filter(archived_at=None).select_related("lead")),
        )
        .first()
    )


def standing_boards() -> list[Board]:
    """Every board that isn't in the archive, with the names it had."""
    return list(Board.objects.filter(archived_at=None).select_related("reports_to").prefetch_related("former_names"))


def meeting_with_papers(pk: int) -> BoardMeeting:
    """A meeting with its items and their decisions. Raises BoardMeeting.DoesNotExist."""
    items = AgendaItem.objects.filter(archived_at=None).select_related("priority", "lead")
    decisions = Decision.objects.filter(archived_at=None).select_related("owner")
    return (
        BoardMeeting.objects.filter(archived_at=None)
        .select_related("board")
        .prefetch_related(Prefetch("items", items.prefetch_related(Prefetch("decisions", decisions))))
        .get(pk=pk)
    )
