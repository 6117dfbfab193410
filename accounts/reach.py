"""Which pages a person may open, so that no link leads to a refusal."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from accounts.domain.findings import Finding
from accounts.domain.roles import ROLE_NAMES, Permission, roles_with
from accounts.models import User
from accounts.permissions import has_permission


def permissions_of(url: str) -> tuple[Permission, ...] | None:
    """Any of these opens the page; empty means everybody who is signed in, None that there is no such page."""
    try:
        view = resolve(urlsplit(url).path).func
    except Resolver404:
        return None
    keeper = getattr(view, "model_admin", None)
    return (keeper.permission,) if keeper else getattr(view, "required_permissions", None)


def can_open(user: User, url: str) -> bool:
    required = permissions_of(url)
    return required is not None and (not required or any(has_permission(user, one) for one in required))


def with_open_links(findings: Iterable[Finding], user: User) -> tuple[Finding, ...]:
    """The same findings; where this reader may not open the page that mends one, it says whom to ask instead."""
    opens: dict[str, bool] = {}
    shown = []
    for finding in findings:
        url = finding.fix_url
        if url and url not in opens:
            opens[url] = can_open(user, url)
        shown.append(finding if not url or opens[url] else replace(finding, fix_url="", ask=_whom(finding, user)))
    return tuple(shown)


def _whom(finding: Finding, user: User) -> str:
    """The role that answers for it; where that is the reader, the first role that may open the page."""
    if finding.owner_role not in user.roles:
        return ROLE_NAMES[finding.owner_role]
    may = [role for required in permissions_of(finding.fix_url) or () for role in roles_with(required)]
    return next((ROLE_NAMES[role] for role in may if role not in user.roles), "")
