"""A file is held for a preview; taking it over writes every row of it, in one transaction, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Organisation, User
from accounts.permissions import NotAllowed
from documents.actions import store_upload
from documents.intake import DOCX, ODS, XLSX
from indicators.models import Indicator
from strategy.actions.rows import ASIDE
from strategy.board_names import keep_former_name
from strategy.domain.exchange.comparing import Difference, RowChange, SheetDifference, compare, fingerprint_of
from strategy.domain.exchange.lines import Membership, names_of, plans_of
from strategy.domain.exchange.sheets import AIMS, BOARDS, PRIORITIES, STRATEGY, CellKind, Col, SheetSpec, Tables
from strategy.exchange_gather import former_names_text, present_tables, standing_memberships
from strategy.kinds import KINDS
from strategy.models import (
    Action,
    Aim,
    Board,
    BoardName,
    ImportState,
    Plan,
    PlanAction,
    Priority,
    Strategy,
    StrategyImport,
)
from strategy.permissions import check_board, check_can_archive, check_can_edit
from strategy.places import place

ACCEPTED = (XLSX, ODS, DOCX)
# A file that was read in is kept so long, to answer where a row came from; then it goes.
KEPT = timedelta(days=90)
MODELS: Mapping[str, Any] = {
    **{noun: kind.model for noun, kind in ((kind.noun, kind) for kind in KINDS.values())},
    "action": Action,
    "strategy": Strategy,
}


class MovedOn(Exception):
    """The strategy has changed since the preview: it is shown again."""

    sentence = "The strategy has changed since this preview. Look at it again, then confirm."


def start_import(*, by: User, at: datetime, upload: File[bytes]) -> StrategyImport:
    """Holds a file for a preview. Raises documents.intake.Refused. No row of the strategy changes."""
    check_can_edit(by)
    stored = store_upload(by=by, at=at, upload=upload, accepted=ACCEPTED, keep_until_on=timezone.localdate(at) + KEPT)
    with transaction.atomic():
        found = StrategyImport.objects.create(
            stored=stored, fingerprint=fingerprint_of(present_tables()), made_by=by, made_at=at
        )
        record(by=by, at=at, action="strategyimport.started", thing=found)
    return found


def renew_preview(*, by: User, at: datetime, found: StrategyImport) -> StrategyImport:
    """Counts the preview from the strategy as it stands now."""
    check_can_edit(by)
    with transaction.atomic():
        found.fingerprint = fingerprint_of(present_tables())
        found.save(update_fields=["fingerprint"])
        record(by=by, at=at, action="strategyimport.renewed", thing=found)
    return found


def drop_import(*, by: User, at: datetime, found: StrategyImport) -> StrategyImport:
    """The file isn't taken over."""
    check_can_edit(by)
    with transaction.atomic():
        _decide(found, by, at, ImportState.DROPPED)
        record(by=by, at=at, action="strategyimport.dropped", thing=found)
    return found


def take_import(
    *,
    by: User,
    at: datetime,
    found: StrategyImport,
    tables: Tables,
    guessed: frozenset[str] = frozenset(),
    archives_missing: bool = False,
) -> StrategyImport:
    """Writes what the preview showed. Raises MovedOn when the strategy has changed since, NotAllowed with problems."""
    check_can_edit(by)
    with transaction.atomic():
        now = StrategyImport.objects.select_for_update().get(pk=found.pk)
        if now.state != ImportState.PREVIEWED:
            raise NotAllowed(f"This file was {now.get_state_display().lower()} already.")
        present = present_tables()
        if fingerprint_of(present) != now.fingerprint:
            raise MovedOn
        difference = compare(tables, present, guessed=guessed)
        if difference.problems:
            raise NotAllowed("The file has problems: mend them first.")
        _Writing(by, at).write(difference, archives_missing=archives_missing)
        now.counts = {**difference.counts, "archives_missing": archives_missing}
        _decide(now, by, at, ImportState.TAKEN)
        counts = difference.counts
        record(
            by=by,
            at=at,
            action="strategyimport.taken",
            thing=now,
            text=f"{counts['new']} rows new, {counts['changed']} changed, "
            f"{counts['missing'] if archives_missing else 0} put into the archive.",
        )
    return now


def _decide(found: StrategyImport, by: User, at: datetime, state: ImportState) -> None:
    found.state, found.decided_by, found.decided_at = state, by, at
    found.save(update_fields=["state", "decided_by", "decided_at", "counts"])


