"""Who may read, freeze, sign off and withdraw a version."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval import hearing_permissions
from selfeval.models import CycleState, PublishedVersion, SelfEvaluation
from selfeval.permissions import check_open

READERS = (Permission.READ_PUBLISHED, Permission.READ_DRAFTS)
KEEPERS = (Permission.READ_DRAFTS, Permission.PUBLISH)


def versions_for(user: User) -> QuerySet[PublishedVersion]:
    """The versions whose words a person may read: whoever writes, all of them; others those of the short service."""
    if Permission.READ_DRAFTS in user.permissions:
        return PublishedVersion.objects.select_related("self_evaluation", "frozen_by")
    return hearing_permissions.versions_for(user).select_related("frozen_by")


def check_can_read_version(user: User, version: PublishedVersion) -> None:
    if not versions_for(user).filter(pk=version.pk).exists():
        raise NotAllowed("This version was withdrawn, or was frozen for the people who are asked about it.")


def check_can_freeze(user: User, cycle: SelfEvaluation) -> None:
    """Raises NotAllowed unless the person may freeze a consultation version of this cycle now."""
    check_permission(user, Permission.PUBLISH)
    check_open(cycle)


def check_can_sign_off_version(user: User, cycle: SelfEvaluation) -> None:
    """Raises NotAllowed unless the person may sign off the whole now."""
    check_permission(user, Permission.SIGN_OFF_SELF_EVALUATION)
    check_open(cycle)
    if cycle.state == CycleState.SUPERSEDED or not cycle.is_current:
        raise NotAllowed(f"“{cycle.title}” is not the current cycle: another has followed it.")


def check_can_withdraw_version(user: User, version: PublishedVersion) -> None:
    """Raises NotAllowed unless the person may withdraw this version. Whoever may publish or sign off may."""
    if Permission.SIGN_OFF_SELF_EVALUATION not in user.permissions:
        check_permission(user, Permission.PUBLISH)
    if version.withdrawn_at is not None:
        raise NotAllowed("It is withdrawn already.")
