"""Freezing a version, signing the whole off, withdrawing a version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from selfeval.domain.freezing import blockers
from selfeval.domain.published import VersionKind
from selfeval.domain.published_json import sha256_of, to_json
from selfeval.gather.freezing import as_now
from selfeval.models import CycleState, PublishedVersion, SelfEvaluation
from selfeval.version_permissions import check_can_freeze, check_can_sign_off_version, check_can_withdraw_version

CHANGED = "Something was changed since you opened this page. Look at it again, then press the button once more."


def freeze_consultation(*, by: User, at: datetime, cycle: SelfEvaluation, seen: str) -> PublishedVersion:
    """Freezes a consultation version: what partners and members are asked about, before anybody signs off.

    `seen` is the checksum of what the person looked at: what has changed since is looked at again first.
    """
    check_can_freeze(by, cycle)
    with transaction.atomic():
        now = SelfEvaluation.objects.select_for_update().get(pk=cycle.pk)
        check_can_freeze(by, now)
        version = _freeze(now, VersionKind.CONSULTATION, by=by, at=at, seen=seen)
        if now.state == CycleState.DRAFTING:
            now.state = CycleState.CONSULTATION
            now.save(update_fields=["state"])
        record(by=by, at=at, action="version.frozen", thing=version)
    return version


def sign_off(*, by: User, at: datetime, cycle: SelfEvaluation, seen: str) -> PublishedVersion:
    """The director signs off the whole: it is frozen as the next numbered version. `seen` as above."""
    check_can_sign_off_version(by, cycle)
    with transaction.atomic():
        now = SelfEvaluation.objects.select_for_update().get(pk=cycle.pk)
        check_can_sign_off_version(by, now)
        version = _freeze(now, VersionKind.PUBLISHED, by=by, at=at, seen=seen)
        now.state, now.signed_off_by, now.signed_off_at = CycleState.SIGNED_OFF, by, at
        now.as_at_on = now.as_at_on or timezone.localdate(at)
        now.save(update_fields=["state", "signed_off_by", "signed_off_at", "as_at_on"])
        record(by=by, at=at, action="selfevaluation.signed_off", thing=now)
        record(by=by, at=at, action="version.published", thing=version)
    return version


def withdraw_version(*, by: User, at: datetime, version: PublishedVersion, reason: str) -> PublishedVersion:
    """Takes a version from everybody's pages. The row, its number and its reason stay for ever.

    Where it was the last that stood signed off, the cycle is open for writing again.
    """
    check_can_withdraw_version(by, version)
    if not reason.strip():
        raise NotAllowed("Say why it is withdrawn: whoever comes for it reads the reason.")
    with transaction.atomic():
        cycle = SelfEvaluation.objects.select_for_update().get(pk=version.self_evaluation_id)
        now = PublishedVersion.objects.select_for_update().get(pk=version.pk)
        check_can_withdraw_version(by, now)
        now.withdrawn_at, now.withdrawn_reason = at, reason.strip()
        now.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(by=by, at=at, action="version.withdrawn", thing=now)
        standing = PublishedVersion.objects.filter(
            self_evaluation=cycle, kind=VersionKind.PUBLISHED.value, withdrawn_at=None
        )
        if cycle.state == CycleState.SIGNED_OFF and cycle.is_current and not standing.exists():
            cycle.state, cycle.signed_off_by, cycle.signed_off_at = CycleState.DRAFTING, None, None
            cycle.save(update_fields=["state", "signed_off_by", "signed_off_at"])
            record(by=by, at=at, action="selfevaluation.reopened", thing=cycle)
    return now


def _freeze(cycle: SelfEvaluation, kind: VersionKind, *, by: User, at: datetime, seen: str) -> PublishedVersion:
    frozen = as_now(cycle, kind, at=at, by=by)
    if stopping := blockers(frozen.findings):
        more = f" And {len(stopping) - 1} more." if len(stopping) > 1 else ""
        raise NotAllowed(f"{stopping[0].sentence}{more}")
    held = to_json(frozen.document)
    checksum = sha256_of(held)
    if checksum != seen:
        raise NotAllowed(CHANGED)
    return PublishedVersion.objects.create(
        self_evaluation=cycle,
        kind=kind.value,
        number=frozen.document.number,
        document=held,
        sha256=checksum,
        frozen_by=by,
        frozen_at=at,
    )
