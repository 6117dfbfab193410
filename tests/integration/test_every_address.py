"""Every address without an argument, tried as every role and as nobody: who may open it is what its mark says.

New addresses join by themselves: the table is read from the address book of the service.
"""

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.admin_site import KEEPERS
from accounts.domain.roles import ROLE_PERMISSIONS, Permission, Role
from tests.factories.accounts import make_area, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Where somebody who is signed in is led on at once, or what makes no sense to open by hand.
SIGNED_OUT = {"account_logout"}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.pattern.regex.groups:
            yield f"{space}{pattern.name}", pattern.callback


def without_arguments() -> list[tuple[str, Callable]]:
    found = []
    for name, view in addresses(get_resolver()):
        try:
            reverse(name)
        except LookupError:
            continue
        except Exception:  # an address that needs an argument from the prefix it hangs under
            continue
        if name not in SIGNED_OUT:
            found.append((name, view))
    return found


ALL = without_arguments()
GUARDED = [(name, view) for name, view in ALL if getattr(view, "required_permissions", ())]
FOR_ANYBODY_SIGNED_IN = [(name, view) for name, view in ALL if getattr(view, "required_permissions", None) == ()]
PUBLIC = [(name, view) for name, view in ALL if getattr(view, "login_required", True) is False]
ADMIN = [(name, view) for name, view in ALL if name.startswith("admin:") and (name, view) not in PUBLIC]


def cases(table: list[tuple[str, Callable]]) -> list:
    return [pytest.param(name, view, id=name) for name, view in table]


def may(role: Role, permissions: tuple[Permission, ...]) -> bool:
    return bool(ROLE_PERMISSIONS[role] & set(permissions))


@pytest.fixture
def people():
    make_area()
    # A partner's pages are those of its organisation.
    return {role: make_user(role, organisation=make_organisation()) for role in Role}


@pytest.mark.parametrize(("name", "view"), cases(GUARDED))
def test_guarded_address_opens_for_its_roles_alone(client, people, name, view):
    for role, person in people.items():
        client.force_login(person)

        response = client.get(reverse(name))

        if may(role, view.required_permissions):
            assert response.status_code in {200, 302, 405}, f"{role} should get in"
        else:
            assert response.status_code in {403, 405}, f"{role} should be refused"
            assert client.post(reverse(name)).status_code in {403, 405}, f"{role} should be refused when posting"


@pytest.mark.parametrize(("name", "view"), cases(FOR_ANYBODY_SIGNED_IN))
def test_address_for_anybody_signed_in_never_fails(client, people, name, view):
    for role, person in people.items():
        client.force_login(person)

        response = client.get(reverse(name))

        assert response.status_code < 500, f"fails for {role}"


@pytest.mark.parametrize(("name", "view"), cases([*GUARDED, *FOR_ANYBODY_SIGNED_IN, *ADMIN]))
def test_address_leads_nobody_to_the_sign_in_page(client, people, name, view):
    response = client.get(reverse(name), follow=True)

    last = response.redirect_chain[-1][0] if response.redirect_chain else ""
    assert last.startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "view"), cases(PUBLIC))
def test_public_address_never_fails(client, people, name, view):
    response = client.get(reverse(name))

    assert response.status_code < 500


@pytest.mark.parametrize(("name", "view"), cases(ADMIN))
def test_admin_site_opens_for_the_keepers_alone(client, people, name, view):
    for role, person in people.items():
        client.force_login(person)

        response = client.get(reverse(name))

        if ROLE_PERMISSIONS[role] & KEEPERS:
            assert response.status_code < 500
        else:
            assert response.status_code in {302, 403}, f"{role} should be refused"
