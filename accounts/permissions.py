"""May this person do that, and if not, why not. The reason is shown beside the disabled button."""

from collections.abc import Callable, Iterable
from typing import ParamSpec

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.domain import protection
from accounts.domain.findings import Blocker, Finding
from accounts.domain.roles import CHILD_PERMISSIONS, PERMISSION_SENTENCES, ROLE_NAMES, Permission, roles_with
from accounts.models import RoleAssignment, User

P = ParamSpec("P")

SECOND_FACTOR_URL = "/account/2fa/totp/activate/"


class NotAllowed(Exception):
    """A refusal with its reason, a sentence for the person who asked; with the page that mends it, where one does."""

    def __init__(self, reason: str, *, fix_url: str = "", fix_label: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix_url = fix_url
        self.fix_label = fix_label


def check_permission(user: User, permission: Permission) -> None:
    """Raises NotAllowed, with the roles that may, when `user` lacks `permission` today.

    A permission on child data is also refused until the person's second step at sign-in is set up.
    """
    if permission not in user.permissions:
        roles = " or ".join(ROLE_NAMES[role] for role in roles_with(permission))
        raise NotAllowed(f"Only these roles may {PERMISSION_SENTENCES[permission]}: {roles}.")
    if permission in CHILD_PERMISSIONS:
        check_child_data_open(user)


def has_permission(user: User, permission: Permission) -> bool:
    try:
        check_permission(user, permission)
    except NotAllowed:
        return False
    return True


def reason_not_to(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> str:
    """The reason why a check refuses, for the page; empty when it allows."""
    try:
        check(*args, **kwargs)
    except NotAllowed as refusal:
        return refusal.reason
    return ""


def has_second_factor(user: User) -> bool:
    """Whether a second step is set up; read once for an instance."""
    if "_has_second_factor" not in user.__dict__:
        user.__dict__["_has_second_factor"] = Authenticator.objects.filter(
            user=user, type=Authenticator.Type.TOTP
        ).exists()
    return bool(user.__dict__["_has_second_factor"])


def needs_second_factor(user: User) -> bool:
    """Whether this person's roles ask for a second step that is not set up yet."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and user.sees_child_rows and not has_second_factor(user)


def check_child_data_open(user: User) -> None:
    """Raises NotAllowed while there is no second step at sign-in, for this person or at all (real installations)."""
    if not settings.DEMO and not settings.SECOND_FACTOR_REQUIRED:
        raise NotAllowed("A second step at sign-in is switched off here, so children's data stays closed.")
    if needs_second_factor(user):
        raise NotAllowed(
            "Set up your second step at sign-in first. Your role can see children's data, which stays closed to you "
            "until then. It takes two minutes and an authenticator app.",
            fix_url=SECOND_FACTOR_URL,
            fix_label="Set up the second step",
        )


def gather_protections() -> protection.Protections:
    """What is in place here: settings, and who of those that see rows has no second step (two queries)."""
    holders = RoleAssignment.objects.today().filter(
        role__in=[role.value for role in _ROLES_OF_CHILD_DATA], user__is_active=True
    )
    people = User.objects.filter(pk__in=holders.values("user")).order_by("name")
    secured = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    return protection.Protections(
        is_demo=settings.DEMO,
        is_second_factor_required=settings.SECOND_FACTOR_REQUIRED,
        has_tls=settings.TLS,
        is_local_only=settings.LOCAL_ONLY,
        has_storage_key=bool(settings.STORAGE_KEY),
        without_second_factor=tuple(people.exclude(pk__in=secured).values_list("name", flat=True)),
    )


_ROLES_OF_CHILD_DATA = tuple(dict.fromkeys(role for each in CHILD_PERMISSIONS for role in roles_with(each)))


def protection_findings() -> tuple[Finding, ...]:
    """What is missing before rows about real children may come in."""
    return protection.missing_protections(gather_protections())


def check_rows_accepted(user: User) -> None:
    """Raises NotAllowed, naming what is missing, when this installation may not take person-level rows from `user`.

    In a demonstration rows are accepted if they are synthetic: ask `check_rows_synthetic` once they are read.
    """
    check_permission(user, Permission.UPLOAD_LISTS)
    missing = [finding.sentence for finding in protection_findings() if isinstance(finding, Blocker)]
    if missing:
        raise NotAllowed(
            "This installation may not take person-level rows yet. " + " ".join(missing),
            fix_url="/status/",
            fix_label="Open the status page",
        )


def check_rows_synthetic(unique_ids: Iterable[str]) -> None:
    """Raises NotAllowed when a demonstration is given rows that are not marked as synthetic. A real one lets all by."""
    if not settings.DEMO:
        return
    count = protection.not_synthetic(unique_ids)
    if count:
        rows = "1 row is" if count == 1 else f"{count} rows are"
        raise NotAllowed(f"{rows} not synthetic, so nothing was stored. {protection.DEMO_SENTENCE}")
