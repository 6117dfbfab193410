"""Who owns a criterion from day to day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from selfeval.models import Evaluation, SystemLead
from selfeval.permissions import check_can_lead, possible_leads


def name_lead(*, by: User, at: datetime, evaluation: Evaluation, user: User) -> SystemLead:
    """Somebody leads this criterion from today, beside or after those who do already."""
    check_can_lead(by, evaluation.self_evaluation)
    today = timezone.localdate(at)
    if not possible_leads().filter(pk=user.pk).exists():
        raise NotAllowed(f"{user.name} has no role that may write about a criterion. Give the role system lead first.")
    with transaction.atomic():
        standing = SystemLead.objects.filter(
            Q(to_on=None) | Q(to_on__gte=today),
            self_evaluation=evaluation.self_evaluation,
            criterion=evaluation.criterion,
            user=user,
        ).first()
        if standing:
            return standing
        lead = SystemLead.objects.create(
            self_evaluation=evaluation.self_evaluation, criterion=evaluation.criterion, user=user, from_on=today
        )
        text = f"{user.name} leads {evaluation.criterion.code}."
        record(by=by, at=at, action="evaluation.lead_named", thing=evaluation, text=text)
    return lead


def end_lead(*, by: User, at: datetime, lead: SystemLead) -> SystemLead:
    """Yesterday was the last day; somebody who was named today is taken out again."""
    check_can_lead(by, lead.self_evaluation)
    with transaction.atomic():
        yesterday = timezone.localdate(at) - timedelta(days=1)
        text = f"{lead.user.name} no longer leads {lead.criterion.code}."
        record(by=by, at=at, action="evaluation.lead_ended", thing=lead.self_evaluation, text=text)
        if lead.from_on > yesterday:
            lead.delete()
        else:
            lead.to_on = yesterday
            lead.save(update_fields=["to_on"])
    return lead
