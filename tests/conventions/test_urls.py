"""Every address says who may open it, and is named noun-verb (house style 8 and 10)."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.admin_audit import AuditedAdmin

# Addresses that come with a library carry no mark of ours; each is let through for a reason.
FOREIGN = {
    "accounts.signin_urls": "the sign-in library's pages keep its names; each is marked where it is mounted",
    "admin": "the admin site asks each registered AuditedAdmin for one of our permissions",
}
NAME = re.compile(r"[a-z]+(-[a-z]+)+")
# One-word names of pages that are a place rather than a thing with a verb.
PLACES = {"inspection:home"}


def library_of(resolver: URLResolver) -> str:
    return resolver.app_name or getattr(resolver.urlconf_module, "__name__", "")


def addresses(resolver: URLResolver, space: str = "", route: str = "") -> Iterator[tuple[str, str, Callable]]:
    """(route, qualified name, view) of every address."""
    for pattern in resolver.url_patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield here, f"{space}{pattern.name or ''}", pattern.callback
        elif library_of(pattern) not in FOREIGN:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner, here)


OURS = [pytest.param(name, view, id=route or "/") for route, name, view in addresses(get_resolver())]


@pytest.mark.parametrize(("name", "view"), OURS)
def test_address_says_who_may_open_it(name: str, view: Callable):
    is_marked = hasattr(view, "required_permissions")
    is_public = getattr(view, "login_required", True) is False

    assert is_marked or is_public, "use @permission_required, @any_signed_in or @login_not_required"
    assert not (is_marked and is_public), "an address is public or it asks for a permission"


@pytest.mark.parametrize(("name", "view"), OURS)
def test_address_is_named_noun_verb(name: str, view: Callable):
    assert name in PLACES or NAME.fullmatch(name.rpartition(":")[2]), "name it as in item-approve"


def test_admin_site_shows_only_what_asks_our_permissions():
    offenders = [
        model._meta.label for model, shown in admin.site._registry.items() if not isinstance(shown, AuditedAdmin)
    ]

    assert not offenders, "register it with an AuditedAdmin, or unregister it"
