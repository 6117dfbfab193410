"""The people of most stories, in an area that is set up."""

import pytest

from accounts.domain.roles import Role
from accounts.models import User
from tests.factories.accounts import make_area, make_user


@pytest.fixture
def lano(transactional_db) -> User:
    make_area()
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def team(transactional_db) -> User:
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def data_lead(transactional_db) -> User:
    make_area()
    return make_user(Role.DATA_LEAD, name="Data lead")
