"""May this person do that, and if not, why not. The reason is shown beside the disabled button."""

from accounts.domain.roles import PERMISSION_SENTENCES, ROLE_NAMES, Permission, roles_with
from accounts.models import User


class NotAllowed(Exception):
    """A refusal with its reason, a sentence for the person who asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_permission(user: User, permission: Permission) -> None:
    """Raises NotAllowed, with the roles that may, when `user` lacks `permission` today."""
    if permission in user.permissions:
        return
    roles = " or ".join(ROLE_NAMES[role] for role in roles_with(permission))
    raise NotAllowed(f"Only these roles may {PERMISSION_SENTENCES[permission]}: {roles}.")


def has_permission(user: User, permission: Permission) -> bool:
    return permission in user.permissions
