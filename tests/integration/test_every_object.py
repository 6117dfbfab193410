"""Every address with an argument: guessing the number or the code of somebody else's thing opens and changes nothing.

Guarded addresses refuse by role before they look anything up; what every signed-in person may open is tried on things
that belong to somebody else. New addresses join by themselves.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.domain.roles import ROLE_PERMISSIONS, Role
from accounts.models import AuditEvent, Leave, RoleAssignment
from documents.models import Export
from tests.factories.accounts import make_area, make_user
from tests.factories.hearing import leave_words, make_frozen
from tests.factories.selfeval import make_self_evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Roles that see least, and those that are trusted with something else.
TRIED = (Role.VIEWER, Role.PARTNER, Role.ADMINISTRATOR)
# Open to everybody who is signed in, so each has its own rule about the thing: tried one by one below.
BY_THING = {
    "documents:export-show",
    "documents:export-remake",
    "documents:export-cancel",
    "documents:export-retry",
    "documents:export-download",
    "accounts:account-leave-cancel",
    "accounts:account-deputy-end",
    "selfeval:disclosure-show",
    "selfeval:disclosure-acknowledge",
    "selfeval:disclosure-return",
    "selfeval:disclosure-pass",
}
ARGUMENTS = {"int": 1, "str": "x", "slug": "files"}
# Addresses that are matched by a pattern of their own.
SPECIAL: dict[str, dict[str, object]] = {"indicators:chart-show": {"code": "x", "which": "trend"}}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable, dict[str, object]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.pattern.regex.groups and not space.startswith("admin"):
            converters = getattr(pattern.pattern, "converters", {})
            given = {
                name: ARGUMENTS[type(one).__name__.removesuffix("Converter").replace("String", "str").lower()]
                for name, one in converters.items()
            }
            name = f"{space}{pattern.name}"
            yield name, pattern.callback, SPECIAL.get(name, given)


ALL = list(addresses(get_resolver()))
GUARDED = {name: (view, given) for name, view, given in ALL if getattr(view, "required_permissions", ())}


def test_address_that_everybody_may_open_has_its_own_case():
    open_to_all = {name for name, view, _ in ALL if getattr(view, "required_permissions", None) == ()}

    assert open_to_all == BY_THING


@pytest.mark.parametrize("name", GUARDED)
def test_guarded_thing_is_refused_by_role_before_it_is_looked_up(client, name):
    view, given = GUARDED[name]
    make_area()
    address = reverse(name, kwargs=given)
    for role in TRIED:
        if ROLE_PERMISSIONS[role] & set(view.required_permissions):
            continue
        client.force_login(make_user(role))
        before = AuditEvent.objects.count()

        answers = [client.get(address).status_code, client.post(address).status_code]

        assert set(answers) <= {403, 405}, f"{role}: {answers}"
        assert AuditEvent.objects.count() == before, f"{role} left a trace of having done something"


@pytest.fixture
def theirs():
    """What somebody else ordered, entered and arranged; by the name of the address that would touch it."""
    make_area()
    lano, deputy = make_user(Role.LANO), make_user(Role.SEND_TEAM)
    today = timezone.localdate()
    export = Export.objects.create(
        kind="person-level-lists", params={}, ordered_by=lano, ordered_at=datetime(2026, 11, 23, 9, tzinfo=UTC)
    )
    leave = Leave.objects.create(user=lano, starts_on=today, ends_on=today)
    lent = RoleAssignment.objects.create(
        user=deputy, role=Role.LANO.value, from_on=today, to_on=today + timedelta(days=3), deputy_for=lano
    )
    things = {name: export for name in BY_THING if name.startswith("documents:")}
    version = make_frozen(cycle=make_self_evaluation(), by=lano)
    comment = leave_words(by=make_user(Role.MEMBER), version=version, text="A made-up child is scared to go home.")
    things |= {name: comment for name in BY_THING if name.startswith("selfeval:")}
    return things | {"accounts:account-leave-cancel": leave, "accounts:account-deputy-end": lent}


@pytest.mark.parametrize("role", [*TRIED, Role.SEND_TEAM, Role.DIRECTOR])
def test_thing_of_somebody_else_is_neither_opened_nor_changed(client, theirs, role):
    client.force_login(make_user(role))
    states = {thing: type(thing).objects.filter(pk=thing.pk).values().get() for thing in theirs.values()}

    for name, thing in theirs.items():
        address = reverse(name, args=[thing.pk])
        answers = {client.get(address).status_code, client.post(address).status_code}
        assert answers <= {403, 404, 405}, f"{name}: {answers}"

    for thing, state in states.items():
        assert type(thing).objects.filter(pk=thing.pk).values().get() == state
