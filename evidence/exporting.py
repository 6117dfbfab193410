"""The log as a workbook that can be read back unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, LocalArea, User
from accounts.permissions import check_permission
from documents.exports import ExportKind, Making, Offer, Params
from documents.intake import XLSX
from documents.press.workbook import Column, ColumnKind, Sheet, write_workbook
from evidence.domain.exchange import ITEMS_SHEET, LINKS_SHEET, SHEETS, Col, Row, Tables, fingerprint_of
from evidence.exchange_gather import KINDS, MARKINGS, tables
from evidence.models import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInputs:
    tables: Tables
    marking: str
    as_at: datetime
    fingerprint: str


def check_read(user: User, params: Params) -> None:
    check_permission(user, Permission.READ_EVIDENCE)


def gather_log(params: Params) -> LogInputs:
    """The whole log without its archive: whoever orders it reads all of it."""
    area, found = LocalArea.objects.first(), tables(Evidence.objects.standing())
    events = AuditEvent.objects.filter(thing_type=Evidence._meta.label_lower)
    return LogInputs(
        tables=found,
        marking=area.marking if area else "OFFICIAL-SENSITIVE",
        as_at=events.aggregate(at=Max("at"))["at"] or timezone.now(),
        fingerprint=fingerprint_of(found),
    )


def fingerprint_now(params: Params) -> str:
    return fingerprint_of(tables(Evidence.objects.standing()))


def write_log(inputs: LogInputs, out: Path, beat: Making) -> None:
    beat(20, "Writing the sheets")
    rows = {ITEMS_SHEET: inputs.tables.items or (), LINKS_SHEET: inputs.tables.links or ()}
    sheets = [_sheet(name, columns, rows[name]) for name, columns in SHEETS.items()]
    write_workbook(out, sheets, marking=inputs.marking, title="The evidence log")


def _sheet(name: str, columns: tuple[Col, ...], rows: Iterable[Row]) -> Sheet:
    shown = [
        Column(
            column.header,
            column.width,
            ColumnKind.DATE if column.is_day else ColumnKind.TEXT,
            is_wrapped=column.width > 40,
        )
        for column in columns
    ]
    cells = [tuple(_cell(column, row.values.get(column.field, "")) for column in columns) for row in rows]
    return Sheet(name=name, columns=shown, rows=cells)


def _cell(column: Col, text: str) -> str | date | None:
    if column.is_day:
        return date.fromisoformat(text) if text else None
    choices = {"kind": KINDS, "marking": MARKINGS}.get(column.field, {})
    return choices.get(text, text)


def _offers(user: User) -> Iterable[Offer]:
    if Permission.READ_EVIDENCE in user.permissions:
        yield Offer(
            title="The evidence log as a workbook",
            sentence="Every item and what it speaks to. It can be edited in Excel and read back.",
        )


EVIDENCE_LOG = ExportKind(
    code="evidence-log",
    title="The evidence log as a workbook",
    sentence="Every item and what it speaks to; it can be edited in Excel and read back.",
    extension=XLSX.extension,
    content_type=XLSX.content_type,
    check=check_read,
    gather=gather_log,
    write=write_log,
    fingerprint_now=fingerprint_now,
    offers=_offers,
)
