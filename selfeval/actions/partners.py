"""A partner says how it sees a criterion, and hands in a document of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from documents.actions import store_upload
from documents.intake import OFFICE_TYPES
from selfeval.models import Evaluation, PartnerDocument, PartnerView, SelfEvaluation
from selfeval.permissions import check_can_give_view, check_can_lead, check_open, organisation_of
from strategy.actions.rows import Conflict

# As long as a cycle is read: the next full inspection is some years away.
KEPT = timedelta(days=5 * 365)


def save_view(
    *, by: User, at: datetime, evaluation: Evaluation, version: int, fields: Mapping[str, Any], submits: bool = False
) -> PartnerView:
    """Keeps the view of the person's organisation; with `submits` it is given and others may see it.

    Raises strategy's Conflict when a colleague saved meanwhile. A view that is given can be changed and given again;
    the trail says when.
    """
    check_can_give_view(by, evaluation)
    organisation = organisation_of(by)
    if submits and not str(fields.get("text", "")).strip():
        raise NotAllowed("Say in a sentence how your organisation sees it, then submit.")
    with transaction.atomic():
        view, is_new = PartnerView.objects.select_for_update().get_or_create(
            evaluation=evaluation, organisation=organisation, defaults={"version": 0}
        )
        if view.version != version:
            raise Conflict(view)
        changed = [name for name, value in fields.items() if getattr(view, name) != value]
        for name in changed:
            setattr(view, name, fields[name])
        if submits:
            view.submitted_by, view.submitted_at = by, at
        if changed or submits or is_new:
            view.version += 1
            view.changed_by, view.changed_at = by, at
            view.save()
            done = "submitted" if submits else "saved"
            record(by=by, at=at, action=f"partnerview.{done}", thing=view, fields=sorted(changed))
    return view


def open_views(*, by: User, at: datetime, evaluation: Evaluation, is_open: bool) -> Evaluation:
    """The LANO lets partners see each other's views of a criterion, whoever has given one; or closes them again."""
    check_can_lead(by, evaluation.self_evaluation)
    with transaction.atomic():
        evaluation.has_open_views = is_open
        evaluation.save(update_fields=["has_open_views"])
        record(
            by=by, at=at, action="evaluation.views_opened" if is_open else "evaluation.views_closed", thing=evaluation
        )
    return evaluation


def submit_document(
    *, by: User, at: datetime, cycle: SelfEvaluation, title: str, text: str, upload: File[bytes] | None
) -> PartnerDocument:
    """A document of the partner's own: kept as it is, under its name. Raises documents.intake.Refused."""
    check_permission(by, Permission.GIVE_PARTNER_VIEW)
    organisation = organisation_of(by)
    check_open(cycle)
    if not text.strip() and upload is None:
        raise NotAllowed("Write the text or choose a file.")
    stored = None
    if upload is not None:
        until = timezone.localdate(at) + KEPT
        stored = store_upload(by=by, at=at, upload=upload, accepted=OFFICE_TYPES, keep_until_on=until)
    with transaction.atomic():
        document = PartnerDocument.objects.create(
            self_evaluation=cycle,
            organisation=organisation,
            title=title,
            text=text,
            stored=stored,
            submitted_by=by,
            submitted_at=at,
        )
        record(by=by, at=at, action="partnerdocument.submitted", thing=document)
    return document


def withdraw_document(*, by: User, at: datetime, document: PartnerDocument) -> PartnerDocument:
    """The partner takes its document back; versions that were frozen with it keep it."""
    check_permission(by, Permission.GIVE_PARTNER_VIEW)
    if organisation_of(by).pk != document.organisation_id:
        raise NotAllowed(f"Only {document.organisation} can withdraw its document.")
    check_open(document.self_evaluation)
    with transaction.atomic():
        document.withdrawn_at = at
        document.save(update_fields=["withdrawn_at"])
        record(by=by, at=at, action="partnerdocument.withdrawn", thing=document)
    return document
