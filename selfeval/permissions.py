"""Who may read, write, moderate and sign off what of a self-evaluation. Fetching is authorising."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval.models import CycleState, Evaluation, EvaluationState, SelfEvaluation, SystemLead

CLOSED = {CycleState.SIGNED_OFF, CycleState.SUPERSEDED}
# Who has something to do or to read before anything is published.
INSIDERS = (Permission.READ_DRAFTS, Permission.EDIT_OWN_CRITERION, Permission.GIVE_PARTNER_VIEW)
WRITERS = (Permission.EDIT_SELF_EVALUATION, Permission.EDIT_OWN_CRITERION)


def check_open(cycle: SelfEvaluation) -> None:
    """Raises NotAllowed once the cycle is signed off or followed by another."""
    if cycle.state in CLOSED:
        raise NotAllowed(
            f"“{cycle.title}” is {cycle.get_state_display().lower()}: it stays as it is. Start a new cycle from it."
        )


def check_can_edit_cycle(user: User, cycle: SelfEvaluation) -> None:
    """Raises NotAllowed unless the person may write any part of this cycle now."""
    check_permission(user, Permission.EDIT_SELF_EVALUATION)
    check_open(cycle)


def leads_today(user: User, day: date | None = None) -> QuerySet[SystemLead]:
    """The criteria that a person leads on a day."""
    on = day or timezone.localdate()
    return SystemLead.objects.filter(Q(to_on=None) | Q(to_on__gte=on), user=user, from_on__lte=on)


def evaluations_for(user: User) -> QuerySet[Evaluation]:
    """The judgements that a person may open while they are written: all, or those of criteria that it leads."""
    if Permission.READ_DRAFTS in user.permissions:
        return Evaluation.objects.all()
    if Permission.EDIT_OWN_CRITERION not in user.permissions:
        return Evaluation.objects.none()
    own = Q()
    pairs = list(leads_today(user).values_list("self_evaluation_id", "criterion_id"))
    for cycle, criterion in pairs:
        own |= Q(self_evaluation_id=cycle, criterion_id=criterion)
    return Evaluation.objects.filter(own) if pairs else Evaluation.objects.none()


def check_can_write(user: User, evaluation: Evaluation) -> None:
    """Raises NotAllowed unless the person may change what is said of this criterion now."""
    if Permission.EDIT_SELF_EVALUATION not in user.permissions:
        check_permission(user, Permission.EDIT_OWN_CRITERION)
        cycle, criterion = evaluation.self_evaluation_id, evaluation.criterion_id
        if not leads_today(user).filter(self_evaluation_id=cycle, criterion_id=criterion).exists():
            raise NotAllowed("Only the system lead of this criterion, the LANO or the SEND team can write here.")
    check_open(evaluation.self_evaluation)
    if evaluation.state != EvaluationState.DRAFT:
        raise NotAllowed(f"This is {evaluation.get_state_display().lower()}. Put it back to draft to write on.")
