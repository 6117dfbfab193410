"""People, roles and the area they serve."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import LocalArea, Organisation, RoleAssignment, User

PASSWORD = "A long password, 2026"


def make_area(*, name: str = "Wexcombe", short_code: str = "WEXCOMBE") -> LocalArea:
    area, _ = LocalArea.objects.get_or_create(
        pk=1, defaults={"name": name, "short_code": short_code, "set_up_at": timezone.now()}
    )
    return area


def make_organisation(*, name: str = "Wexcombe Council", kind: str = "council") -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    return organisation


def make_user(
    *roles: Role,
    email: str = "",
    name: str = "",
    password: str | None = PASSWORD,
    from_on: date | None = None,
    to_on: date | None = None,
    is_active: bool = True,
    organisation: Organisation | None = None,
) -> User:
    """A person who holds `roles` since yesterday, or in the dates given."""
    label = "-".join(role.value for role in roles) or "nobody"
    number = User.objects.count() + 1
    user = User.objects.create_user(
        email or f"{label}-{number}@wexcombe.example",
        password,
        name=name or f"{label} {number}".replace("_", " ").capitalize(),
        is_active=is_active,
        organisation=organisation,
    )
    since = from_on or timezone.localdate() - timedelta(days=1)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role.value, from_on=since, to_on=to_on)
    return user


def give_second_factor(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})
