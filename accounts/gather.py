"""Reads people, invitations, the outbox and the audit trail; a fixed number of queries each."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet

from accounts.handover import Owned, owned_by
from accounts.models import AuditEvent, Invitation, Leave, Organisation, RoleAssignment, User, words_of_kind


def people(today: date) -> QuerySet[User]:
    """Everybody, with the roles of today in `roles_now` and the leave of today in `leave_now`."""
    roles = RoleAssignment.objects.in_force(today).select_related("organisation", "deputy_for")
    away = Leave.objects.filter(starts_on__lte=today, ends_on__gte=today)
    return User.objects.select_related("organisation").prefetch_related(
        Prefetch("role_assignments", queryset=roles, to_attr="roles_now"),
        Prefetch("leave", queryset=away, to_attr="leave_now"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    person: User
    now: tuple[RoleAssignment, ...]
    coming: tuple[RoleAssignment, ...]
    past: tuple[RoleAssignment, ...]
    deputies: tuple[RoleAssignment, ...]
    leave: tuple[Leave, ...]
    has_second_step: bool
    owned: tuple[Owned, ...]

    @property
    def own_roles_now(self) -> tuple[RoleAssignment, ...]:
        return tuple(assignment for assignment in self.now if assignment.deputy_for_id is None)


def person_page(person: User, today: date) -> PersonPage:
    """Everything about one person, in a fixed number of queries and those of the hand-over table."""
    held = RoleAssignment.objects.filter(user=person).select_related("organisation", "deputy_for").order_by("from_on")
    rows = list(held)
    lent = RoleAssignment.objects.filter(deputy_for=person).select_related("user").order_by("from_on")
    return PersonPage(
        person=person,
        now=tuple(row for row in rows if row.from_on <= today and (row.to_on is None or row.to_on >= today)),
        coming=tuple(row for row in rows if row.from_on > today),
        past=tuple(row for row in rows if row.to_on is not None and row.to_on < today),
        deputies=tuple(row for row in lent if row.to_on is None or row.to_on >= today),
        leave=tuple(Leave.objects.filter(user=person, ends_on__gte=today)),
        has_second_step=Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists(),
        owned=owned_by(person),
    )


def organisation_of_folder(name: str) -> Organisation | None:
    """The organisation that came under this name with the folder of the area, however it is called by now."""
    return Organisation.objects.filter(loaded_as=name).first() or Organisation.objects.filter(name=name).first()


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Those that nobody has accepted or withdrawn, expired ones too."""
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).select_related(
        "organisation", "invited_by"
    )


def kinds_in_the_trail() -> list[tuple[str, str]]:
    """The kinds of thing that the audit trail speaks of, for the filter: value and word."""
    kinds = AuditEvent.objects.order_by().values_list("thing_type", flat=True).distinct()
    return sorted((kind, words_of_kind(kind)) for kind in kinds)
