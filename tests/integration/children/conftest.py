import pytest

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user
from tests.factories.lists import AT


@pytest.fixture(autouse=True)
def _day_of_the_extract(request, time_machine):
    """The lists of the factories are fresh on this day; a worker in another process keeps its own clock."""
    if "worker" not in request.keywords:
        time_machine.move_to(AT)


@pytest.fixture
def data_lead(client):
    make_area()
    person = make_user(Role.DATA_LEAD)
    client.force_login(person)
    return person
