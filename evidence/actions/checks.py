"""A second person looks whether anybody can be recognised."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from evidence.models import DeidentificationCheck, Evidence, EvidenceRevision
from evidence.permissions import check_can_check
from evidence.publishing import what_is_checked
from evidence.rows import check_standing


class SayWhat(Exception):
    """Something has to go, but not said what."""

    sentence = "Say what has to go, without repeating it."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class MovedOn(Exception):
    """What stands there now is not what was looked at."""

    sentence = "It has changed since you opened the page. Look at it again, then say what you found."

    def __init__(self) -> None:
        super().__init__(self.sentence)


def check_revision(
    *, by: User, at: datetime, revision: EvidenceRevision, seen: str, is_clear: bool, note: str
) -> DeidentificationCheck:
    """Says what a second person found in a revision. `seen` is the fingerprint of what the page showed."""
    if not is_clear and not note.strip():
        raise SayWhat
    with transaction.atomic():
        evidence = Evidence.objects.select_for_update().get(pk=revision.evidence_id)
        row = EvidenceRevision.objects.get(pk=revision.pk)
        check_can_check(by, evidence, row)
        check_standing(evidence)
        fingerprint = what_is_checked(evidence, row)
        if seen != fingerprint:
            raise MovedOn
        found = DeidentificationCheck.objects.create(
            revision=row,
            is_clear=is_clear,
            note=note.strip(),
            fingerprint=fingerprint,
            checked_by=by,
            checked_at=at,
        )
        done = "evidence.found_clear" if is_clear else "evidence.found_recognisable"
        record(by=by, at=at, action=done, thing=evidence, text=f"Revision {row.number}.")
        return found
