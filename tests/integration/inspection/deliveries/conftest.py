"""A demonstration with a visit of today, the lists, and the two people who hand things over."""

import pytest
from django.utils import timezone

from accounts.domain.roles import Role
from inspection.actions.visits import start_visit
from tests.factories.accounts import make_area, make_user
from tests.factories.deliveries import make_lists
from tests.factories.visits import make_timetable


@pytest.fixture(autouse=True)
def _area(settings):
    settings.DEMO = True
    make_area()
    make_timetable()


@pytest.fixture
def lano():
    return make_user(Role.LANO, name="The LANO")


@pytest.fixture
def data_lead():
    return make_user(Role.DATA_LEAD, name="The data lead")


@pytest.fixture
def visit(lano):
    return start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())


@pytest.fixture
def lists(data_lead):
    return make_lists(by=data_lead)
