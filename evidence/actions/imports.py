"""A workbook is held for a preview; taking it over writes every row of it, in one transaction, or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Organisation, User
from accounts.permissions import NotAllowed
from documents.actions import store_upload
from documents.intake import ODS, XLSX
from evidence.actions.items import (
    FACT_NAMES,
    Conflict,
    Facts,
    Settled,
    add_evidence,
    change_evidence,
    link_point,
    link_statement,
)
from evidence.domain.exchange import ITEMS_SHEET, Change, Tables, compare, fingerprint_of
from evidence.exchange_gather import tables_of
from evidence.models import Evidence, EvidenceImport, ImportState
from evidence.permissions import check_can_import, evidence_of
from framework.models import CriterionPoint, LensStatement

ACCEPTED = (XLSX, ODS)
# A file that was read in is kept so long, to answer where a row came from; then it goes.
KEPT = timedelta(days=90)


class MovedOn(Exception):
    """The log has changed since the preview: it is shown again."""

    sentence = "The log has changed since this preview. Look at it again, then confirm."


def start_import(*, by: User, at: datetime, upload: File[bytes]) -> EvidenceImport:
    """Holds a file for a preview. Raises documents.intake.Refused. Nothing in the log changes."""
    check_can_import(by)
    stored = store_upload(by=by, at=at, upload=upload, accepted=ACCEPTED, keep_until_on=timezone.localdate(at) + KEPT)
    with transaction.atomic():
        fingerprint = fingerprint_of(tables_of(by))
        found = EvidenceImport.objects.create(stored=stored, fingerprint=fingerprint, made_by=by, made_at=at)
        record(by=by, at=at, action="evidenceimport.started", thing=found)
        return found


def renew_preview(*, by: User, at: datetime, found: EvidenceImport) -> EvidenceImport:
    """Counts the preview from the log as it stands now."""
    check_can_import(by)
    with transaction.atomic():
        found.fingerprint = fingerprint_of(tables_of(by))
        found.save(update_fields=["fingerprint"])
        record(by=by, at=at, action="evidenceimport.renewed", thing=found)
        return found


def drop_import(*, by: User, at: datetime, found: EvidenceImport) -> EvidenceImport:
    """The file isn't taken over."""
    check_can_import(by)
    with transaction.atomic():
        now = _open(found)
        _decide(now, by, at, ImportState.DROPPED)
        record(by=by, at=at, action="evidenceimport.dropped", thing=now)
        return now


def take_import(*, by: User, at: datetime, found: EvidenceImport, tables: Tables) -> EvidenceImport:
    """Writes what the preview showed. Raises MovedOn when the log has changed since, NotAllowed for a row."""
    check_can_import(by)
    with transaction.atomic():
        now = _open(found)
        present = tables_of(by)
        if fingerprint_of(present) != now.fingerprint:
            raise MovedOn
        difference = compare(tables, present)
        if difference.problems:
            raise NotAllowed("The file has problems: mend them first.")
        writing = _Writing(by, at)
        for change in (*difference.changed, *difference.new):
            writing.write(change)
        now.counts = {"new": len(difference.new), "changed": len(difference.changed)}
        _decide(now, by, at, ImportState.TAKEN)
        text = f"{len(difference.new)} rows new, {len(difference.changed)} changed."
        record(by=by, at=at, action="evidenceimport.taken", thing=now, text=text)
        return now


def _open(found: EvidenceImport) -> EvidenceImport:
    now = EvidenceImport.objects.select_for_update().get(pk=found.pk)
    if now.state != ImportState.PREVIEWED:
        raise NotAllowed(f"This file was {now.get_state_display().lower()} already.")
    return now


def _decide(found: EvidenceImport, by: User, at: datetime, state: ImportState) -> None:
    found.state, found.decided_by, found.decided_at = state, by, at
    found.save(update_fields=["state", "decided_by", "decided_at", "counts"])


class _Writing:
    """Rows of a difference → the log, each by the action that a page would use. Names are looked up once."""

    def __init__(self, by: User, at: datetime) -> None:
        self.by, self.at = by, at
        self.organisations = {row.name: row for row in Organisation.objects.all()}
        self.people = {row.email.lower(): row for row in User.objects.all()}
        rows = evidence_of(by).standing().select_related("organisation", "owner", "added_by")
        self.items = {row.code: row for row in rows}
        points = CriterionPoint.objects.filter(framework__is_current=True, is_archived=False)
        statements = LensStatement.objects.filter(framework__is_current=True, is_archived=False)
        self.points = {row.code: row for row in points}
        self.statements = {row.code: row for row in statements}

    def write(self, change: Change) -> None:
        try:
            if change.sheet == ITEMS_SHEET:
                self._item(change)
            else:
                self._link(change)
        except Conflict as conflict:
            raise MovedOn from conflict
        except (NotAllowed, Settled) as refusal:
            raise NotAllowed(f"{change.sheet}, {change.place}, {change.label}: {refusal}") from refusal

    def _item(self, change: Change) -> None:
        standing = self.items.get(change.values.get("number", ""))
        facts = self._facts(change.values, standing)
        if standing is None:
            add_evidence(by=self.by, at=self.at, facts=facts)
        else:
            change_evidence(by=self.by, at=self.at, evidence=standing, version=standing.version, facts=facts)

    def _facts(self, values: Mapping[str, str], standing: Evidence | None) -> Facts:
        """A column that the file leaves out stays as it is."""
        found: dict[str, Any] = {name: getattr(standing, name, None) for name in FACT_NAMES}
        for name in FACT_NAMES:
            if name not in values:
                continue
            text = values[name]
            if name.endswith("_on"):
                found[name] = date.fromisoformat(text) if text else None
            elif name == "organisation":
                found[name] = self.organisations.get(text)
            elif name == "owner":
                found[name] = self.people.get(text)
            else:
                found[name] = text
        found["shows"] = found["shows"] or ""
        return Facts(**found)

    def _link(self, change: Change) -> None:
        evidence, code = self.items[change.values["number"]], change.values["code"]
        relevance = change.values["relevance"]
        if code in self.points:
            link_point(by=self.by, at=self.at, evidence=evidence, point=self.points[code], relevance=relevance)
        else:
            statement = self.statements[code]
            link_statement(by=self.by, at=self.at, evidence=evidence, statement=statement, relevance=relevance)
