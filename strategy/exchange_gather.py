"""The strategy as it stands → the tables of a workbook; what cells may name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from accounts.models import Organisation, User
from indicators.models import Indicator
from strategy.domain.exchange.cells import Known
from strategy.domain.exchange.lines import Membership, OldName, text_of_names, text_of_plans
from strategy.domain.exchange.sheets import (
    ACTIONS,
    AIMS,
    ANSWERS,
    BOARDS,
    CHALLENGES,
    ENABLERS,
    LINKED,
    MEASURES,
    PRINCIPLES,
    PRIORITIES,
    STRATEGY,
    SUCCESS,
    SheetRow,
    SheetSpec,
    Tables,
)
from strategy.gather import current_strategy, priorities_of
from strategy.kinds import anchor
from strategy.models import Action, Board, Plan, PlanAction, Strategy


def known_names() -> Known:
    """Four queries."""
    return Known(
        indicators=frozenset(Indicator.objects.in_use().values_list("code", flat=True)),
        people=frozenset(User.objects.filter(is_active=True).values_list("email", flat=True)),
        organisations=frozenset(Organisation.objects.values_list("name", flat=True)),
        plans=frozenset(Plan.objects.filter(archived_at=None).values_list("title", flat=True)),
    )


def present_tables() -> Tables:
    """Everything that stands, as sheets; empty sheets while there is no strategy. A fixed number of queries."""
    boards = Board.objects.filter(archived_at=None).select_related("reports_to").prefetch_related("former_names")
    tables = {BOARDS.name: tuple(_row(BOARDS, board, former=former_names_text(board)) for board in boards)}
    strategy = current_strategy()
    if strategy is None:
        return tables
    priorities = list(priorities_of(strategy))
    aims = [aim for priority in priorities for aim in priority.aims.all()]
    actions = Action.objects.filter(
        aim__priority__strategy=strategy, archived_at=None, aim__archived_at=None, aim__priority__archived_at=None
    ).select_related("aim__priority", "lead", "organisation")
    actions = actions.prefetch_related(Prefetch("memberships", queryset=standing_memberships()))
    refs = {aim.pk: aim.ref for aim in aims}
    numbers = {priority.pk: str(priority.number) for priority in priorities}
    return tables | {
        STRATEGY.name: (_row(STRATEGY, strategy),),
        PRINCIPLES.name: _rows(PRINCIPLES, strategy.principles.all()),
        ENABLERS.name: _rows(ENABLERS, strategy.enablers.all()),
        LINKED.name: _rows(LINKED, strategy.linked_documents.all()),
        SUCCESS.name: _rows(SUCCESS, strategy.success_measures.all()),
        PRIORITIES.name: _rows(PRIORITIES, priorities),
        CHALLENGES.name: _rows(CHALLENGES, strategy.challenges.all()),
        ANSWERS.name: tuple(
            _row(ANSWERS, answer, priority=numbers[priority.pk])
            for priority in priorities
            for answer in priority.answers.all()
        ),
        AIMS.name: tuple(_row(AIMS, aim, ref=aim.ref) for aim in aims),
        MEASURES.name: tuple(_row(MEASURES, measure, aim=aim.ref) for aim in aims for measure in aim.measures.all()),
        ACTIONS.name: tuple(
            _row(ACTIONS, action, aim=refs.get(action.aim_id or 0, ""), plans=plans_text(action.memberships.all()))
            for action in actions
        ),
    }


def former_names_text(board: Board) -> str:
    return text_of_names(
        OldName(name=each.name, from_on=each.from_on, to_on=each.to_on) for each in board.former_names.all()
    )


def standing_memberships() -> QuerySet[PlanAction]:
    """Places in plans that are not in the archive, in the order in which a cell names them."""
    rows = PlanAction.objects.filter(plan__archived_at=None).select_related("plan")
    return rows.order_by("plan__title", "plan_id")


def plans_text(memberships: Iterable[PlanAction]) -> str:
    return text_of_plans(Membership(plan=each.plan.title, theme=each.theme) for each in memberships)


def _rows(spec: SheetSpec, rows: Iterable[Model]) -> tuple[SheetRow, ...]:
    return tuple(_row(spec, row) for row in rows)


def _row(spec: SheetSpec, row: Any, **given: str) -> SheetRow:
    values = {
        column.field: given[column.field] if column.field in given else plain(getattr(row, column.field))
        for column in spec.columns
    }
    identity = f"strategy-{row.pk}" if isinstance(row, Strategy) else anchor(row)
    return SheetRow(place="", id=identity, values=values)


def plain(value: Any) -> str:
    """A value of a row in the one form that cells are compared in."""
    if isinstance(value, bool) or value is None:
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Model):
        return _named(value)
    if hasattr(value, "all"):
        return ", ".join(str(number) for number in sorted(each.number for each in value.all()))
    lines = str(value).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _named(row: Model) -> str:
    if isinstance(row, Indicator):
        return row.code
    return row.email.lower() if isinstance(row, User) else str(row)
