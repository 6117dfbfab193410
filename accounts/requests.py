"""What a view knows of the person who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission, has_permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; middleware lets nobody else reach a view that asks."""
    if not isinstance(request.user, User):
        raise NotAllowed("Sign in first.")
    return request.user


def permission_required(*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """Lets a person in who has any of the permissions; others get a page with the reason (403).

    The decorated view carries `required_permissions`, which the convention test reads.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = user_of(request)
            if not any(has_permission(user, permission) for permission in permissions):
                held = [permission for permission in permissions if permission in user.permissions]
                check_permission(user, (held or permissions)[0])
            return view(request, *args, **kwargs)

        guarded.required_permissions = permissions  # type: ignore[attr-defined]  # read by tests/conventions
        return guarded

    return decorate


def any_signed_in(view: View[P]) -> View[P]:
    """Marks a view that every signed-in person may open. It must itself fetch only what that person may see."""
    view.required_permissions = ()  # type: ignore[attr-defined]  # read by tests/conventions
    return view