class _Writing:
    """Rows of a difference → the database. Names are looked up once."""

    def __init__(self, by: User, at: datetime) -> None:
        self.by, self.at = by, at
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        self.people = {row.email.lower(): row for row in User.objects.filter(is_active=True)}
        self.organisations = {row.name: row for row in Organisation.objects.all()}
        self.plans = {row.title: row for row in Plan.objects.filter(archived_at=None).order_by("-pk")}
        self.orders: dict[type[models.Model], int] = {}

    def write(self, difference: Difference, *, archives_missing: bool) -> None:
        archived: list[Any] = []
        # Boards first: the strategy names the one that oversees it.
        for sheet in sorted(difference.sheets, key=lambda sheet: sheet.spec is not BOARDS):
            model = MODELS[sheet.spec.noun]
            if sheet.spec in (PRIORITIES, AIMS):
                self._put_aside(model, sheet)
            later = []
            for change in (*sheet.changed, *sheet.new):
                row = self._save(sheet.spec, model, change)
                if sheet.spec is BOARDS:
                    later.append((row, change.values.get("reports_to")))
            self._report(later)
            keys = [_key(row.id) for row in sheet.missing]
            if archives_missing and keys:
                model._default_manager.filter(pk__in=keys).update(
                    archived_at=self.at, edited_at=self.at, edited_by=self.by
                )
                archived += model._default_manager.filter(pk__in=keys)
        # Once everything is written: the file may say who takes a board's place.
        for row in archived:
            check_can_archive(self.by, row)

    def _put_aside(self, model: Any, sheet: SheetDifference) -> None:
        """Numbers that change go out of each other's way first."""
        for number, change in enumerate(sheet.changed):
            model._default_manager.filter(pk=_key(change.id)).update(number=ASIDE + number)

    def _save(self, spec: SheetSpec, model: Any, change: RowChange) -> Any:
        row = model._default_manager.get(pk=_key(change.id)) if change.id else model()
        was = row.name if isinstance(row, Board) else ""
        many: dict[str, list[Any]] = {}
        for column in spec.columns:
            if column.field in change.values:
                self._set(row, column, change.values[column.field], many)
        row.edited_at, row.edited_by = self.at, self.by
        if not change.id:
            self._place(spec, row)
        else:
            row.version += 1
        if isinstance(row, Board):
            check_board(row)
        row.save()
        if isinstance(row, Board) and "former" in change.values:
            self._set_former_names(row, change.values["former"])
        if isinstance(row, Board) and change.id and row.name != was:
            keep_former_name(row, was, timezone.localdate(self.at))
        for name, rows in many.items():
            getattr(row, name).set(rows)
        if isinstance(row, Action) and "plans" in change.values:
            self._set_plans(row, plans_of(change.values["plans"], self.plans))
        return row

    def _set_former_names(self, board: Board, text: str) -> None:
        """As the file says, where it says something else than what stands."""
        if former_names_text(board) == text:
            return
        board.former_names.all().delete()
        BoardName.objects.bulk_create(
            BoardName(board=board, name=each.name, from_on=each.from_on, to_on=each.to_on) for each in names_of(text)
        )

    def _set_plans(self, action: Action, wanted: Sequence[Membership]) -> None:
        """Exactly these plans; where the action stood already, it keeps its place."""
        left = list(standing_memberships().filter(action=action))
        for each in wanted:
            there = next((row for row in left if row.plan.title == each.plan), None)
            if there is None:
                place(self.plans[each.plan], action, each.theme)
                continue
            left.remove(there)
            if there.theme != each.theme:
                there.theme = each.theme
                there.save(update_fields=["theme"])
        PlanAction.objects.filter(pk__in=[row.pk for row in left]).delete()

    def _place(self, spec: SheetSpec, row: Any) -> None:
        """What a new row belongs to, and its place after those that stand."""
        if spec is STRATEGY:
            Strategy.objects.filter(is_current=True).update(is_current=False)
            row.is_current = True
            return
        if hasattr(row, "strategy_id"):
            row.strategy = Strategy.objects.get(is_current=True)
        model = type(row)
        if model not in self.orders:
            self.orders[model] = model._default_manager.aggregate(last=models.Max("order"))["last"] or 0
        self.orders[model] += 1
        row.order = self.orders[model]

    def _set(self, row: Any, column: Col, text: str, many: dict[str, list[Any]]) -> None:
        if column.kind is CellKind.PRIORITIES:
            many[column.field] = [self._priority(part) for part in text.split(", ") if part]
        elif column.field == "ref":
            priority, number = text.split(".")
            row.priority, row.number = self._priority(priority), int(number)
        elif column.kind is CellKind.BOARD and column.field == "reports_to":
            return  # boards may name each other: set once all of them are there
        elif column.kind in (CellKind.OLD_NAMES, CellKind.PLANS):
            return  # rows of their own: set once this one is there
        else:
            setattr(row, column.field, self._value(column, text))

    def _value(self, column: Col, text: str) -> Any:
        readers: dict[CellKind, Any] = {
            CellKind.NUMBER: int,
            CellKind.DAY: lambda day: date.fromisoformat(day) if day else None,
            CellKind.FLAG: bool,
            CellKind.PRIORITY: self._priority,
            CellKind.AIM: self._aim,
            CellKind.INDICATOR: self.indicators.get,
            CellKind.PERSON: self.people.get,
            CellKind.ORGANISATION: self.organisations.get,
            CellKind.BOARD: lambda name: Board.objects.filter(name=name, archived_at=None).first(),
        }
        return readers.get(column.kind, str)(text)

    def _priority(self, number: str) -> Priority:
        return Priority.objects.get(strategy__is_current=True, archived_at=None, number=int(number))

    def _aim(self, ref: str) -> Aim:
        priority, number = ref.split(".")
        return Aim.objects.get(priority=self._priority(priority), archived_at=None, number=int(number))

    def _report(self, boards: list[tuple[Board, str | None]]) -> None:
        for board, name in boards:
            above = Board.objects.filter(name=name, archived_at=None).exclude(pk=board.pk).first() if name else None
            if name is not None and board.reports_to_id != (above.pk if above else None):
                board.reports_to = above
                board.save(update_fields=["reports_to"])


def _key(identity: str) -> int:
    return int(identity.rpartition("-")[2])
