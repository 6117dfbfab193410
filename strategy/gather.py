"""Database → the strategy as pages, papers and exports read it, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Prefetch, QuerySet

from strategy.action_gather import action_lines
from strategy.domain.keys import is_key
from strategy.kinds import KINDS
from strategy.models import (
    Action,
    Aim,
    Answer,
    Board,
    Challenge,
    Enabler,
    KeptRow,
    LinkedDocument,
    Measure,
    Principle,
    Priority,
    Strategy,
    SuccessMeasure,
)


def priorities_of(strategy: Strategy) -> QuerySet[Priority]:
    """The standing priorities with their aims, measures and answers: five queries in all."""
    measures = Measure.objects.filter(archived_at=None).select_related("indicator")
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


def priority_with_actions(number: int, day: date) -> Priority:
    """A priority of the current strategy; each of its aims has `lines`, its actions as they stand on a day.

    Raises Priority.DoesNotExist.
    """
    priority = priorities_of(Strategy.objects.get(is_current=True)).get(number=number)
    lines = defaultdict(list)
    for line in action_lines(Action.objects.filter(aim__priority=priority, archived_at=None), day):
        lines[line.action.aim_id].append(line)
    for aim in priority.aims.all():
        aim.lines = lines[aim.pk]  # type: ignore[attr-defined]  # read by the page alone
    return priority


def current_strategy() -> Strategy | None:
    """The current strategy with everything that stands at its level."""
    return (
        Strategy.objects.filter(is_current=True)
        .select_related("board")
        .prefetch_related(
            Prefetch("principles", Principle.objects.filter(archived_at=None)),
            Prefetch("enablers", Enabler.objects.filter(archived_at=None)),
            Prefetch("linked_documents", LinkedDocument.objects.filter(archived_at=None)),
            Prefetch("success_measures", SuccessMeasure.objects.filter(archived_at=None).select_related("indicator")),
            Prefetch("challenges", Challenge.objects.filter(archived_at=None).prefetch_related("priorities")),
            Prefetch("priorities", Priority.objects.filter(archived_at=None).select_related("lead")),
        )
        .first()
    )


def standing_boards() -> list[Board]:
    """Every board that isn't in the archive, with the names it had."""
    return list(Board.objects.filter(archived_at=None).select_related("reports_to").prefetch_related("former_names"))


def archived_rows() -> list[tuple[str, list[KeptRow]]]:
    """What is in the archive, by noun, the latest first: one query for each kind."""
    groups = []
    for kind in KINDS.values():
        rows = kind.model._default_manager.exclude(archived_at=None).select_related(*kind.within)
        found: list[KeptRow] = list(rows.order_by("-archived_at"))
        if found:
            groups.append((kind.noun, found))
    return groups


def just_archived(word: str) -> KeptRow | None:
    """The row that an address names as “archived=kind-12”, when it is in the archive: for the undo button."""
    slug, _, key = word.rpartition("-")
    if slug not in KINDS or not is_key(key):
        return None
    kind = KINDS[slug]
    rows = kind.model._default_manager.exclude(archived_at=None).select_related(*kind.within)
    row: KeptRow | None = rows.filter(pk=int(key)).first()
    return row
