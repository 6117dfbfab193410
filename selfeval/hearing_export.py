"""The log of activities and the public answers as workbooks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import ExportKind, Making, Offer, Params
from documents.intake import XLSX
from documents.press.workbook import Column, ColumnKind, Row, Sheet, write_workbook
from selfeval.filters import ActivityFilter
from selfeval.gather.current import current_cycle
from selfeval.gather.heard import said_and_done
from selfeval.hearing_permissions import READERS
from selfeval.models import ConsultationActivity


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardInputs:
    sheets: tuple[Sheet, ...]
    title: str
    marking: str
    as_at: datetime
    fingerprint: str


def check_reads(user: User, params: Params) -> None:
    """Whoever reads the pages takes the workbook."""
    if not set(READERS) & user.permissions:
        check_permission(user, Permission.READ_DRAFTS)


def gather_activities(params: Params) -> HeardInputs:
    """The rows that the filter of the page lets by."""
    rows = ConsultationActivity.objects.select_related("evidence").prefetch_related("criteria")
    found = ActivityFilter(dict(params), queryset=rows.order_by("-held_on", "-pk"))
    if not found.is_valid():
        raise NotAllowed("The log was filtered by something that is not there any more. Filter it again.")
    sheet = Sheet(
        name="Activities",
        columns=[
            Column("Day", 12, ColumnKind.DATE),
            Column("Activity", 40, is_wrapped=True),
            Column("Kind", 20),
            Column("Who took part", 30, is_wrapped=True),
            Column("People", 10, ColumnKind.NUMBER),
            Column("What they said", 60, is_wrapped=True),
            Column("Criteria", 14),
            Column("Evidence", 40),
        ],
        rows=[_activity(row) for row in found.qs],
    )
    return _inputs((sheet,), "What was done to hear people")


def _activity(row: ConsultationActivity) -> Row:
    criteria = ", ".join(one.code for one in row.criteria.all())
    evidence = str(row.evidence) if row.evidence else ""
    return (row.held_on, row.title, row.kind, row.groups, row.people, row.themes, criteria, evidence)


def gather_said(params: Params) -> HeardInputs:
    """The public answers on the current cycle; nothing that is not public."""
    cycle = current_cycle()
    sheet = Sheet(
        name="You said, we did",
        columns=[
            Column("About", 40, is_wrapped=True),
            Column("Who", 24),
            Column("You said", 50, is_wrapped=True),
            Column("Decision", 16),
            Column("What changed", 50, is_wrapped=True),
            Column("Our answer", 50, is_wrapped=True),
            Column("Answered on", 14, ColumnKind.DATE),
        ],
        rows=[
            (row.about, row.who, row.said, row.decision_words, row.what_changed, row.answer, row.answered_on)
            for row in (said_and_done(cycle) if cycle else ())
        ],
    )
    return _inputs((sheet,), "You said, we did")


def _inputs(sheets: tuple[Sheet, ...], title: str) -> HeardInputs:
    area = LocalArea.objects.first()
    marking = area.marking if area else "OFFICIAL-SENSITIVE"
    told = repr((title, [(sheet.name, list(sheet.rows)) for sheet in sheets], marking))
    events = AuditEvent.objects.filter(thing_type__startswith="selfeval.")
    return HeardInputs(
        sheets=sheets,
        title=title,
        marking=marking,
        as_at=events.aggregate(at=Max("at"))["at"] or timezone.now(),
        fingerprint=hashlib.sha256(told.encode()).hexdigest(),
    )


def write_heard(inputs: HeardInputs, out: Path, beat: Making) -> None:
    beat(40, "Writing the rows")
    write_workbook(out, inputs.sheets, marking=inputs.marking, title=inputs.title)


def _offer(title: str, sentence: str, user: User) -> Iterable[Offer]:
    return (Offer(title=title, sentence=sentence),) if set(READERS) & user.permissions else ()


CONSULTATION_ACTIVITIES = ExportKind(
    code="consultation-activities",
    title="What was done to hear people",
    sentence="The log of activities: groups, numbers, themes, criteria and evidence.",
    extension=XLSX.extension,
    content_type=XLSX.content_type,
    check=check_reads,
    gather=gather_activities,
    write=write_heard,
    fingerprint_now=lambda params: gather_activities(params).fingerprint,
    offers=lambda user: _offer("What was done to hear people", "The log of activities as a workbook.", user),
)
YOU_SAID = ExportKind(
    code="you-said-we-did",
    title="You said, we did",
    sentence="Public answers to comments, by criterion.",
    extension=XLSX.extension,
    content_type=XLSX.content_type,
    check=check_reads,
    gather=gather_said,
    write=write_heard,
    fingerprint_now=lambda params: gather_said(params).fingerprint,
    offers=lambda user: _offer("You said, we did", "Public answers to comments as a workbook.", user),
)
