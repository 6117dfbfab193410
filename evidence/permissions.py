"""Who may read, add, change and approve evidence."""

from django.db.models import Q, QuerySet

from accounts.domain.roles import ROLE_PERMISSIONS, Permission, Role
from accounts.models import AuditEvent, Organisation, OrganisationKind, RoleAssignment, User
from accounts.permissions import NotAllowed, check_permission, reason_not_to
from evidence.domain.deidentification import is_second_person, needs_check
from evidence.domain.revisions import Mover, State
from evidence.models import Evidence, EvidenceQuerySet, EvidenceRevision, Marking

HEALTH_KINDS = frozenset({OrganisationKind.ICB, OrganisationKind.HEALTH_PROVIDER})
READERS = (Permission.READ_EVIDENCE, Permission.ADD_EVIDENCE)


def own_evidence(user: User) -> Q:
    """What is theirs: they own it, they added it, or a colleague of their organisation did."""
    own = Q(owner=user) | Q(added_by=user)
    if user.organisation_id:
        own |= Q(added_by__organisation_id=user.organisation_id) & ~Q(marking=Marking.CONFIDENTIAL)
    return own


def evidence_of(user: User) -> EvidenceQuerySet:
    """The items that a person may open: fetching is authorising. A partner sees its own."""
    permissions = user.permissions
    if Permission.READ_EVIDENCE in permissions:
        return Evidence.objects.all()
    if Permission.ADD_EVIDENCE in permissions:
        return Evidence.objects.filter(own_evidence(user))
    return Evidence.objects.none()


def approves_only_health(user: User) -> bool:
    """Whether the right to approve comes from the health lead's role alone."""
    roles = {role for role in user.roles if Permission.APPROVE_EVIDENCE in ROLE_PERMISSIONS[role]}
    return roles == {Role.HEALTH_LEAD}


def is_health(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.kind in HEALTH_KINDS


def check_can_approve(user: User, evidence: Evidence) -> None:
    """Raises NotAllowed unless the person may approve or return what shows it."""
    check_permission(user, Permission.APPROVE_EVIDENCE)
    if approves_only_health(user) and not is_health(evidence.organisation):
        raise NotAllowed(
            "The health lead approves evidence of health organisations only; the LANO or SEND team approves this."
        )


def check_can_add(user: User) -> None:
    check_permission(user, Permission.ADD_EVIDENCE)


def check_can_import(user: User) -> None:
    """Raises NotAllowed unless the person may read a workbook into the log; each row asks for its own right besides."""
    check_permission(user, Permission.READ_EVIDENCE)
    check_permission(user, Permission.ADD_EVIDENCE)


def check_can_change(user: User, evidence: Evidence) -> None:
    """Raises NotAllowed unless the person may change the item, revise it or put it away."""
    check_permission(user, Permission.ADD_EVIDENCE)
    if can_approve(user, evidence) or is_own(user, evidence):
        return
    raise NotAllowed("Only its owner, whoever added it, or the SEND team can change this evidence.")


def is_own(user: User, evidence: Evidence) -> bool:
    if user.pk in {evidence.owner_id, evidence.added_by_id}:
        return True
    colleague = evidence.added_by
    return bool(
        user.organisation_id
        and colleague
        and colleague.organisation_id == user.organisation_id
        and evidence.marking != Marking.CONFIDENTIAL
    )


def check_can_move(user: User, evidence: Evidence, mover: Mover) -> None:
    """Raises NotAllowed unless the move is this person's to make."""
    if mover is Mover.APPROVER:
        check_can_approve(user, evidence)
    else:
        check_can_change(user, evidence)


def check_can_check(user: User, evidence: Evidence, revision: EvidenceRevision) -> None:
    """Raises NotAllowed unless the person may say that nobody can be recognised: a second one, with no hand in it."""
    check_permission(user, Permission.READ_EVIDENCE)
    check_permission(user, Permission.ADD_EVIDENCE)
    if not needs_check(evidence.kind):
        raise NotAllowed("Only case studies and what people say are checked so.")
    if revision.state not in (State.SUBMITTED, State.APPROVED):
        raise NotAllowed("It is checked once it is handed over for approval.")
    if not is_second_person(user.pk, _writers(evidence, revision)):
        raise NotAllowed("You had a hand in it: a second person checks that nobody can be recognised.")


def _writers(evidence: Evidence, revision: EvidenceRevision) -> set[int | None]:
    """Who added the item, made or handed over the revision, or changed anything while it was written."""
    events = AuditEvent.objects.filter(
        thing_type=Evidence._meta.label_lower,
        thing_id=str(evidence.pk),
        action__in=["evidence.changed", "evidence.file_attached", "evidence.revised"],
        at__gte=revision.made_at,
    )
    return {
        evidence.added_by_id,
        revision.made_by_id,
        revision.submitted_by_id,
        *events.values_list("actor_id", flat=True),
    }


def can_approve(user: User, evidence: Evidence) -> bool:
    return not reason_not_to(check_can_approve, user, evidence)


def possible_owners() -> QuerySet[User]:
    """Active people whose role lets them add evidence."""
    roles = [role.value for role in Role if Permission.ADD_EVIDENCE in ROLE_PERMISSIONS[role]]
    holders = RoleAssignment.objects.today().filter(role__in=roles).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("name")
