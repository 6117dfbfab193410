import pytest

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user


@pytest.fixture
def data_lead(client):
    make_area()
    person = make_user(Role.DATA_LEAD)
    client.force_login(person)
    return person
