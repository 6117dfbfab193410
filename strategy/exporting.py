"""The strategy as a workbook that can be read back unchanged, and on two sides as a tagged PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db.models import Max, Q
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import ExportKind, Making, Offer, Params
from documents.intake import PDF, XLSX
from documents.press.pdf import page_count, render_template
from documents.press.workbook import Column, ColumnKind, Row, Sheet, write_workbook
from strategy.domain.exchange.comparing import fingerprint_of
from strategy.domain.exchange.sheets import ID_HEADER, SPECS, CellKind, Col, SheetSpec, Tables
from strategy.exchange_gather import present_tables
from strategy.gather import current_strategy, priorities_of
from strategy.models import Strategy

SIDES = 2
# The largest letters with which it fits; the last are the smallest that one can still read.
SIZES = ("9.6", "8.8", "8", "7.2", "6.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookInputs:
    tables: Tables
    marking: str
    as_at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInputs:
    """The two sides, drawn while the database is open: `body` is HTML from a template."""

    context: dict[str, object]
    title: str
    marking: str
    as_at: datetime
    fingerprint: str


def check_read(user: User, params: Params) -> None:
    check_permission(user, Permission.READ_STRATEGY)


def _marking() -> str:
    area = LocalArea.objects.first()
    return area.marking if area else "OFFICIAL-SENSITIVE"


def _as_at() -> datetime:
    latest = AuditEvent.objects.filter(Q(thing_type__startswith="strategy.")).aggregate(at=Max("at"))["at"]
    return latest or timezone.now()


def fingerprint_now(params: Params) -> str:
    return fingerprint_of(present_tables())


def gather_workbook(params: Params) -> WorkbookInputs:
    tables = present_tables()
    return WorkbookInputs(tables=tables, marking=_marking(), as_at=_as_at(), fingerprint=fingerprint_of(tables))


def write_strategy_workbook(inputs: WorkbookInputs, out: Path, beat: Making) -> None:
    beat(20, "Writing the sheets")
    sheets = [_sheet(spec, inputs.tables) for spec in SPECS]
    write_workbook(out, sheets, marking=inputs.marking, title="The strategy")


def _sheet(spec: SheetSpec, tables: Tables) -> Sheet:
    columns = [Column(ID_HEADER, 18), *(_column(column) for column in spec.columns)]
    return Sheet(name=spec.name, columns=columns, rows=list(_cells(spec, tables)))


def _column(column: Col) -> Column:
    kind = ColumnKind.DATE if column.kind is CellKind.DAY else ColumnKind.TEXT
    return Column(column.header, column.width, kind, is_wrapped=column.width > 24)


def _cells(spec: SheetSpec, tables: Tables) -> Iterable[Row]:
    for row in tables.get(spec.name, ()):
        yield (row.id, *(_cell(column, row.values.get(column.field, "")) for column in spec.columns))


def _cell(column: Col, text: str) -> str | date | None:
    if column.kind is CellKind.DAY:
        return date.fromisoformat(text) if text else None
    return column.choices.get(text, text)


def gather_sheet(params: Params) -> SheetInputs:
    strategy = current_strategy()
    if strategy is None:
        raise NotAllowed("No strategy is here yet. Start one first.")
    context: dict[str, object] = {"strategy": strategy, "priorities": list(priorities_of(strategy))}
    return SheetInputs(
        context=context,
        title=strategy.title,
        marking=_marking(),
        as_at=_as_at(),
        fingerprint=fingerprint_of(present_tables()),
    )


def write_sheet(inputs: SheetInputs, out: Path, beat: Making) -> None:
    beat(30, "Setting the two sides")
    for size in SIZES:
        context = {**inputs.context, "size": size}
        drawn = render_template("press/strategy_sheet.html", context, title=inputs.title, marking=inputs.marking)
        if page_count(drawn) <= SIDES:
            break
    out.write_bytes(drawn)


def _offers(user: User, offer: Offer) -> Iterable[Offer]:
    may = Permission.READ_STRATEGY in user.permissions
    return (offer,) if may and Strategy.objects.filter(is_current=True).exists() else ()


def _workbook_offers(user: User) -> Iterable[Offer]:
    sentence = "Every row, on a sheet for each kind. It can be read back after editing."
    return _offers(user, Offer(title="The strategy as a workbook", sentence=sentence))


def _sheet_offers(user: User) -> Iterable[Offer]:
    sentence = "Vision, priorities and aims; principles, challenges and success. PDF."
    return _offers(user, Offer(title="The strategy on two sides", sentence=sentence))


STRATEGY_WORKBOOK = ExportKind(
    code="strategy-workbook",
    title="The strategy as a workbook",
    sentence="Every row of the strategy; it can be edited in Excel and read back.",
    extension=XLSX.extension,
    content_type=XLSX.content_type,
    check=check_read,
    gather=gather_workbook,
    write=write_strategy_workbook,
    fingerprint_now=fingerprint_now,
    offers=_workbook_offers,
)
STRATEGY_SHEET = ExportKind(
    code="strategy-sheet",
    title="The strategy on two sides",
    sentence="Vision, priorities and aims on one side; principles, challenges and success on the other.",
    extension=PDF.extension,
    content_type=PDF.content_type,
    check=check_read,
    gather=gather_sheet,
    write=write_sheet,
    fingerprint_now=fingerprint_now,
    offers=_sheet_offers,
)
