"""A working copy that comes back: held for a preview, then taken over whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from documents.actions import store_upload
from documents.intake import DOCX
from selfeval.actions.judgements import save_evaluation
from selfeval.actions.rows import save_row
from selfeval.domain.word_copy import Change, fingerprint_of
from selfeval.gather.word_copy import writable_places
from selfeval.models import Evaluation, LensChapter, Section, SelfEvaluation, WordImport, WordImportState
from selfeval.permissions import check_open

# A file that was read in is kept so long, to answer where a text came from; then it goes.
KEPT = timedelta(days=90)


class MovedOn(Exception):
    """Somebody saved since the preview: it is shown again."""

    sentence = "Somebody saved since this preview. Look at it again, then confirm."


def start_word_import(*, by: User, at: datetime, cycle: SelfEvaluation, upload: File[bytes]) -> WordImport:
    """Holds a document for a preview. Raises documents.intake.Refused. No text changes."""
    check_open(cycle)
    places = writable_places(cycle, by)
    if not places:
        raise NotAllowed("There is no text that you may write at the moment: you lead no draft of this cycle.")
    stored = store_upload(by=by, at=at, upload=upload, accepted=(DOCX,), keep_until_on=timezone.localdate(at) + KEPT)
    with transaction.atomic():
        found = WordImport.objects.create(
            self_evaluation=cycle, stored=stored, fingerprint=fingerprint_of(places), made_by=by, made_at=at
        )
        record(by=by, at=at, action="wordimport.started", thing=found)
    return found


def renew_word_import(*, by: User, at: datetime, found: WordImport) -> WordImport:
    """Counts the preview from the texts as they stand now."""
    _check_own(by, found)
    with transaction.atomic():
        found.fingerprint = fingerprint_of(writable_places(found.self_evaluation, by))
        found.save(update_fields=["fingerprint"])
        record(by=by, at=at, action="wordimport.renewed", thing=found)
    return found


def drop_word_import(*, by: User, at: datetime, found: WordImport) -> WordImport:
    """The document isn't taken over."""
    _check_own(by, found)
    with transaction.atomic():
        _decide(found, by, at, WordImportState.DROPPED)
        record(by=by, at=at, action="wordimport.dropped", thing=found)
    return found


def take_word_import(*, by: User, at: datetime, found: WordImport, changes: Sequence[Change]) -> WordImport:
    """Writes the texts that the preview showed, each as a save of its own row. Raises MovedOn."""
    _check_own(by, found)
    with transaction.atomic():
        now = WordImport.objects.select_for_update().select_related("self_evaluation").get(pk=found.pk)
        _check_own(by, now)
        if fingerprint_of(writable_places(now.self_evaluation, by)) != now.fingerprint:
            raise MovedOn
        fields: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        versions: dict[tuple[str, int], int] = {}
        for change in changes:
            kind, key, name = change.place.key.split(":")
            fields[kind, int(key)][name] = change.text
            versions[kind, int(key)] = change.place.version
        for (kind, pk), texts in fields.items():
            _write(kind, pk, by=by, at=at, version=versions[kind, pk], texts=texts)
        now.texts = len(changes)
        _decide(now, by, at, WordImportState.TAKEN)
        record(by=by, at=at, action="wordimport.taken", thing=now, text=f"{len(changes)} texts.")
    return now


def _write(kind: str, key: int, *, by: User, at: datetime, version: int, texts: dict[str, str]) -> None:
    match kind:
        case "evaluation":
            rows = Evaluation.objects.select_related("self_evaluation", "criterion")
            save_evaluation(by=by, at=at, evaluation=rows.get(pk=key), version=version, fields=texts)
        case "section":
            section = Section.objects.select_related("self_evaluation").get(pk=key)
            save_row(by=by, at=at, row=section, version=version, fields=texts)
        case "chapter":
            chapter = LensChapter.objects.select_related("self_evaluation", "lens").get(pk=key)
            save_row(by=by, at=at, row=chapter, version=version, fields=texts)
        case _:
            save_row(by=by, at=at, row=SelfEvaluation.objects.get(pk=key), version=version, fields=texts)


def _check_own(by: User, found: WordImport) -> None:
    if found.made_by_id != by.pk:
        raise NotAllowed("Somebody else is reading this document in.")
    if found.state != WordImportState.PREVIEWED:
        raise NotAllowed(f"This document was {found.get_state_display().lower()} already.")
    check_open(found.self_evaluation)


def _decide(found: WordImport, by: User, at: datetime, state: WordImportState) -> None:
    found.state, found.decided_by, found.decided_at = state, by, at
    found.save(update_fields=["state", "decided_by", "decided_at", "texts"])
