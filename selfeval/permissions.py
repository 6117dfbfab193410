"""Who may read, write, moderate and sign off what of a self-evaluation. Fetching is authorising."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.roles import ROLE_PERMISSIONS, Permission, Role
from accounts.models import Organisation, RoleAssignment, User
from accounts.permissions import NotAllowed, check_permission
from selfeval.domain.judgements import JudgementState, JudgementStep, steps_from
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CycleEvent,
    CycleState,
    DataGap,
    Evaluation,
    EvaluationState,
    LensChapter,
    PartnerDocument,
    Section,
    SelfEvaluation,
    Strength,
    SystemLead,
)
from selfeval.models.written import WrittenRow

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


def check_can_carry_over(user: User) -> None:
    """Raises NotAllowed unless the person may carry evidence and answers from one rulebook to another."""
    check_permission(user, Permission.EDIT_SELF_EVALUATION)
    check_permission(user, Permission.READ_EVIDENCE)


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


def check_can_change(user: User, row: WrittenRow) -> None:
    """Raises NotAllowed unless the person may change this row of a cycle now."""
    match row:
        case Strength() | AreaForDevelopment():
            check_can_write(user, row.evaluation)
        case Section() | LensChapter() | DataGap() | CycleEvent():
            check_can_edit_cycle(user, row.self_evaluation)
        case Evaluation():
            check_can_write(user, row)
        case SelfEvaluation():
            check_can_edit_cycle(user, row)
        case _:
            raise TypeError(type(row))


def check_can_take_step(user: User, evaluation: Evaluation, step: JudgementStep) -> None:
    """Raises NotAllowed unless the person may do this step with the judgement as it stands."""
    check_open(evaluation.self_evaluation)
    if step not in steps_from(JudgementState(evaluation.state)):
        raise NotAllowed(f"That can't be done while it is {evaluation.get_state_display().lower()}.")
    match step:
        case JudgementStep.MODERATE:
            check_permission(user, Permission.MODERATE)
            if not evaluation.know or not evaluation.meaning or not evaluation.next_steps:
                raise NotAllowed("Answer the three questions first.")
        case JudgementStep.SIGN_OFF | JudgementStep.RETURN:
            if Permission.SIGN_OFF_SELF_EVALUATION not in user.permissions:
                check_permission(user, Permission.MODERATE)


def check_can_set_outcome(user: User, cycle: SelfEvaluation) -> None:
    """Raises NotAllowed unless the person may say which of the three outcomes the partnership sees for the whole."""
    if Permission.SIGN_OFF_SELF_EVALUATION not in user.permissions:
        check_permission(user, Permission.MODERATE)
    check_open(cycle)


def check_can_lead(user: User, cycle: SelfEvaluation) -> None:
    """Raises NotAllowed unless the person may name system leads, and open partners' views."""
    check_permission(user, Permission.MODERATE)
    check_open(cycle)


def organisation_of(user: User) -> Organisation:
    """For whom a partner speaks. Raises NotAllowed where the account names nobody."""
    if user.organisation is None:
        raise NotAllowed("Your account names no organisation to speak for. Ask the LANO to add it under People.")
    return user.organisation


def check_can_give_view(user: User, evaluation: Evaluation) -> None:
    """Raises NotAllowed unless the person may give its organisation's view of this criterion now."""
    check_permission(user, Permission.GIVE_PARTNER_VIEW)
    organisation_of(user)
    check_open(evaluation.self_evaluation)


def documents_for(user: User) -> QuerySet[PartnerDocument]:
    """Partners' own documents that a person may open: all for who reads drafts, else those of one's organisation."""
    if Permission.READ_DRAFTS in user.permissions:
        return PartnerDocument.objects.all()
    if Permission.GIVE_PARTNER_VIEW in user.permissions and user.organisation_id is not None:
        return PartnerDocument.objects.filter(organisation_id=user.organisation_id)
    return PartnerDocument.objects.none()


def possible_leads() -> QuerySet[User]:
    """Active people whose role lets them write about a criterion."""
    roles = [role.value for role in Role if set(WRITERS) & ROLE_PERMISSIONS[role]]
    holders = RoleAssignment.objects.today().filter(role__in=roles).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("name")


def check_can_confirm(user: User, citation: Citation) -> None:
    """Raises NotAllowed unless the person may change the text that cites."""
    if citation.evaluation is not None:
        check_can_write(user, citation.evaluation)
    else:
        check_can_edit_cycle(user, citation.self_evaluation)
