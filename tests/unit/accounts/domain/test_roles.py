import pytest

from accounts.domain.roles import (
    CHILD_PERMISSIONS,
    PERMISSION_SENTENCES,
    ROLE_NAMES,
    ROLE_PERMISSIONS,
    ROLE_SENTENCES,
    Permission,
    Role,
)


@pytest.mark.parametrize("role", list(Role))
def test_role_has_name_sentence_and_row_in_the_table(role):
    assert ROLE_NAMES[role]
    assert ROLE_SENTENCES[role].endswith(".")
    assert role in ROLE_PERMISSIONS


@pytest.mark.parametrize("permission", list(Permission))
def test_permission_has_sentence_and_somebody_who_holds_it(permission):
    holders = [role for role in Role if permission in ROLE_PERMISSIONS[role]]

    assert PERMISSION_SENTENCES[permission]
    assert holders


def test_child_rows_are_for_lano_and_data_lead_alone():
    holders = {role for role in Role if ROLE_PERMISSIONS[role] & CHILD_PERMISSIONS}

    assert holders == {Role.LANO, Role.DATA_LEAD}
