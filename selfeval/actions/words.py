"""The lists of words by which the direction of a sentence is read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval.domain.pointing import faults_of, lines_of
from selfeval.models import ClaimWords
from strategy.actions.rows import Conflict


def save_words(*, by: User, at: datetime, kind: str, lines: str, version: int) -> ClaimWords:
    """Puts a list in force, from the next page on. `version` 0: the shipped list was edited. Raises Conflict."""
    check_permission(by, Permission.EDIT_SELF_EVALUATION)
    entries = lines_of(lines)
    faults = faults_of(entries)
    if faults:
        raise NotAllowed(faults[0])
    with transaction.atomic():
        held = ClaimWords.objects.select_for_update().filter(kind=kind).first()
        if (held.version if held else 0) != version:
            raise Conflict(held or ClaimWords(kind=kind))
        row = held or ClaimWords(kind=kind, version=0)
        row.lines, row.changed_by, row.changed_at = "\n".join(entries), by, at
        row.version += 1
        row.save()
        record(by=by, at=at, action="claimwords.saved", thing=row, fields=["lines"])
    return row


def reset_words(*, by: User, at: datetime, kind: str) -> None:
    """Back to the list that is shipped."""
    check_permission(by, Permission.EDIT_SELF_EVALUATION)
    with transaction.atomic():
        row = ClaimWords.objects.select_for_update().filter(kind=kind).first()
        if row is not None:
            record(by=by, at=at, action="claimwords.reset", thing=row)
            row.delete()
