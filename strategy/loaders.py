"""The strategy of a folder → rows. Loading again doubles nothing and leaves alone what somebody edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q

from accounts.audit import record
from indicators.models import Indicator
from strategy.models import (
    Aim,
    Answer,
    Board,
    BoardName,
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
from strategy.readers.folder import AimRef, BoardRow, Row, StrategyFile

K = TypeVar("K", bound=KeptRow)


@dataclass(slots=True)
class StrategyLoad:
    """What loading did, and the rows that the loader of the plans builds on."""

    strategy: Strategy
    boards: dict[str, Board] = field(default_factory=dict)
    priorities: dict[int, Priority] = field(default_factory=dict)
    aims: dict[AimRef, Aim] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    left: int = 0
    archived: int = 0
    indicators: dict[str, Indicator] = field(default_factory=dict)
    unknown_indicators: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        said = (
            f"Strategy: {self.new} rows are new, {self.changed} brought in line, {self.left} left as somebody edited "
            f"them, {self.archived} put into the archive because the file no longer has them."
        )
        if self.unknown_indicators:
            names = ", ".join(sorted(self.unknown_indicators))
            said += f" Not linked, as no such indicator is loaded yet: {names}. Load the folder again once they are."
        return said


@transaction.atomic
def load_strategy(*, at: datetime, file: StrategyFile) -> StrategyLoad:
    """Every row of the file, in one transaction; its faults have been told before."""
    load = StrategyLoad(_strategy(file, at))
    load.indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    strategy = load.strategy
    _boards(load, file, at)
    if strategy.edited_at is None:
        strategy.board = load.boards.get(file.board)
        strategy.save(update_fields=["board"])
    within = {"strategy": strategy}
    bring(load, Principle, within, file.principles, at)
    bring(load, Enabler, within, file.enablers, at)
    bring(load, LinkedDocument, within, file.linked, at)
    bring(load, SuccessMeasure, within, file.success_measures, at)
    rows = bring(load, Priority, within, [each.row for each in file.priorities], at, natural="number")
    for each, priority in zip(file.priorities, rows, strict=True):
        load.priorities[each.number] = priority
        bring(load, Answer, {"priority": priority}, each.answers, at)
        aims = bring(load, Aim, {"priority": priority}, [aim.row for aim in each.aims], at, natural="number")
        for said, aim in zip(each.aims, aims, strict=True):
            load.aims[(each.number, said.number)] = aim
            bring(load, Measure, {"aim": aim}, said.measures, at)
    _challenges(load, file, at)
    record(by=None, at=at, action="strategy.loaded", thing=strategy, text=str(load))
    return load


def _strategy(file: StrategyFile, at: datetime) -> Strategy:
    fields, key = file.strategy.fields, file.strategy.key
    known = Strategy.objects.filter(loaded_as=key).first() or Strategy.objects.filter(title=key).first()
    if known is None:
        is_first = not Strategy.objects.filter(is_current=True).exists()
        return Strategy.objects.create(**fields, loaded_as=key, is_current=is_first)
    if known.edited_at is None:
        _set(known, {**fields, "loaded_as": key})
    return known


def bring(
    load: StrategyLoad,
    model: type[K],
    within: Mapping[str, models.Model],
    rows: Iterable[Row],
    at: datetime,
    *,
    natural: str = "",
) -> list[K]:
    """The siblings of one parent, in the order of the file. `natural`: the field by which a row that people made
    counts as the file's: it is left as it is."""
    siblings = list(model._default_manager.filter(**within).order_by("archived_at", "pk"))
    loaded: dict[str, K] = {}
    standing: dict[str, K] = {}
    for sibling in siblings:
        if sibling.loaded_as:
            loaded.setdefault(sibling.loaded_as, sibling)
        if natural and sibling.archived_at is None:
            standing.setdefault(str(getattr(sibling, natural)), sibling)
    found, seen = [], set()
    for order, row in enumerate(rows, 1):
        known = standing.get(row.key) or loaded.get(row.key)
        fields = {"order": order, **row.fields, "loaded_as": row.key, **_indicator(load, row)}
        if known is None:
            known = model._default_manager.create(**within, **fields)
            load.new += 1
        elif known.edited_at is not None or known.loaded_as != row.key:
            load.left += 1
        elif _set(known, {**fields, "archived_at": None}):
            load.changed += 1
        seen.add(known.pk)
        found.append(known)
    for sibling in siblings:
        is_gone = sibling.loaded_as and sibling.pk not in seen and sibling.edited_at is None
        if is_gone and sibling.archived_at is None:
            _set(sibling, {"archived_at": at})
            load.archived += 1
    return found


def _indicator(load: StrategyLoad, row: Row) -> dict[str, Any]:
    if not row.indicator:
        return {}
    if row.indicator not in load.indicators:
        load.unknown_indicators.add(row.indicator)
        return {}
    return {"indicator": load.indicators[row.indicator]}


def _set(row: models.Model, fields: Mapping[str, Any]) -> bool:
    """Writes what differs; says whether anything did."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _boards(load: StrategyLoad, file: StrategyFile, at: datetime) -> None:
    _follow_names(file)
    rows = bring(load, Board, {}, [each.row for each in file.boards], at, natural="name")
    load.boards = {each.row.key: board for each, board in zip(file.boards, rows, strict=True)}
    for each in file.boards:
        board = load.boards[each.row.key]
        if board.edited_at is None:
            _set(board, {"reports_to_id": load.boards[each.reports_to].pk if each.reports_to else None})
            _former_names(board, each)


def _follow_names(file: StrategyFile) -> None:
    """A board that the folder renamed stays the same board, also where it was renamed more than once since."""
    named = {each.row.key for each in file.boards}
    for each in file.boards:
        if Board.objects.filter(Q(loaded_as=each.row.key) | Q(name=each.row.key)).exists():
            continue
        older = [name["name"] for name in each.former if name["name"] not in named]
        board = Board.objects.filter(loaded_as__in=older, archived_at=None, edited_at=None).order_by("pk").last()
        if board is not None:
            board.loaded_as = each.row.key
            board.save(update_fields=["loaded_as"])


def _former_names(board: Board, said: BoardRow) -> None:
    names = [(name.name, name.from_on, name.to_on) for name in board.former_names.all()]
    wanted = [(each["name"], each["from_on"], each["to_on"]) for each in said.former]
    if sorted(map(str, names)) != sorted(map(str, wanted)):
        board.former_names.all().delete()
        BoardName.objects.bulk_create(BoardName(board=board, **each) for each in said.former)


def _challenges(load: StrategyLoad, file: StrategyFile, at: datetime) -> None:
    rows = bring(load, Challenge, {"strategy": load.strategy}, [each.row for each in file.challenges], at)
    for each, challenge in zip(file.challenges, rows, strict=True):
        if challenge.edited_at is None:
            challenge.priorities.set([load.priorities[number] for number in each.priorities])
