"""Nobody comes near rows without a second step at sign-in, and no rows come in without the protections."""

import pytest

from accounts import permissions
from accounts.domain.roles import CHILD_PERMISSIONS, ROLE_PERMISSIONS, Permission, Role
from accounts.permissions import NotAllowed
from children.models import ListUpload
from children.permissions import can_read_rows
from documents.models import JobState
from tests.factories.accounts import give_second_factor, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(settings):
    settings.DEMO = False
    settings.SECOND_FACTOR_REQUIRED = True
    settings.TLS = True
    return settings


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_permission_in_a_real_installation_follows_the_table_and_the_second_factor(real, role, permission):
    bare, secured = make_user(role), make_user(role)
    give_second_factor(secured)

    in_table = permission in ROLE_PERMISSIONS[role]
    assert permissions.has_permission(secured, permission) is in_table
    assert permissions.has_permission(bare, permission) is (in_table and permission not in CHILD_PERMISSIONS)


def test_second_factor_is_asked_of_the_database_once_for_a_request(real, django_assert_num_queries):
    bare = make_user(Role.DATA_LEAD)
    assert bare.roles

    with django_assert_num_queries(1):
        for _ in range(3):
            assert not permissions.has_permission(bare, Permission.READ_CHILD_ROWS)


def test_child_permission_without_second_factor_says_how_to_set_it_up(real):
    with pytest.raises(NotAllowed, match="Set up your second step") as refusal:
        permissions.check_permission(make_user(Role.LANO), Permission.READ_CHILD_ROWS)

    assert refusal.value.fix_url == permissions.SECOND_FACTOR_URL


def test_child_permission_without_the_protection_switched_on_is_refused(real):
    real.SECOND_FACTOR_REQUIRED = False
    user = make_user(Role.LANO)
    give_second_factor(user)

    with pytest.raises(NotAllowed, match="switched off here"):
        permissions.check_permission(user, Permission.READ_CHILD_ROWS)


def test_rows_stay_closed_to_pages_too_without_second_factor(real):
    bare, secured = make_user(Role.LANO), make_user(Role.LANO)
    give_second_factor(secured)
    upload = ListUpload(state=JobState.DONE)

    assert [can_read_rows(user, upload) for user in (bare, secured)] == [False, True]


def test_child_permission_in_a_demonstration_asks_for_no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False

    permissions.check_permission(make_user(Role.LANO), Permission.READ_CHILD_ROWS)


def test_rows_real_installation_without_tls_and_key_are_refused_with_all_that_is_missing(real):
    real.TLS = False
    real.STORAGE_KEY = ""
    user = make_user(Role.DATA_LEAD)
    give_second_factor(user)

    with pytest.raises(NotAllowed) as refusal:
        permissions.check_rows_accepted(user)

    assert "not encrypted" in refusal.value.reason
    assert "storage key" in refusal.value.reason


def test_rows_real_installation_with_everything_in_place_are_accepted(real):
    user = make_user(Role.DATA_LEAD)
    give_second_factor(user)

    permissions.check_rows_accepted(user)


def test_rows_in_a_demonstration_must_be_synthetic(settings):
    settings.DEMO = True

    permissions.check_rows_synthetic(["SYN1"])
    with pytest.raises(NotAllowed, match="1 row is not synthetic") as refusal:
        permissions.check_rows_synthetic(["SYN1", "REAL-1"])

    assert "REAL-1" not in refusal.value.reason


def test_rows_in_a_real_installation_need_no_synthetic_mark(real):
    permissions.check_rows_synthetic(["A1"])
