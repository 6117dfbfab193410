"""Giving, lending and ending roles: who may, who is told, and that somebody is always left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import invitations, people, roles
from accounts.domain.roles import Permission, Role
from accounts.models import AuditEvent, Leave, OutgoingMail, RoleAssignment, User
from accounts.permissions import NotAllowed
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


def today():
    return timezone.localdate()


def give(by, user, role, **days):
    return roles.assign_role(
        by=by, at=timezone.now(), user=user, role=role, from_on=days.pop("from_on", today()), **days
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_role_given_by_anybody_but_an_administrator_is_refused(role):
    with pytest.raises(NotAllowed, match="Only these roles may invite people"):
        give(make_user(role), make_user(), Role.VIEWER)


def test_role_given_to_oneself_is_refused(administrator):
    with pytest.raises(NotAllowed, match="Nobody gives a role to themselves"):
        give(administrator, administrator, Role.LANO)


@pytest.mark.parametrize("role", [Role.LANO, Role.DIRECTOR, Role.DATA_LEAD])
def test_role_that_is_watched_is_told_to_every_lano(administrator, role):
    lanos = [make_user(Role.LANO), make_user(Role.LANO)]
    person = make_user()

    give(administrator, person, role)

    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {*(lano.email for lano in lanos), person.email}


def test_role_that_is_not_watched_is_told_to_the_person_alone(administrator):
    make_user(Role.LANO)
    person = make_user()

    give(administrator, person, Role.SEND_TEAM)

    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [person.email]


def test_role_held_on_some_of_the_days_is_refused(administrator):
    person = make_user(Role.VIEWER)

    with pytest.raises(NotAllowed, match="already"):
        give(administrator, person, Role.VIEWER, to_on=today() + timedelta(days=3))


def test_role_counts_on_its_days_alone(administrator):
    person = make_user()
    give(administrator, person, Role.DATA_LEAD, from_on=today() + timedelta(days=2), to_on=today() + timedelta(days=4))
    person = User.objects.get(pk=person.pk)

    held = [bool(person.roles_on(today() + timedelta(days=day))) for day in range(1, 6)]

    assert held == [False, True, True, True, False]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LANO])
def test_role_that_must_never_be_empty_can_not_be_ended_for_the_last(administrator, role):
    holder = administrator if role is Role.ADMINISTRATOR else make_user(role)
    assignment = RoleAssignment.objects.get(user=holder)

    with pytest.raises(NotAllowed, match="Nobody would be left"):
        roles.end_role(by=administrator, at=timezone.now(), assignment=assignment, last_day=today())


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LANO])
def test_role_can_not_be_ended_in_the_past(administrator, role):
    holder = administrator if role is Role.ADMINISTRATOR else make_user(role)
    assignment = RoleAssignment.objects.get(user=holder)
    long_ago = assignment.from_on - timedelta(days=1)

    with pytest.raises(NotAllowed, match="Enter today or a later day"):
        roles.end_role(by=administrator, at=timezone.now(), assignment=assignment, last_day=long_ago)


def test_role_of_the_last_lano_can_not_end_because_a_deputy_stands_in(administrator):
    lano, deputy = make_user(Role.LANO), make_user()
    later = today() + timedelta(days=9)
    roles.name_deputy(
        by=lano, at=timezone.now(), holder=lano, deputy=deputy, role=Role.LANO, from_on=today(), to_on=later
    )

    with pytest.raises(NotAllowed, match="Nobody would be left"):
        roles.end_role(
            by=administrator,
            at=timezone.now(),
            assignment=RoleAssignment.objects.get(user=lano),
            last_day=today(),
        )


def test_role_ended_ends_the_deputy_with_it(administrator):
    lano, other, deputy = make_user(Role.LANO), make_user(Role.LANO), make_user()
    later = today() + timedelta(days=9)
    lent = roles.name_deputy(
        by=lano, at=timezone.now(), holder=lano, deputy=deputy, role=Role.LANO, from_on=today(), to_on=later
    )

    roles.end_role(
        by=administrator, at=timezone.now(), assignment=RoleAssignment.objects.get(user=lano), last_day=today()
    )

    lent.refresh_from_db()
    assert lent.to_on == today()
    assert other.roles == {Role.LANO}


def test_deputy_has_the_full_right_on_the_days(administrator):
    lano, deputy = make_user(Role.LANO), make_user()

    roles.name_deputy(
        by=lano, at=timezone.now(), holder=lano, deputy=deputy, role=Role.LANO, from_on=today(), to_on=today()
    )

    assert Permission.RELEASE_PACK in User.objects.get(pk=deputy.pk).permissions


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("deputy", "Nobody makes themselves a deputy"), ("stranger", "Only these roles")],
)
def test_deputy_named_by_somebody_else_is_refused(who, sentence):
    lano, deputy, stranger = make_user(Role.LANO), make_user(Role.SEND_TEAM), make_user(Role.DIRECTOR)
    by = {"deputy": deputy, "stranger": stranger}[who]

    with pytest.raises(NotAllowed):
        roles.name_deputy(
            by=by, at=timezone.now(), holder=lano, deputy=deputy, role=Role.LANO, from_on=today(), to_on=today()
        )


def test_deputy_administrator_can_not_name_themselves(administrator):
    lano = make_user(Role.LANO)

    with pytest.raises(NotAllowed, match="Nobody makes themselves a deputy"):
        roles.name_deputy(
            by=administrator,
            at=timezone.now(),
            holder=lano,
            deputy=administrator,
            role=Role.LANO,
            from_on=today(),
            to_on=today(),
        )


def test_deputy_can_not_pass_the_role_on():
    lano, deputy, third = make_user(Role.LANO), make_user(), make_user()
    lend = {"role": Role.LANO, "from_on": today(), "to_on": today(), "at": timezone.now()}
    roles.name_deputy(by=lano, holder=lano, deputy=deputy, **lend)

    with pytest.raises(NotAllowed, match="does not hold the role"):
        roles.name_deputy(by=deputy, holder=deputy, deputy=third, **lend)


# -- leaving


def close(by, user, **heirs):
    return people.deactivate(by=by, at=timezone.now(), user=user, heirs=heirs)


def test_account_closed_ends_roles_and_sign_in_and_tells_the_trail(administrator, client):
    person = make_user(Role.SEND_TEAM)
    client.force_login(person)

    close(administrator, person)

    assert client.get("/account/").status_code == 302
    assert not User.objects.get(pk=person.pk).roles
    assert AuditEvent.objects.filter(action="user.deactivated", thing_id=str(person.pk)).exists()


@pytest.mark.parametrize("role", [Role.LANO, Role.ADMINISTRATOR])
def test_account_of_the_last_holder_can_not_be_closed(administrator, role):
    person = make_user(role)
    if role is Role.ADMINISTRATOR:
        other, person = person, administrator
    else:
        other = administrator
    if role is Role.ADMINISTRATOR:
        close(other, person)
        person, other = other, make_user(Role.LANO)
        with pytest.raises(NotAllowed):
            close(other, person)
    else:
        with pytest.raises(NotAllowed, match="Nobody would be left"):
            close(other, person)


def test_account_of_oneself_can_not_be_closed(administrator):
    make_user(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed, match="Nobody closes their own account"):
        close(administrator, administrator)


def test_account_opened_again_has_no_role(administrator):
    person = make_user(Role.DATA_LEAD)
    close(administrator, person)

    people.reactivate(by=administrator, at=timezone.now(), user=User.objects.get(pk=person.pk))

    assert User.objects.get(pk=person.pk).is_active
    assert not User.objects.get(pk=person.pk).roles
    assert not User.objects.get(pk=person.pk).roles_on(today() + timedelta(days=1))


def test_account_closed_on_the_first_day_of_a_role_has_none_when_it_is_opened_again(administrator):
    person = make_user(Role.DATA_LEAD, from_on=today())
    close(administrator, person)

    people.reactivate(by=administrator, at=timezone.now(), user=User.objects.get(pk=person.pk))

    assert not User.objects.get(pk=person.pk).roles


def test_account_closed_ends_the_deputies_days_at_once(administrator):
    lano, _, deputy = make_user(Role.LANO), make_user(Role.LANO), make_user()
    later = today() + timedelta(days=9)
    roles.name_deputy(
        by=lano, at=timezone.now(), holder=lano, deputy=deputy, role=Role.LANO, from_on=today(), to_on=later
    )

    close(administrator, lano)

    assert not User.objects.get(pk=deputy.pk).roles


def test_account_closed_withdraws_the_invitations_that_the_person_sent(administrator, client):
    leaver = make_user(Role.ADMINISTRATOR)
    words = {"at": timezone.now(), "name": "New", "role": Role.LANO}
    theirs = invitations.invite(by=leaver, email="theirs@wexcombe.example", **words)
    others = invitations.invite(by=administrator, email="others@wexcombe.example", **words)

    close(administrator, leaver)

    assert client.get(theirs.link).status_code == 410
    assert client.get(others.link).status_code == 200
    assert AuditEvent.objects.get(action="invitation.withdrawn").actor_id == administrator.pk


def test_account_with_something_owned_needs_an_heir_and_passes_it_on(administrator, settings):
    settings.HANDOVER = "tests.integration.accounts.test_roles.LEAVE_AS_PROPERTY"
    person, heir = make_user(), make_user()
    Leave.objects.create(user=person, starts_on=today(), ends_on=today())

    with pytest.raises(NotAllowed, match="Choose who takes over: Days off"):
        close(administrator, person)
    close(administrator, person, days=heir)

    assert Leave.objects.get().user == heir


def _days_off(person):
    return [str(leave) for leave in Leave.objects.filter(user=person)]


def _pass_on(by, at, leaver, heir):
    return Leave.objects.filter(user=leaver).update(user=heir)


from accounts.handover import HandoverKind  # noqa: E402  # beside the only table that uses it

LEAVE_AS_PROPERTY = (HandoverKind(code="days", title="Days off", gather=_days_off, reassign=_pass_on),)
