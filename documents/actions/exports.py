"""Exports: ordering, stopping, starting again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import LocalArea, User
from documents import jobs
from documents.domain.job_states import UNFINISHED, JobState
from documents.exports import kind_of, params_key
from documents.models import Export
from documents.permissions import check_can_cancel_export, check_can_retry_export
from documents.press.versions import made_with


def order_export(
    *, by: User | None, at: datetime, kind: str, params: Mapping[str, Any], afresh: bool = False
) -> Export:
    """Orders an export, or gives the one that is waiting, running or already there for the same inputs.

    `afresh` makes a new one even though the same is there. `by=None` is a command on the machine itself.
    """
    wanted = kind_of(kind)
    if by is not None:
        wanted.check_making(by, params)
    key, versions = params_key(params), made_with()
    fingerprint = wanted.fingerprint_now(params) if wanted.fingerprint_now else ""
    with transaction.atomic():
        # One row to queue behind, so that two people who press at once get one export.
        LocalArea.objects.select_for_update().first()
        same = Export.objects.filter(kind=kind, params_key=key, erased_at__isnull=True)
        if unfinished := same.filter(state__in=UNFINISHED, cancel_asked_at__isnull=True).first():
            return unfinished
        if fingerprint and not afresh:
            done = same.filter(state=JobState.DONE, fingerprint=fingerprint, made_with=versions).first()
            if done:
                return done
        export = Export.objects.create(
            kind=kind,
            params=dict(params),
            params_key=key,
            title=wanted.title_of(params)[:200],
            content_type=wanted.content_type,
            is_vaulted=wanted.is_child_data,
            ordered_by=by,
            ordered_at=at,
        )
        audit.record(by=by, at=at, action="export.ordered", thing=export)
        jobs.ring(export)
    return export


def cancel_export(*, by: User, at: datetime, export: Export) -> Export:
    check_can_cancel_export(by, export)
    with transaction.atomic():
        if jobs.cancel(export, at=at):
            audit.record(by=by, at=at, action="export.cancelled", thing=export)
    export.refresh_from_db()
    return export


def retry_export(*, by: User, at: datetime, export: Export) -> Export:
    check_can_retry_export(by, export)
    with transaction.atomic():
        if jobs.queue_again(export, at=at):
            audit.record(by=by, at=at, action="export.retried", thing=export)
    export.refresh_from_db()
    return export
